import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { abort, Microdot, Response } from '@microdot/core';
import { Template } from '@microdot/jinja';

export const app = new Microdot();

Template.initialize(join(import.meta.dirname, '../templates'), {
  globals: { site: 'Bookshop' },
  filters: { price: (cents: number) => `${(cents / 100).toFixed(2)} €` },
});

const books = [
  { id: 1, title: 'The Hobbit', author: 'J. R. R. Tolkien', cents: 1250, tags: ['fantasy', 'classic'] },
  { id: 2, title: 'Momo', author: 'Michael Ende', cents: 900, tags: ['fantasy'] },
  { id: 3, title: 'Emil & the Detectives', author: 'Erich Kästner', cents: 850, tags: ['classic'] },
];

// A page is text in memory, or a stream of it. Either way the browser has to be told that it is HTML.
const html = (body: string | AsyncIterable<string>): Response =>
  new Response(body, 200, { 'Content-Type': 'text/html; charset=UTF-8' });

const index = new Template('index.html');
app.get('/', (request) => html(index.render({ books, tag: request.args.get('tag') })));

const detail = new Template('book.html');
app.get('/books/<int:id>', (_request, { id }) => {
  const book = books.find((each) => each.id === id) ?? abort(404);
  // The reviews come later. The browser shows the page up to there in the meantime.
  return html(detail.generateAsync({ book, reviews: reviewsOf(id) }));
});

const feed = new Template('feed.xml');
app.get('/feed.xml', () => new Response(feed.render({ books }), 200, { 'Content-Type': 'application/xml' }));

// A table without end would do: a row is made when the browser has taken the one before.
const table = new Template('table.html');
app.get('/table/<int:rows>', (_request, { rows }) => html(table.generateAsync({ rows: numbers(rows) })));

async function reviewsOf(id: number): Promise<{ by: string; text: string }[]> {
  await sleep(1000);
  return [
    { by: 'a reader', text: `Number ${id} of my <favourites>` },
    { by: 'another', text: 'Read it twice' },
  ];
}

function* numbers(count: number): Generator<{ n: number; square: number }> {
  for (let n = 1; n <= count; n++) yield { n, square: n * n };
}

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
