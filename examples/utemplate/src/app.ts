import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Microdot, Response } from '@microdot/core';
import { Template } from '@microdot/utemplate';

Template.initialize(join(import.meta.dirname, '..', 'templates'));
Response.defaultContentType = 'text/html';

export const app = new Microdot();

app.get('/', () => new Template('index.html').render({ title: 'Hello' }));

// What somebody writes is escaped where it is printed.
app.post('/', (request) =>
  new Template('index.html').render({ title: 'Hello', name: request.form?.get('name') }),
);

// Rows are made as the browser reads them: the table may be as long as it likes, and takes no memory.
app.get('/report', () => new Template('report.html').generate('Squares', squares(10_000)));

function* squares(count: number): Iterable<[n: number, square: number]> {
  for (let n = 1; n <= count; n++) yield [n, n * n];
}

// The browser shows each city when it is there, and the layout's head before the first. This is eta's syntax: .eta says so.
app.get('/weather', () =>
  new Template('weather.eta').generateAsync({ cities: forecasts(), summary: summary() }),
);

async function* forecasts(): AsyncIterable<{ city: string; degrees: number }> {
  for (const [city, degrees] of [
    ['Cork', 14],
    ['Porto', 21],
    ['Uppsala', 9],
  ] as const) {
    await sleep(300);
    yield { city, degrees };
  }
}

async function summary(): Promise<string> {
  await sleep(1000);
  return 'Take a coat, except in Porto.';
}

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
