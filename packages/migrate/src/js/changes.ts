import type { Edit, Note } from '../edit/edit.ts';
import { LineTable } from '../python/lines.ts';
import type { JsNode } from './parseJs.ts';

/** A section of `docs/migrating.md`. */
export type Section =
  | 'gateways'
  | 'modules-and-names'
  | 'names-that-are-gone'
  | 'requirements'
  | 'sessions'
  | 'templates'
  | 'tls';

/** What the rules want changed in one source, and what they leave to a person. */
export class Changes {
  readonly edits: Edit[] = [];
  readonly notes: Note[] = [];
  readonly #source: string;
  readonly #lines: LineTable;

  constructor(source: string) {
    this.#source = source;
    this.#lines = new LineTable(source);
  }

  /** How lines end in this source. */
  get lineBreak(): string {
    return this.#source.includes('\r\n') ? '\r\n' : '\n';
  }

  replace(start: number, end: number, text: string, rule: string): void {
    if (this.#source.slice(start, end) !== text) this.edits.push({ start, end, text, rule });
  }

  insert(at: number, text: string, rule: string): void {
    this.edits.push({ start: at, end: at, text, rule });
  }

  /** Removes a statement, and its line where nothing else stands on it. */
  removeStatement(node: JsNode, rule: string): void {
    let [start, end] = node.range;
    const before = this.#lines.lineStart(start);
    const after = this.#lines.lineEnd(end);
    const alone =
      this.#source.slice(before, start).trim() === '' && this.#source.slice(end, after).trim() === '';
    if (alone) [start, end] = [before, after];
    this.replace(start, end, '', rule);
  }

  isRemoved(node: JsNode): boolean {
    const [from, to] = node.range;
    return this.edits.some(({ start, end, text }) => start <= from && end >= to && text === '');
  }

  indentation(at: number): string {
    return this.#lines.indentation(at);
  }

  note(at: number, rule: string, message: string, guide: Section, suggestion?: string): void {
    const place = this.#lines.position(at);
    this.notes.push({ ...place, rule, message, guide, ...(suggestion !== undefined && { suggestion }) });
  }
}
