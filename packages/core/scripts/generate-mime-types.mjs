// Writes src/mimeTypes.data.ts from mime-db. Run it after an update of mime-db; `--check` only says whether it is needed.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** @type {Record<string, { source?: string; extensions?: string[] }>} */
const db = require('mime-db');
const { version } = require('mime-db/package.json');
const file = new URL('../src/mimeTypes.data.ts', import.meta.url);

// Where several types claim an extension, the one that mime-types 3 takes: registered names before those of vendors
// and `x-`, then by who says so, then `video/mp4` before `audio/mp4` before `application/mp4` (RFC 4337 2), then the shortest.
/** @type {Record<string, number>} */
const FACETS = { 'prs.': 100, 'x-': 200, 'x.': 300, 'vnd.': 400 };
/** @type {Record<string, number>} */
const SOURCES = { nginx: 10, apache: 20, iana: 40 };
/** @type {Record<string, number>} */
const TYPES = { application: 1, font: 2, audio: 2, video: 3 };

/** @param {string} name */
function score(name) {
  if (name === 'application/octet-stream') return 0;
  const [type = '', subtype = ''] = name.split('/');
  const facet = FACETS[subtype.replace(/(\.|x-).*/, '$1')] ?? 900;
  const source = SOURCES[db[name]?.source ?? ''] ?? 30;
  return facet + source + (TYPES[type] ?? 0) + 1 - name.length / 100;
}

/** @type {Map<string, string>} */
const types = new Map();
for (const [name, { extensions = [] }] of Object.entries(db)) {
  for (const extension of extensions) {
    const rival = types.get(extension);
    if (rival === undefined || score(name) >= score(rival)) types.set(extension, name);
  }
}

/** @type {Map<string, string[]>} */
const extensions = new Map();
for (const [extension, name] of types) extensions.set(name, [...(extensions.get(name) ?? []), extension]);
const lines = [...extensions].map(([name, list]) => [name, ...list.sort()].join(' ')).sort();
const text = `// Written by scripts/generate-mime-types.mjs from mime-db ${version}: change that, not this.

/** A type per line, and the extensions of the files that have it. */
export const MIME_TYPES: string = \`
${lines.join('\n')}
\`;
`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('src/mimeTypes.data.ts is not what mime-db says: run node scripts/generate-mime-types.mjs');
  process.exitCode = 1;
}
