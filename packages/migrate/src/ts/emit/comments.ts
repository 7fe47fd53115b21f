import type { Token } from '../../python/tokens.ts';
import type { Doc } from '../doc.ts';
import type { ModuleInfo } from '../program.ts';

/** The comments of a module, each handed out once, in the order of the text. */
export class Comments {
  readonly #comments: readonly Token[];
  readonly #module: ModuleInfo;
  #next = 0;

  constructor(module: ModuleInfo) {
    this.#module = module;
    this.#comments = module.module.comments.filter(({ text }) => !isForTools(text));
  }

  /** Those before an offset, a line each. */
  before(offset: number): Doc[] {
    const lines: Doc[] = [];
    while ((this.#comments[this.#next]?.start ?? Number.POSITIVE_INFINITY) < offset) {
      lines.push(written(this.#comments[this.#next++] as Token));
    }
    return lines;
  }

  /** The offset of the next one, if it comes before an offset. */
  nextBefore(offset: number): number | undefined {
    const start = this.#comments[this.#next]?.start;
    return start !== undefined && start < offset ? start : undefined;
  }

  /** The one behind what ends at an offset, on the same line. */
  after(offset: number): Doc | undefined {
    const comment = this.#comments[this.#next];
    if (!comment || comment.start < offset) return undefined;
    const { lines } = this.#module.module;
    if (lines.position(comment.start).line !== lines.position(offset).line) return undefined;
    this.#next++;
    return written(comment);
  }
}

/** What only Python's tools read. */
function isForTools(text: string): boolean {
  return /^#!|^#\s*-\*-|^#\s*(?:noqa|type:|pylint|pragma|fmt:|isort:|mypy:|vim:)/.test(text);
}

function written(comment: Token): string {
  const text = comment.text
    .replace(/^#+:?\s?/, '')
    .replace(/\s*#\s*noqa\b.*$/, '')
    .trimEnd();
  return text === '' ? '//' : `// ${text}`;
}

/** A docstring as a comment. */
export function docComment(text: string): Doc[] {
  const lines = dedent(text).map((line) => line.replaceAll('*/', '*\\/'));
  if (lines.length === 0) return [];
  if (lines.length === 1) return [`/** ${lines[0]} */`];
  return ['/**', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'];
}

function dedent(text: string): string[] {
  const [first = '', ...rest] = text.replaceAll('\t', '    ').split(/\r\n|\n|\r/);
  const margin = Math.min(
    ...rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  const lines = [
    first.trim(),
    ...rest.map((line) => line.slice(Number.isFinite(margin) ? margin : 0).trimEnd()),
  ];
  while (lines.length > 0 && lines[0] === '') lines.shift();
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines;
}
