import type { Changes } from '../changes.ts';
import { noteFate, noteMissing } from '../fates.ts';
import { classes, type OldModule, oldModule, oldName } from '../names.ts';
import type { JsModule } from '../parseJs.ts';

const RULE = 'comments';

/** What names a module, within quotes: its name, and what follows it. */
const MODULE = String.raw`(?<quote>['"])(?<name>[\w-]+)(?<subpath>\/[^'"]*)?\k<quote>`;
const IMPORTED_TYPE = new RegExp(String.raw`\bimport\(\s*${MODULE}\s*\)(?:\s*\.\s*(?<member>[\w$]+))?`, 'dg');
const IMPORT_TAG = new RegExp(String.raw`@import\s+(?<clause>[^'"@]*?)\s*\bfrom\s*${MODULE}`, 'dg');
const REFERENCE = new RegExp(String.raw`^\/\s*<reference\s+types=${MODULE}`, 'd');

/** Comments that TypeScript reads: `@type {import('microdot').Request}`, `@import`, `/// <reference types>`. */
export function renameInComments(module: JsModule, changes: Changes): void {
  for (const { type, value, start } of module.comments) {
    if (!value.includes('microdot')) continue;
    // The two signs that begin it are no part of its value.
    const writer = new CommentWriter(changes, start + 2);
    if (type === 'Line') {
      const found = REFERENCE.exec(value);
      if (found) writer.reference(found);
    } else if (value.startsWith('*')) {
      for (const [from, to] of typesIn(value)) {
        for (const found of value.slice(0, to).matchAll(IMPORTED_TYPE)) {
          if (found.index >= from) writer.type(found);
        }
      }
      for (const found of value.matchAll(IMPORT_TAG)) writer.tag(found);
    }
  }
}

class CommentWriter {
  readonly #changes: Changes;
  readonly #start: number;

  constructor(changes: Changes, start: number) {
    this.#changes = changes;
    this.#start = start;
  }

  reference(found: RegExpExecArray): void {
    const old = oldModule(found.groups?.name ?? '');
    if (old?.package !== undefined) this.#replace(found, 'name', old.package);
  }

  type(found: RegExpExecArray): void {
    const { name = '', member } = found.groups ?? {};
    const old = oldModule(name);
    if (!old) return;
    const home = member === undefined ? undefined : this.#member(found, old, member);
    this.#module(found, home ?? old.package);
  }

  /** `@import { Request, send_file as file } from 'microdot'`; what the comments of the file call it stays. */
  tag(found: RegExpExecArray): void {
    const { name = '', clause = '' } = found.groups ?? {};
    const old = oldModule(name);
    const [from = 0] = found.indices?.groups?.clause ?? [];
    if (!old) return;
    const main = /^[\w$]+/.exec(clause)?.[0];
    if (main !== undefined) {
      const own = classes[old.package ?? ''];
      const text = own === undefined ? `* as ${main}` : `{ ${own === main ? own : `${own} as ${main}`} }`;
      this.#changes.replace(this.#start + from, this.#start + from + main.length, text, RULE);
    }
    let home = old.package;
    for (const each of clause.matchAll(
      /(?<=[{,]\s*(?:type\s+)?)(?!type\s+[\w$])(?<imported>[\w$]+)(?<alias>\s+as\s+[\w$]+)?/g,
    )) {
      const { imported = '', alias } = each.groups ?? {};
      const at = this.#start + from + each.index;
      const entry = this.#known(at, old, imported);
      if (entry?.name === undefined) continue;
      home = entry.package ?? home;
      const text =
        alias === undefined && entry.name !== imported ? `${entry.name} as ${imported}` : entry.name;
      this.#changes.replace(at, at + imported.length, text, RULE);
    }
    this.#module(found, home);
  }

  /** Renames a member of an imported type; gives the package that has it. */
  #member(found: RegExpExecArray, old: OldModule, member: string): string | undefined {
    const at = this.#start + (found.indices?.groups?.member?.[0] ?? 0);
    const entry = this.#known(at, old, member);
    if (entry?.name !== undefined) this.#replace(found, 'member', entry.name);
    return entry?.package;
  }

  #known(at: number, old: OldModule, name: string): ReturnType<typeof oldName> {
    const entry = oldName(old, name);
    if (!entry) noteMissing(this.#changes, at, name, old.package);
    else if (entry.rewrittenBy === undefined) noteFate(this.#changes, at, name, entry, old);
    else this.#changes.note(at, RULE, `2.x has no ${name}.`, entry.rewrittenBy);
    return entry;
  }

  #module(found: RegExpExecArray, home: string | undefined): void {
    const { name, subpath } = found.groups ?? {};
    const at = this.#start + (found.indices?.groups?.name?.[0] ?? 0);
    if (home !== undefined) this.#replace(found, 'name', home);
    else this.#changes.note(at, RULE, `Nothing takes the place of ${name}.`, 'modules-and-names');
    if (home !== undefined && subpath !== undefined) {
      const message = `Packages of 2.x have no files to import: ${name}${subpath}.`;
      this.#changes.note(at, RULE, message, 'modules-and-names');
    }
  }

  #replace(found: RegExpExecArray, group: string, text: string): void {
    const [from = 0, to = 0] = found.indices?.groups?.[group] ?? [];
    this.#changes.replace(this.#start + from, this.#start + to, text, RULE);
  }
}

/** Where the types of the tags stand: `@param {...}`, braces included. */
function typesIn(comment: string): [number, number][] {
  const found: [number, number][] = [];
  for (const tag of comment.matchAll(/@\w+\s*\{/g)) {
    const from = tag.index + tag[0].length - 1;
    let depth = 0;
    for (let at = from; at < comment.length; at++) {
      if (comment[at] === '{') depth++;
      else if (comment[at] === '}') depth--;
      if (depth > 0) continue;
      found.push([from, at]);
      break;
    }
  }
  return found;
}
