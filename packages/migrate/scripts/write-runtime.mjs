// Makes src/ts/runtime/python.data.ts of the helpers in scripts/runtime: their text, and which of them needs which.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('./runtime/', import.meta.url);
const order = [
  'untyped',
  'errors',
  'items',
  'numbers',
  'text',
  'async',
  'responses',
  'json',
  'files',
  'iterators',
  'contexts',
  'structs',
  'csv',
  'arguments',
  'lists',
  'urls',
  'clock',
  'attributes',
  'types',
  'enums',
  'threads',
];
/** @type {Record<string, { text: string, needs: string[] }>} */
const chunks = {};
/** @type {Map<string, { name: string, isType: boolean }[]>} */
const imports = new Map();

const missing = readdirSync(folder).filter((file) => !order.includes(file.replace('.ts', '')));
if (missing.length > 0) throw new Error(`Say where ${missing} comes in the order`);

for (const file of order) {
  const source = readFileSync(new URL(`${file}.ts`, folder), 'utf8');
  for (const [, names = '', from = ''] of source.matchAll(/^import (?:type )?\{ (.*?) \} from '(.*)';$/gm)) {
    if (from.startsWith('./')) continue;
    const known = imports.get(from) ?? [];
    for (const each of names.split(', ')) {
      const name = each.replace('type ', '');
      if (!known.some((other) => other.name === name)) known.push({ name, isType: each.startsWith('type ') });
    }
    imports.set(from, known);
  }
  const body = source.replace(/^import .*;\n|^ *\/\/ biome-ignore.*\n/gm, '').trim();
  // A chunk is a declaration with its comment: overloads belong together.
  const parts = body.split(
    /\n\n(?=(?:\/\*\*|(?:export )?(?:async )?(?:function\*?|class|const|type|interface) ))/,
  );
  for (const part of parts) {
    const name =
      /^(?:export )?(?:abstract )?(?:async )?(?:function\*?|class|const|type|interface) (\w+)/m.exec(
        part,
      )?.[1];
    if (!name) throw new Error(`What is this in ${file}.ts? ${part.slice(0, 80)}`);
    if (chunks[name]) throw new Error(`There are two of ${name}`);
    chunks[name] = {
      text: part,
      needs: [],
    };
  }
}

for (const [name, chunk] of Object.entries(chunks)) {
  const code = chunk.text.replace(/\/\*\*[\s\S]*?\*\//g, '');
  chunk.needs = Object.keys(chunks).filter(
    // `name:` is a property, and `case name:` is not.
    (other) => other !== name && new RegExp(`(?<![.\\w])${other}\\b(?!:)|\\bcase ${other}:`).test(code),
  );
}

const list = Array.from(imports, ([from, names]) => ({ from, names }));
writeFileSync(
  new URL('../src/ts/runtime/python.data.ts', import.meta.url),
  `// Written by scripts/write-runtime.mjs.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text of the helpers
export const IMPORTS: readonly { readonly from: string; readonly names: readonly { readonly name: string; readonly isType: boolean }[] }[] = ${JSON.stringify(list)};

export const CHUNKS: Readonly<Record<string, { readonly text: string; readonly needs: readonly string[] }>> = ${JSON.stringify(chunks, null, 2)};
`,
);
