import { Microdot } from '@microdot/core';
import { type Entry, entries } from '../entries.ts';
import { card } from '../guestbook.ts';
import { type Html, html } from '../html.ts';
import { page, stop, type Tour } from '../layout.ts';
import { ball } from '../picture.ts';
import { code, excerpt } from '../source.ts';

const FILE = 'pages/home.ts';

/** Where the tour begins. */
export const home = new Microdot<Tour>();

// #region home
home.get('/', async (request) => {
  const newest = (await entries.list()).slice(0, 2);
  const stops = [WHOLE, HELLO, guestbook(newest), ACCOUNTS, FEED, WALL, UPLOADS, STREAMING, STATIC, ERRORS];
  const main = html`${HERO}${stops}${SELF}`;
  return page(request, { title: 'The tour', file: FILE }, main);
});
// #endregion

const HERO = html`<section class="hero">
<div>
<h1>The impossibly small web framework<span class="dot"></span></h1>
<p class="lede">All that a web application needs, and small enough to be read in an evening. This tour is one: beside everything that it does stands the code that does it.</p>
<p class="actions"><a class="button" href="/guestbook">Sign the guestbook</a> <a href="/routes">All routes</a></p>
</div>
<svg class="ball" viewBox="-0.5 -0.5 25 25" role="img" aria-label="A ball, drawn in dots">${[...ball(24)]}</svg>
</section>`;

const WHOLE = stop(
  'This is a whole application',
  html`<p>Without a dependency, a build, or a folder that has to have a certain name.</p>
<p><code>npm install @microdot/core</code></p>`,
  code(
    'app.js',
    `import { Microdot } from '@microdot/core';

const app = new Microdot();

app.get('/', () => 'Hello, World!');

await app.run();`,
  ),
);

const HELLO = stop(
  'A route is a pattern and a function',
  html`<p>What the function returns is the response: text, bytes, an object as JSON, a stream, a status. The arguments have the types that the pattern gives them: <code>n</code> is a number here, for the compiler too.</p>
<p class="try">${links('/hello/Ada', '/square/12', '/square/twelve')}</p>`,
  excerpt('hello.ts', 'hello'),
);

function guestbook(newest: readonly Entry[]): Html {
  return stop(
    'Forms, without ceremony',
    html`<p>A guestbook, with a form that needs no JavaScript, an API beside it, and a file that is always whole.</p>
${newest.length > 0 && html`<ol class="preview">${newest.map(card)}</ol>`}
<p class="try"><a href="/guestbook">${newest.length > 0 ? 'Read it, and sign it' : 'Be the first to sign it'}</a></p>`,
    FORM,
  );
}

const FORM = excerpt('guestbook.ts', 'pages');

const ACCOUNTS = stop(
  'Accounts, without an evening lost',
  html`<p>Sessions, logins, being remembered, and forms that no other site can send: each is a package of its own, and a few lines.</p>
<p class="try">${links('/account', '/login', '/signup')}</p>`,
  excerpt('login.ts', 'login'),
);

const FEED = stop(
  'The page need not ask twice',
  html`<p>Server-sent events tell a page what is new, as they happen, and what it has missed.</p>
<p class="try">${links('/feed', '/feed/events?after=0')}</p>`,
  excerpt('feed.ts', 'events'),
);

const WALL = stop(
  'Both ways at once',
  html`<p>A WebSocket is a route with a loop. Who is logged in is logged in there, too.</p>
<p class="try">${links('/wall')}</p>`,
  excerpt('wall.ts', 'wall'),
);

const UPLOADS = stop(
  'Files go to the disk',
  html`<p>And not through the memory: each part of the form is a stream, and everything about it has a bound.</p>
<p class="try">${links('/uploads')}</p>`,
  excerpt('uploads.ts', 'upload'),
);

const STREAMING = stop(
  'A generator is a response',
  html`<p>Each piece is sent when it is made, and made when the network has taken the last one. Whoever leaves early ends the generator.</p>
<p class="try">${links('/streaming', '/streaming/ball.txt')}</p>`,
  excerpt('streaming.ts', 'stream'),
);

const STATIC = stop(
  'A folder of files is a line',
  html`<p>Content types, <code>ETag</code>, <code>304</code> and ranges come with it. The ways out of the folder do not.</p>
<p class="try">${links('/static/tour.css', '/static/dot.svg', '/static/..%2Fpackage.json')}</p>`,
  excerpt('app.ts', 'static'),
);

const ERRORS = stop(
  'Errors are handled in one place',
  html`<p>By status, or by class. People get a page and programs get JSON. The stack goes to the log, and nowhere else.</p>
<p class="try">${links('/nowhere', '/oops', '/api/nothing')}</p>`,
  excerpt('errors.ts', 'errors'),
);

const SELF = stop(
  'And this page?',
  html`<p>Each part of the tour is an application of its own, mounted into one. The HTML comes from a template tag of a few lines, which escapes what it is given.</p>
<p class="try"><a href="/source">Read all of the tour</a></p>`,
  excerpt(FILE, 'home'),
);

function links(...paths: string[]): Html[] {
  return paths.map((path) => html`<a href="${path}">${path}</a> `);
}
