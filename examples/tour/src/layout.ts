import { type Request, Response } from '@microdot/core';
import { avatar } from './avatar.ts';
import { type Html, html } from './html.ts';
import { sizeOf } from './source.ts';
import type { User } from './users.ts';

/** What a request carries through the tour: the type of `request.g`. */
export interface Tour {
  startedAt?: number;
  /** Who is logged in; nobody knows before the hooks have run. */
  currentUser?: User | null;
}

export interface Page {
  title: string;
  /** The file that makes the page. */
  file: string;
  statusCode?: number;
  /** A script in `public/` that the page has beside that of every page. */
  script?: string;
}

const PLACES = [
  ['/guestbook', 'Guestbook'],
  ['/feed', 'Feed'],
  ['/wall', 'Wall'],
  ['/uploads', 'Uploads'],
  ['/streaming', 'Streaming'],
  ['/routes', 'Routes'],
  ['/source', 'Source'],
] as const;

/** A whole page. */
export function page(request: Request<Tour>, about: Page, main: Html): Response {
  const { title, file, statusCode = 200, script } = about;
  return htmlResponse(`${pageStart(request, title, script)}${main}${pageEnd(request, file)}`, statusCode);
}

export function htmlResponse(body: ConstructorParameters<typeof Response>[0], statusCode = 200): Response {
  return new Response(body, statusCode, { 'Content-Type': 'text/html; charset=UTF-8' });
}

/** Everything before the content of a page, for pages that are sent piece by piece. */
export function pageStart(request: Request<Tour>, title: string, script?: string): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Microdot</title>
<link rel="icon" href="/static/dot.svg">
<link rel="stylesheet" href="/static/tour.css">
<script src="/static/tour.js" type="module"></script>${script && html`\n<script src="/static/${script}" type="module"></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="wordmark" href="/"${current(request, '/')}>microdot<span class="dot"></span></a>
<nav aria-label="Pages">${PLACES.map(
    ([path, name]) => html`<a class="place" href="${path}"${current(request, path)}>${name}</a>`,
  )}${account(request)}</nav>
</header>
<main id="main" tabindex="-1">
`;
}

/** And everything behind it. */
export function pageEnd(request: Request<Tour>, file: string): Html {
  return html`
</main>
<footer class="bottom">
<p>Made by <a href="/source/${file}">src/${file}</a>, ${sizeOf(file)} lines${took(request)}.</p>
<p>Without a framework in the browser, and without anything from another host.</p>
</footer>
</body>
</html>
`;
}

/** A stop of the tour: what there is to see, and beside it the code that makes it. */
export function stop(title: string, text: Html | string, code: Html): Html {
  return html`<section class="stop">
<div>
<h2>${title}</h2>
${text}
</div>
${code}
</section>`;
}

function account(request: Request<Tour>): Html {
  const { currentUser } = request.g;
  const name = currentUser ? html`${avatar(currentUser.name)}<bdi>${currentUser.name}</bdi>` : 'Account';
  return html`<a class="place account" href="/account"${current(request, '/account')}>${name}</a>`;
}

function current({ path }: Request<Tour>, place: string): Html | false {
  return path === place && html` aria-current="page"`;
}

/** Requests that no route matched have passed no hook, and nobody has looked at the clock for them. */
function took({ g: { startedAt } }: Request<Tour>): string {
  if (startedAt === undefined) return '';
  const milliseconds = performance.now() - startedAt;
  return milliseconds < 1000
    ? `, in ${milliseconds.toFixed(2)} ms`
    : `, in ${(milliseconds / 1000).toFixed(1)} s`;
}
