import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);

it('lists the books, escaped, in a layout', async () => {
  const { text = '', headers } = await client.get('/');
  expect(headers.get('Content-Type')).toBe('text/html; charset=UTF-8');
  expect(text).toContain('<title>Bookshop</title>');
  expect(text).toContain('<a href="/books/3">Emil &amp; the Detectives</a> by Erich Kästner, 8.50 €');
  expect(text).toContain('<p>classic, fantasy</p>');
});

it('lists those with a tag, or says that there are none', async () => {
  expect((await client.get('/?tag=classic')).text).not.toContain('Momo');
  expect((await client.get('/?tag=%3Cx%3E')).text).toContain('Nothing about &lt;x&gt;');
});

it('sends the page of a book before its reviews are there', async () => {
  const pieces: string[] = [];
  for await (const piece of (await client.stream('GET', '/books/3')).text()) pieces.push(piece);
  const [first = '', ...rest] = pieces;
  expect(first).toContain('<title>Emil &amp; the Detectives | Bookshop</title>');
  expect(first).not.toContain('Number 3');
  expect(rest.join('')).toContain('Number 3 of my &lt;favourites&gt;');
});

it('answers 404 for a book that there is not', async () => {
  expect((await client.get('/books/99')).statusCode).toBe(404);
});

it('makes a feed, and a long table', async () => {
  expect((await client.get('/feed.xml')).text).toContain(
    '<book id="3" author="Erich Kästner">Emil &amp; the Detectives</book>',
  );
  const { text = '' } = await client.get('/table/2000');
  expect(text.match(/<tr class="odd">/g)).toHaveLength(1000);
  expect(text).toContain('<td>2000</td><td>4000000</td>');
});
