/** From offsets to lines and back. Lines end as Python has it: with CRLF, LF or CR. */
export class LineTable {
  /** The offset at which each line starts. */
  readonly starts: readonly number[];
  readonly #source: string;

  constructor(source: string) {
    const starts = [0];
    for (let i = 0; i < source.length; i++) {
      const code = source.charCodeAt(i);
      if (code === 13 && source.charCodeAt(i + 1) === 10) continue;
      if (code === 10 || code === 13) starts.push(i + 1);
    }
    this.starts = starts;
    this.#source = source;
  }

  /** Line and column of an offset, both from 1. */
  position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] as number) + 1 };
  }

  /** The offset at which the line of an offset starts. */
  lineStart(offset: number): number {
    return this.starts[this.position(offset).line - 1] as number;
  }

  /** The offset after the line of an offset, its line break included. */
  lineEnd(offset: number): number {
    return this.starts[this.position(offset).line] ?? this.#source.length;
  }

  /** The white space at the start of the line of an offset. */
  indentation(offset: number): string {
    return /^[ \t\f]*/.exec(this.#source.slice(this.lineStart(offset), offset))?.[0] ?? '';
  }
}
