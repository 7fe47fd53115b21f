import { parse } from 'py-ast';
import { MigrateError } from '../errors.ts';
import type { OffsetOf } from './columns.ts';
import { LineTable } from './lines.ts';
import { locate } from './locate.ts';
import { Memory } from './memory.ts';
import { prepare } from './prepare.ts';
import { type Token, tokensOf } from './tokens.ts';
import type { Module } from './tree.ts';

/** A Python source that has been parsed. */
export class PythonModule extends Memory {
  readonly source: string;
  readonly file: string;
  readonly lines: LineTable;
  readonly tree: Module;
  #tokens: readonly Token[] | undefined;
  #comments: readonly Token[] | undefined;

  constructor(source: string, file: string, lines: LineTable, tree: Module) {
    super();
    this.source = source;
    this.file = file;
    this.lines = lines;
    this.tree = tree;
  }

  /** Every token, comments included; made when first asked for. */
  get tokens(): readonly Token[] {
    this.#tokens ??= tokensOf(this.source, this.lines);
    return this.#tokens;
  }

  /** Those of the tokens that are comments, from `#` to the end of the line. */
  get comments(): readonly Token[] {
    this.#comments ??= this.tokens.filter((token) => token.type === 'COMMENT');
    return this.#comments;
  }

  /** The text of a node. */
  text(node: { readonly start: number; readonly end: number }): string {
    return this.source.slice(node.start, node.end);
  }
}

/**
 * Parses a Python 3 source. A byte order mark, any line ends, tabs and form feeds are as in Python.
 *
 * @param file - names the source in errors
 * @throws MigrateError `SYNTAX` with line and column, `TOO_DEEP` for what nests deeper than the stack.
 */
export function parsePython(source: string, file = ''): PythonModule {
  const lines = new LineTable(source);
  const { text, offsetOf } = prepare(source, lines);
  try {
    const tree = parse(text) as unknown as Module;
    locate(tree, null, offsetOf, source);
    Object.assign(tree, { start: 0, end: source.length });
    return new PythonModule(source, file, lines, tree);
  } catch (error) {
    throw asMigrateError(error, file, lines, offsetOf);
  }
}

/**
 * Parses a source for its errors alone.
 *
 * @throws MigrateError as {@link parsePython} does.
 */
export function checkPython(source: string, file = ''): void {
  const lines = new LineTable(source);
  const { text, offsetOf } = prepare(source, lines);
  try {
    parse(text);
  } catch (error) {
    throw asMigrateError(error, file, lines, offsetOf);
  }
}

function asMigrateError(error: unknown, file: string, lines: LineTable, offsetOf: OffsetOf): unknown {
  const { name, message } = error as Error;
  if (name === 'RangeError') {
    return new MigrateError('TOO_DEEP', 'The source nests too deep to be parsed.', { file });
  }
  const place = /^(.*) at line (\d+)(?:, column (\d+))?$/s.exec(message);
  // What names no place is a fault in the parser or here, and not a matter of the source.
  if (place === null) return error;
  const [, what = '', line = '1', column = '0'] = place;
  const at = lines.position(offsetOf(Number(line), Number(column)));
  return new MigrateError('SYNTAX', what, { file, ...at });
}
