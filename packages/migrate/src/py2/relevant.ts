import { moduleFile } from '../python/moduleFile.ts';

/**
 * The files in which something may have to change: those that mention Microdot, and those that are connected with them by
 * imports, as a function may be handed a WebSocket and say nothing of Microdot. It is told by their text, as parsing is
 * what takes time.
 */
export function relevantFiles(sources: ReadonlyMap<string, string>): Set<string> {
  const seeds = [...sources].filter(([, text]) => text.includes('microdot')).map(([file]) => file);
  if (seeds.length === 0 || seeds.length === sources.size) return new Set(seeds);
  const edges = new Map<string, Set<string>>();
  const connect = (from: string, to: string) => edges.set(from, (edges.get(from) ?? new Set()).add(to));
  for (const [file, text] of sources) {
    for (const other of importedFiles(sources, file, text)) {
      connect(file, other);
      connect(other, file);
    }
  }
  const found = new Set(seeds);
  for (const file of found) for (const other of edges.get(file) ?? []) found.add(other);
  return found;
}

const IMPORT = /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+([^\r\n]*)|import[ \t]+([^\r\n#]+))/gm;

function importedFiles(sources: ReadonlyMap<string, string>, file: string, text: string): string[] {
  const found: string[] = [];
  const add = (dotted: string, level: number) => {
    const other = moduleFile(sources, file, dotted, level);
    if (other !== null && other !== file) found.push(other);
  };
  for (const [, dots = '', module = '', names = '', modules] of text.matchAll(IMPORT)) {
    if (modules !== undefined) for (const each of modules.split(',')) add(firstWord(each), 0);
    else {
      add(module, dots.length);
      for (const name of names.split(','))
        add(module === '' ? firstWord(name) : `${module}.${firstWord(name)}`, dots.length);
    }
  }
  return found;
}

function firstWord(text: string): string {
  return /[\w.]+/.exec(text)?.[0] ?? '';
}
