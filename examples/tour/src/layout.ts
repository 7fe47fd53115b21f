import { type Request, Response } from '@microdot/core';
import { Template } from '@microdot/jinja';
import { avatar } from './avatar.ts';
import { templatesFolder } from './config.ts';
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

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

Template.initialize(templatesFolder, {
  globals: { avatar, places: PLACES },
  filters: { date: (time: string) => DATE.format(new Date(time)) },
});

/** A whole page. */
export function page(request: Request<Tour>, about: Page, main: Html): Response {
  return htmlResponse(
    new Template('layout.html').render({ ...context(request, about), main }),
    about.statusCode,
  );
}

// #region stream
/** A page by a template of its own, sent as it is made: what it loops over may come piece by piece. */
export function stream(request: Request<Tour>, about: Page, template: string, values: object): Response {
  const pieces = new Template(template).generateAsync({ ...context(request, about), ...values });
  return htmlResponse(pieces, about.statusCode);
}
// #endregion

function htmlResponse(body: ConstructorParameters<typeof Response>[0], statusCode = 200): Response {
  return new Response(body, statusCode, { 'Content-Type': 'text/html; charset=UTF-8' });
}

/** What `layout.html` wants to know. */
function context(request: Request<Tour>, about: Page): object {
  return {
    ...about,
    path: request.path,
    user: request.g.currentUser,
    lines: sizeOf(about.file),
    took: () => took(request),
  };
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

/** Requests that no route matched have passed no hook, and nobody has looked at the clock for them. */
function took({ g: { startedAt } }: Request<Tour>): string {
  if (startedAt === undefined) return '';
  const milliseconds = performance.now() - startedAt;
  return milliseconds < 1000
    ? `, in ${milliseconds.toFixed(2)} ms`
    : `, in ${(milliseconds / 1000).toFixed(1)} s`;
}
