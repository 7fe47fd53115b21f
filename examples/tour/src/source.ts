import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFolder, templatesFolder } from './config.ts';
import { highlight } from './highlight.ts';
import { type Html, html } from './html.ts';

/** The source of the tour by file name, such as `pages/home.ts`. */
export const sources: ReadonlyMap<string, string> = new Map(
  readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => [name, readFileSync(join(sourceFolder, name), 'utf8')]),
);

/** The number of lines of a file. */
export function sizeOf(file: string): number {
  return sourceOf(file).trimEnd().split('\n').length;
}

/**
 * The lines of a file between `// #region NAME` and `// #endregion`: what runs, and not a copy of it.
 *
 * @throws Error where there are none. Pages call this when they are loaded, so that it is noticed at once.
 */
export function excerpt(file: string, region: string): Html {
  const lines = sourceOf(file).split('\n');
  const start = lines.findIndex((line) => line.trimStart() === `// #region ${region}`) + 1;
  // Within a class, all of it stands further to the right.
  const indent = lines[start - 1]?.search(/\S/) ?? 0;
  const end = lines.indexOf(`${' '.repeat(indent)}// #endregion`, start);
  if (start === 0 || end < 0) throw new Error(`src/${file} has no region ${region}`);
  const shown = lines.slice(start, end).map((line) => line.slice(indent));
  const place = html`<a class="origin" href="/source/${file}#L${start + 1}">src/${file}, from line ${start + 1}</a>`;
  return figure(place, `Code of src/${file}`, highlight(shown.join('\n').trim()));
}

/** A template as a whole. */
export function templateFile(file: string): Html {
  const source = readFileSync(join(templatesFolder, file), 'utf8');
  return figure(`templates/${file}`, `Code of templates/${file}`, source.trim());
}

/** The lines of a template between `{# region NAME #}` and `{# endregion #}`. */
export function templateExcerpt(file: string, region: string): Html {
  const source = readFileSync(join(templatesFolder, file), 'utf8');
  const shown = source.split(`{# region ${region} #}`)[1]?.split('{# endregion #}')[0];
  if (shown === undefined) throw new Error(`templates/${file} has no region ${region}`);
  return figure(`templates/${file}`, `Code of templates/${file}`, shown.trim());
}

/** Code that is nowhere in the tour. */
export function code(caption: string, text: string): Html {
  return figure(caption, `Code of ${caption}`, highlight(text));
}

/** Commands for a shell. */
export function terminal(text: string): Html {
  return figure('In a terminal', 'Commands', text);
}

/** Long lines scroll, for those who use a keyboard too: hence the place in the order of focus, and the name. */
function figure(caption: Html | string, label: string, text: Html | string): Html {
  return html`<figure class="code">
<figcaption>${caption}</figcaption>
<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>
</figure>`;
}

function sourceOf(file: string): string {
  const source = sources.get(file);
  if (source === undefined) throw new Error(`The tour has no src/${file}`);
  return source;
}
