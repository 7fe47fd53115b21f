import { setTimeout as sleep } from 'node:timers/promises';
import { Microdot, type Request } from '@microdot/core';
import { html } from './html.ts';
import { htmlResponse, pageEnd, pageStart, stop, type Tour } from './layout.ts';
import { ball, ballOfText } from './picture.ts';
import { excerpt } from './source.ts';

const FILE = 'streaming.ts';
const ROWS = 32;

/** Pages that are sent while they are made. */
export const streaming = new Microdot<Tour>();

// #region stream
streaming.get('', (request) => htmlResponse(pieces(request)));

async function* pieces(request: Request<Tour>) {
  yield `${pageStart(request, 'Streaming')}${INTRO}`;
  for (const row of ball(ROWS)) {
    yield row.text;
    await sleep(90);
  }
  yield `${OUTRO}${pageEnd(request, FILE)}`;
}

streaming.get('/ball.txt', async function* () {
  for (const line of ballOfText(ROWS)) {
    yield line;
    await sleep(90);
  }
});
// #endregion

const INTRO = html`<section class="hero">
<div>
<h1>A dot, made of dots<span class="dot"></span></h1>
<p class="lede">${ROWS} rows, each sent when it was made. There is no script behind this: the response has not ended yet, and the browser draws what it has.</p>
</div>
<svg class="ball" viewBox="-0.5 -0.5 ${ROWS + 1} ${ROWS + 1}" role="img" aria-label="A ball, drawn in dots">
`;

const OUTRO = html`</svg>
</section>
<p class="after"><a class="button" href="/streaming">Once more</a> <span>That was all of it.</span></p>
${stop(
  'A generator is a response',
  html`<p>What a handler yields goes out at once, and the next piece is asked for when the network has taken the last one. A slow reader slows the generator down, and nothing piles up in memory. A reader who leaves ends it, right where it is.</p>
<p>It works in a terminal too: <code>curl -N</code> of <a href="/streaming/ball.txt">/streaming/ball.txt</a>.</p>`,
  excerpt(FILE, 'stream'),
)}`;
