import { Microdot, Response } from '@microdot/core';
import { type Html, html } from './html.ts';
import { page, stop, type Tour } from './layout.ts';
import { excerpt } from './source.ts';

const FILE = 'errors.ts';

const TEXTS = new Map<number, readonly [title: string, text: string]>([
  [400, ['That makes no sense', 'The request is malformed.']],
  [401, ['Who is it?', 'That is no token of anybody here.']],
  [403, ['Not from there', 'Forms of this tour are sent from its own pages alone.']],
  [404, ['No dot here', 'There is no page at this address.']],
  [405, ['Not like that', 'The address is right, but not the method.']],
  [413, ['Too much', 'The request is larger than what is accepted here.']],
  [415, ['Not in that form', 'Send JSON, and say so with Content-Type: application/json.']],
  [429, ['Not so fast', 'That was too often. Try again in a while.']],
  [
    500,
    ['Something broke', 'It is not your fault. What it was is in the log of the server, and nowhere else.'],
  ],
  [503, ['Everybody at once', 'There is too much to do just now. Try again in a moment.']],
]);

export const errors = new Microdot<Tour>();

// #region errors
for (const [statusCode, [title, text]] of TEXTS) {
  errors.errorHandler(statusCode, (request) => {
    // Programs get JSON, and people a page.
    if (request.path.startsWith('/api/')) {
      return new Response({ error: text }, statusCode);
    }
    const main = apology(statusCode, title, text, request.path);
    return page(request, { title, statusCode, file: FILE }, main);
  });
}

errors.get('/oops', () => {
  throw new Error('This one was on purpose');
});
// #endregion

const CODE = stop(
  'This page is an error handler',
  html`<p>There is one for each status. It is asked wherever the error happened, and the hooks for errors run on what it returns.</p>`,
  excerpt(FILE, 'errors'),
);

function apology(statusCode: number, title: string, text: string, path: string): Html {
  return html`<section class="apology">
<p class="status">${statusCode}</p>
<h1>${title}</h1>
<p class="lede">${text}</p>
<p class="path"><code>${shorten(path)}</code></p>
<p><a class="button" href="/">Back to the tour</a></p>
</section>
${CODE}`;
}

function shorten(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}
