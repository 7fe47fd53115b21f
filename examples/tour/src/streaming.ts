import { setTimeout as sleep } from 'node:timers/promises';
import { Microdot } from '@microdot/core';
import { Environment } from '@microdot/utemplate';
import { templatesFolder } from './config.ts';
import { html } from './html.ts';
import { stop, stream, type Tour } from './layout.ts';
import { ball, ballOfText } from './picture.ts';
import { excerpt, templateFile } from './source.ts';

const FILE = 'streaming.ts';
const ROWS = 32;
const COUNT = 1_000_000;

/** Pages that are sent while they are made. */
export const streaming = new Microdot<Tour>();

// #region stream
streaming.get('', (request) =>
  stream(request, { title: 'Streaming', file: FILE }, 'streaming.html', {
    intro: INTRO,
    rows: rows(),
    outro: OUTRO,
  }),
);

async function* rows() {
  for (const row of ball(ROWS)) {
    yield row;
    await sleep(90);
  }
}

streaming.get('/ball.txt', async function* () {
  for (const line of ballOfText(ROWS)) {
    yield line;
    await sleep(90);
  }
});
// #endregion

// #region numbers
const numbers = new Environment({ directory: templatesFolder }).getTemplate('numbers.tpl');

streaming.get('/numbers.txt', () => numbers.generate(COUNT, squares()));

function* squares() {
  for (let n = 1; n <= COUNT; n++) yield [n, n * n];
}
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
  html`${excerpt(FILE, 'stream')}${excerpt('layout.ts', 'stream')}`,
)}
${stop(
  'A million lines, and no memory',
  html`<p>A template in the manner of MicroPython's utemplate. <a href="/streaming/numbers.txt">/streaming/numbers.txt</a> has ${COUNT.toLocaleString('en')} lines, made as fast as they are read: look at the first ones with <code>curl -N</code> and <code>head</code>, and the rest never happens.</p>`,
  html`${excerpt(FILE, 'numbers')}${templateFile('numbers.tpl')}`,
)}`;
