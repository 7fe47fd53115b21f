import { abort, Microdot, type Request, redirect } from '@microdot/core';
import { type WebSocket, withWebSocket } from '@microdot/websocket';
import { avatar } from './avatar.ts';
import { clean } from './entries.ts';
import { type Html, html } from './html.ts';
import { page, stop, type Tour } from './layout.ts';
import { excerpt } from './source.ts';
import { Throttle } from './throttle.ts';

const FILE = 'wall.ts';
const LIMITS = { text: 280, lines: 50, visitors: 200 };

/** A wall that everybody writes on, and sees others write on. It is gone when the server ends. */
export const wall = new Microdot<Tour>();

const visitors = new Set<WebSocket>();
const pace = new Throttle(20, 10_000);
let lines: readonly Html[] = [];

// #region wall
wall.get(
  '/live',
  withWebSocket({ maxMessageLength: 4 * LIMITS.text }, async (request, ws) => {
    if (visitors.size >= LIMITS.visitors) return ws.close(1013, 'Everybody is here already');
    visitors.add(ws);
    tell({ here: visitors.size });
    // All of it: who connects again may have missed some.
    void ws.send(JSON.stringify({ lines: html`${lines}`.text }));
    try {
      for await (const text of ws) {
        if (!write(request, text)) void ws.send(JSON.stringify({ problem: 'Not so fast.' }));
      }
    } finally {
      visitors.delete(ws);
      tell({ here: visitors.size });
    }
  }),
);

// The same without JavaScript.
wall.post('', (request) => {
  if (!write(request, request.form?.get('text'))) abort(429);
  return redirect(request.urlPrefix, 303);
});

/** Puts a line on the wall, and tells everybody; false where somebody writes too much. */
function write({ g: { currentUser }, clientAddr }: Request<Tour>, message: unknown): boolean {
  const who = clientAddr?.[0] ?? '';
  if (pace.isFull(who)) return false;
  pace.count(who);
  const text = clean(message).slice(0, LIMITS.text);
  if (text === '') return true;
  const line = toLine(text, currentUser?.name);
  lines = [line, ...lines].slice(0, LIMITS.lines);
  tell({ line: line.text });
  return true;
}

function tell(what: object): void {
  const message = JSON.stringify(what);
  // Nobody waits for the slowest: what it has not read is bounded, and beyond that it is dropped.
  for (const ws of visitors) void ws.send(message);
}
// #endregion

wall.get('', (request) => {
  const name = request.g.currentUser?.name;
  const main = html`<section class="intro">
<h1>The wall<span class="dot"></span></h1>
<p class="lede">Everybody who is here reads it as you write. Open it in two windows, and talk to yourself.</p>
<p class="live" role="status" data-live>Reload the page to see what is new.</p>
</section>
<form class="say" method="post" action="/wall" data-wall="/wall/live">
<label for="text">${name ? html`As <bdi>${name}</bdi>` : html`As a guest, or <a href="/login?next=/wall">log in</a>`}</label>
<input id="text" name="text" required maxlength="${LIMITS.text}" autocomplete="off">
<button class="button">Say it</button>
</form>
<ol class="lines" id="lines" data-length="${LIMITS.lines}">${lines}</ol>
${SOURCES}`;
  return page(request, { title: 'Wall', file: FILE, script: 'live.js' }, main);
});

function toLine(text: string, name: string | undefined): Html {
  const now = new Date().toISOString();
  return html`<li class="line">${avatar(name ?? 'Guest')}<p><b><bdi>${name ?? 'Guest'}</bdi></b> <time datetime="${now}" data-short>${now.slice(11, 16)} UTC</time><span class="said" dir="auto">${text}</span></p></li>`;
}

const SOURCES = stop(
  'A WebSocket is a loop',
  html`<p>The handler is called when somebody connects, and ends when they leave. Hooks, sessions and logins are those of any other route; the pages of other sites are refused.</p>
<p>Without JavaScript, it is a form.</p>`,
  excerpt(FILE, 'wall'),
);
