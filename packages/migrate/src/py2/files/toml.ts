import { MODULES } from '../../tables/modules.ts';
import { type FileChange, type Line, linesOf, noteAt, RULE } from './lines.ts';
import { isTwo, newRequirement, normalised, requiresMicrodot } from './requirement.ts';

/** `pyproject.toml` and `Pipfile`: requirements in lists, and the tables of Poetry and Pipenv. */
export function migrateToml(source: string): FileChange {
  const change: FileChange = { edits: [], notes: [] };
  const lines = linesOf(source);
  let table = '';
  let isList = false;
  const hasOther = lines.some(({ text }) =>
    /^\s*(?:["']microdot["'\s<>=~!;[]|["']?microdot["']?\s*=)/i.test(text),
  );
  for (const line of lines) {
    const header = /^\s*\[+([^\]]+)\]+\s*(?:#.*)?$/.exec(line.text);
    if (header !== null && !isList) {
      table = header[1] ?? '';
      continue;
    }
    const key = isList ? undefined : /^\s*(["']?[\w.-]+["']?)\s*=\s*(.*)$/.exec(line.text);
    if (key && isListKey(table, key[1] ?? '') && (key[2] ?? '').startsWith('[')) isList = true;
    if (isList) {
      inList(change, line, hasOther);
      if (
        /\]\s*,?\s*(?:#.*)?$/.test(
          line.text.replace(/\[[^\]]*\]/g, (text) => (/^\[\w*\]$/.test(text) ? '' : text)),
        )
      )
        isList = false;
    } else if (key && isPackageTable(table))
      inTable(change, line, normalised((key[1] ?? '').replace(/["']/g, '')), hasOther);
  }
  return change;
}

function isListKey(table: string, key: string): boolean {
  const name = key.replace(/["']/g, '');
  if (/^(?:dependencies|requires|dev-dependencies)$/.test(name)) return true;
  return /(?:optional-dependencies|dependency-groups|dev-dependencies|envs\b.*)$/.test(table);
}

function isPackageTable(table: string): boolean {
  return /(?:^|\.)(?:[\w-]*dependencies|packages|dev-packages)$/.test(table);
}

function inList(change: FileChange, line: Line, hasOther: boolean): void {
  for (const match of line.text.matchAll(/(["'])((?:(?!\1).)*)\1(\s*,)?\s*/g)) {
    const requirement = match[2] ?? '';
    const comment = line.text.indexOf('#');
    if (comment >= 0 && match.index > comment) break;
    const found = newRequirement(requirement, hasOther && !requiresMicrodot(requirement));
    if (found === null) continue;
    if (found.note !== undefined) change.notes.push(noteAt(line, found.note, 'microdot>=2.0'));
    const start = line.start + match.index;
    if (found.text === null) {
      const isWhole =
        line.text.slice(0, match.index).trim() === '' &&
        line.text.slice(match.index + match[0].length).trim() === '';
      const end = isWhole ? line.next : start + match[0].length;
      change.edits.push({ start: isWhole ? line.start : start, end, text: '', rule: RULE });
    } else if (found.text !== requirement) {
      change.edits.push({
        start: start + 1,
        end: start + 1 + requirement.length,
        text: found.text,
        rule: RULE,
      });
    }
  }
}

function inTable(change: FileChange, line: Line, name: string, hasOther: boolean): void {
  if (!PACKAGES.has(name)) return;
  const value = /=\s*(.*?)\s*(?:#.*)?$/.exec(line.text)?.[1] ?? '';
  if (/\b(?:git|path|url)\s*=/.test(value)) {
    change.notes.push(
      noteAt(line, 'Microdot is required from a repository or a file.', 'microdot = ">=2.0"'),
    );
    return;
  }
  if (name !== 'microdot') {
    const text = hasOther
      ? ''
      : line.text.replace(/["']?microdot[\w-]*["']?/i, 'microdot').replace(VERSION, '$1>=2.0$1');
    const end = hasOther ? line.next : line.start + line.text.length;
    change.edits.push({ start: line.start, end, text, rule: RULE });
    return;
  }
  const version = VERSION.exec(value.startsWith('{') ? (/version\s*=\s*(.*)/.exec(value)?.[1] ?? '') : value);
  const written = version?.[2];
  if (written === undefined || isTwo(written)) return;
  const at = line.start + line.text.indexOf(version?.[0] ?? '', line.text.indexOf('=')) + 1;
  change.edits.push({ start: at, end: at + written.length, text: '>=2.0', rule: RULE });
}

const VERSION = /(["'])([^"']*)\1/;
const PACKAGES: ReadonlySet<string> = new Set([...MODULES.keys()].map(normalised));
