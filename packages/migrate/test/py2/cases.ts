import { readdirSync, readFileSync } from 'node:fs';

/** What a set of files becomes, and what is noted on the way. */
export interface Case {
  title: string;
  before: Map<string, string>;
  /** The same as `before` where nothing changes. */
  after: Map<string, string>;
  /** `file:line:column rule`; the file is left out where there is one alone. */
  notes: string[];
}

const folder = new URL('./cases/', import.meta.url);

/** The files that hold cases, without `.txt`. */
export const CASE_FILES: readonly string[] = readdirSync(folder).map((name) => name.replace('.txt', ''));

/**
 * Reads the cases of a file: `=== title`, the source, `--- after` and what it becomes (left out where nothing changes), and
 * `--- notes`. Several files begin with `@@ name` each.
 */
export function casesIn(name: string): Case[] {
  const text = readFileSync(new URL(`${name}.txt`, folder), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const title = part.slice(0, part.indexOf('\n'));
      const sections = part.slice(title.length + 1).split(/^--- (?=after$|notes$)/m);
      const section = (wanted: string) =>
        sections
          .slice(1)
          .find((each) => each.startsWith(`${wanted}\n`))
          ?.slice(wanted.length + 1);
      const before = filesIn(sections[0] ?? '');
      const after = section('after');
      return {
        title,
        before,
        after: after === undefined ? before : filesIn(after),
        notes: (section('notes') ?? '').split('\n').filter((line) => line !== ''),
      };
    });
}

function filesIn(text: string): Map<string, string> {
  if (!text.startsWith('@@ ')) return new Map([['app.py', text]]);
  const parts = text.split(/^@@ /m).slice(1);
  return new Map(
    parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]),
  );
}
