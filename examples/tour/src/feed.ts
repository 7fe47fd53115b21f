import { Microdot } from '@microdot/core';
import { withSSE } from '@microdot/sse';
import { entries } from './entries.ts';
import { card, EMPTY } from './guestbook.ts';
import { html } from './html.ts';
import { page, stop, type Tour } from './layout.ts';
import { excerpt, terminal } from './source.ts';

const FILE = 'feed.ts';
const SHOWN = 10;

/** The guestbook as it is written. */
export const feed = new Microdot<Tour>();

// #region events
feed.get(
  '/events',
  withSSE(async ({ args }, sse) => {
    // What the browser had last when the connection broke; at first, what the page was made with.
    const last = Number(sse.lastEventId ?? args.get('after'));
    const start = Number.isInteger(last) ? last : 0;
    for await (const entry of entries.after(start, sse.signal)) {
      await sse.send(card(entry).text, { event: 'entry', eventId: `${entry.id}` });
    }
  }),
);
// #endregion

feed.get('', async (request) => {
  const list = await entries.list();
  const main = html`<section class="intro">
<h1>As it is written<span class="dot"></span></h1>
<p class="lede">Whoever signs <a href="/guestbook">the guestbook</a> appears here. Open it in another window, and sign.</p>
<p class="live" role="status" data-live>Reload the page to see what is new.</p>
</section>
<section class="entries" aria-labelledby="newest">
<h2 id="newest">The newest</h2>
<ol data-feed="/feed/events?after=${list[0]?.id ?? 0}" data-length="${SHOWN}">${list.slice(0, SHOWN).map(card)}</ol>
${list.length === 0 && EMPTY}
</section>
${SOURCES}`;
  return page(request, { title: 'Feed', file: FILE, script: 'live.js' }, main);
});

const SOURCES = [
  stop(
    'A response that does not end',
    html`<p>Server-sent events: text, one way, over plain HTTP. The browser connects again by itself, and says which event it had last. So nothing is lost when the train comes out of the tunnel, or the server has been started anew.</p>`,
    excerpt(FILE, 'events'),
  ),
  stop(
    'What was missed, and what comes',
    html`<p>Both are one loop for the reader. It waits for the network as much as for the next entry: who reads slowly has no queue here.</p>`,
    excerpt('entries.ts', 'after'),
  ),
  stop('From a terminal', '', terminal('curl -N localhost:5000/feed/events?after=0')),
];
