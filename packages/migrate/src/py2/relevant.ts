import { lastName, moduleFile } from '../python/moduleFile.ts';

/**
 * The files in which something may have to change, in groups: those that mention Microdot, and those that are connected with
 * them by imports, as a function may be handed a WebSocket and say nothing of Microdot. It is told by their text, as parsing
 * is what takes time; and what is in different groups has no values in common.
 */
export function relevantGroups(sources: ReadonlyMap<string, string>): string[][] {
  const seeds = [...sources].filter(([, text]) => text.includes('microdot')).map(([file]) => file);
  if (seeds.length === 0) return [];
  const edges = edgesOf(sources);
  const seen = new Set<string>();
  return seeds.flatMap((seed) => {
    if (seen.has(seed)) return [];
    const group = new Set([seed]);
    for (const file of group) for (const other of edges.get(file) ?? []) group.add(other);
    for (const file of group) seen.add(file);
    return [[...group]];
  });
}

function edgesOf(sources: ReadonlyMap<string, string>): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  const connect = (from: string, to: string) => {
    const others = edges.get(from);
    if (others === undefined) edges.set(from, new Set([to]));
    else others.add(to);
  };
  const lastNames = new Set([...sources.keys()].map(lastName));
  for (const [file, text] of sources) {
    for (const other of importedFiles(sources, lastNames, file, text)) {
      connect(file, other);
      connect(other, file);
    }
  }
  return edges;
}

const IMPORT =
  /(?:^|[;:])[ \t]*(?:from[ \t]*(\.*)[ \t]*([\w.\u0080-\uffff]*)[ \t]+import[ \t]*(\([^)]*\)|[^\r\n]*)|import[ \t]+([^\r\n#]+))/gm;

function importedFiles(
  sources: ReadonlyMap<string, string>,
  lastNames: ReadonlySet<string>,
  file: string,
  text: string,
): string[] {
  const found: string[] = [];
  const add = (dotted: string, level: number) => {
    // Most imports are of what is installed.
    if (dotted !== '' && !lastNames.has(dotted.slice(dotted.lastIndexOf('.') + 1))) return;
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
  // Fixtures of pytest come without an import.
  add('conftest', 0);
  return found;
}

function firstWord(text: string): string {
  return /[\w.\u0080-\uffff]+/.exec(text)?.[0] ?? '';
}
