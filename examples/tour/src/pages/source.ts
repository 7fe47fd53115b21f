import { abort, Microdot } from '@microdot/core';
import { highlight } from '../highlight.ts';
import { html } from '../html.ts';
import { page, type Tour } from '../layout.ts';
import { sizeOf, sources } from '../source.ts';

const FILE = 'pages/source.ts';

/** The code of the tour, shown by the tour. */
export const source = new Microdot<Tour>();

source.get('', (request) =>
  page(
    request,
    { title: 'Source', file: FILE },
    html`<section class="intro">
<h1>All of it<span class="dot"></span></h1>
<p class="lede">The tour is an application of ${sources.size} files. This is what runs, read from the disk when it started.</p>
</section>
<ul class="files">
${[...sources.keys()].map((file) => html`<li><a href="/source/${file}">${file}</a> <span>${sizeOf(file)} lines</span></li>`)}
</ul>`,
  ),
);

source.get('/<path:file>', (request, { file }) => {
  const code = sources.get(file) ?? abort(404);
  const numbers = code.trimEnd().split('\n');
  return page(
    request,
    { title: file, file: FILE },
    html`<section class="intro">
<p><a href="/source">Source</a></p>
<h1 class="file">${file}</h1>
</section>
<div class="listing">
<pre class="numbers" aria-hidden="true">${numbers.map((_, i) => html`<span id="L${i + 1}">${i + 1}</span>\n`)}</pre>
<pre tabindex="0" role="region" aria-label="Code of ${file}"><code>${highlight(code)}</code></pre>
</div>`,
  );
});
