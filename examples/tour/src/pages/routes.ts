import { Microdot } from '@microdot/core';
import { type Html, html } from '../html.ts';
import { page, stop, type Tour } from '../layout.ts';
import { excerpt } from '../source.ts';

const FILE = 'pages/routes.ts';

export interface Example {
  method: string;
  pattern: string;
  what: string;
  /** Addresses to try, where there is something to see, and the statuses that they answer with. */
  tries?: Record<string, number>;
}

export const EXAMPLES: Example[] = [
  { method: 'GET', pattern: '/', what: 'The beginning of the tour', tries: { '/': 200 } },
  {
    method: 'GET',
    pattern: '/hello/<name>',
    what: 'An argument in the address, as text',
    tries: { '/hello/Ada': 200, '/hello/%3Cb%3E': 200 },
  },
  {
    method: 'GET',
    pattern: '/square/<int:n>',
    what: 'An argument that is a number. JSON comes back, as an object was returned',
    tries: { '/square/12': 200, '/square/-3': 200, '/square/twelve': 404 },
  },
  {
    method: 'GET',
    pattern: '/streaming',
    what: 'A page that arrives in pieces',
    tries: { '/streaming': 200 },
  },
  {
    method: 'GET',
    pattern: '/streaming/ball.txt',
    what: 'The same for a terminal',
    tries: { '/streaming/ball.txt': 200 },
  },
  {
    method: 'GET',
    pattern: '/streaming/numbers.txt',
    what: 'A million lines',
    tries: { '/streaming/numbers.txt': 200 },
  },
  { method: 'GET', pattern: '/guestbook', what: 'The guestbook', tries: { '/guestbook': 200 } },
  { method: 'POST', pattern: '/guestbook', what: 'What its form sends' },
  {
    method: 'GET',
    pattern: '/api/guestbook',
    what: 'The guestbook as JSON',
    tries: { '/api/guestbook': 200 },
  },
  { method: 'POST', pattern: '/api/guestbook', what: 'Signs it: 201 with Location, or 400, 413, 415, 422' },
  {
    method: 'GET',
    pattern: '/api/guestbook/<int:id>',
    what: 'One entry, if it is there',
    tries: { '/api/guestbook/0': 404 },
  },
  {
    method: 'GET',
    pattern: '/login',
    what: 'Logs in, and leads to where one wanted to go',
    tries: { '/login': 200, '/login?next=/wall': 200 },
  },
  { method: 'POST', pattern: '/login', what: 'What its form sends: 302, or 401, 429' },
  { method: 'GET', pattern: '/signup', what: 'Makes an account', tries: { '/signup': 200 } },
  { method: 'POST', pattern: '/signup', what: 'What its form sends: 302 or 422' },
  {
    method: 'GET',
    pattern: '/account',
    what: 'For those who are logged in; the others are sent to log in',
    tries: { '/account': 302 },
  },
  {
    method: 'GET',
    pattern: '/account/password',
    what: 'For those who have just given their password',
    tries: { '/account/password': 302 },
  },
  { method: 'POST', pattern: '/account/password', what: 'Changes it, and logs out all other browsers' },
  { method: 'POST', pattern: '/account/token', what: 'Makes a token for the API' },
  { method: 'POST', pattern: '/logout', what: 'Logs out' },
  { method: 'GET', pattern: '/feed', what: 'The guestbook as it is written', tries: { '/feed': 200 } },
  {
    method: 'GET',
    pattern: '/feed/events',
    what: 'What that page listens to: server-sent events, after an entry',
    tries: { '/feed/events?after=0': 200 },
  },
  { method: 'GET', pattern: '/wall', what: 'A wall that all write on', tries: { '/wall': 200 } },
  { method: 'POST', pattern: '/wall', what: 'A line, from where there is no JavaScript' },
  {
    method: 'GET',
    pattern: '/wall/live',
    what: 'Its WebSocket, which is for nobody who asks for a page',
    tries: { '/wall/live': 400 },
  },
  { method: 'GET', pattern: '/uploads', what: 'Files, for an hour', tries: { '/uploads': 200 } },
  { method: 'POST', pattern: '/uploads', what: 'A form with files: 303, or 400, 413, 422, 503' },
  {
    method: 'GET',
    pattern: '/uploads/<id>',
    what: 'A file that somebody has sent, to be saved',
    tries: { '/uploads/nothing': 404 },
  },
  {
    method: 'GET',
    pattern: '/static/<path:file>',
    what: 'Files, with ETag and ranges, and no way out of their folder',
    tries: { '/static/tour.css': 200, '/static/dot.svg': 200, '/static/..%2Fpackage.json': 404 },
  },
  { method: 'GET', pattern: '/routes', what: 'This page', tries: { '/routes': 200 } },
  {
    method: 'GET',
    pattern: '/source/<path:file>',
    what: 'The code that is running',
    tries: { '/source': 200, '/source/app.ts': 200 },
  },
  { method: 'GET', pattern: '/oops', what: 'A handler that throws', tries: { '/oops': 500 } },
];

/** Every route of the tour, to be tried. */
export const routes = new Microdot<Tour>();

routes.get('', (request) => page(request, { title: 'Routes', file: FILE }, MAIN));

const MAIN = html`<section class="intro">
<h1>Every route<span class="dot"></span></h1>
<p class="lede">Follow a link, or have the answer shown here as it is on the wire.</p>
</section>
<ul class="routes">${EXAMPLES.map(row)}</ul>
${stop(
  'An application made of applications',
  html`<p>Each part of the tour is a <code>Microdot</code> of its own, in a file of its own, and knows nothing of where it is mounted. What is <code>local</code> keeps its hooks to itself.</p>`,
  excerpt('app.ts', 'mounts'),
)}`;

function row({ method, pattern, what, tries = {} }: Example): Html {
  return html`<li>
<p class="route"><span class="method" data-method="${method}">${method}</span> <code>${pattern}</code></p>
<p>${what}</p>
<ul class="tries">${Object.keys(tries).map((path) => html`<li><a data-try href="${path}">${path}</a></li>`)}</ul>
</li>`;
}
