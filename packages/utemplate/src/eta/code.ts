/** JavaScript with a record of where in a template its pieces are from. */
export class Code {
  text = '';
  readonly #pieces: { readonly start: number; readonly end: number; readonly offset: number }[] = [];

  /** Adds code of our own, or of the template at an offset. Returns where it begins. */
  add(text: string, offset = -1): number {
    const start = this.text.length;
    this.text += text;
    if (offset !== -1) this.#pieces.push({ start, end: this.text.length, offset });
    return start;
  }

  /** Where in the template something in the code is from: the same place, or the end of what comes before it. */
  offsetOf(position: number): number {
    const piece = this.#pieces.findLast(({ start }) => start <= position);
    return piece ? piece.offset + Math.min(position, piece.end) - piece.start : 0;
  }

  /** Whether a position is in code of the template. */
  isOfTemplate(position: number): boolean {
    const piece = this.#pieces.findLast(({ start }) => start <= position);
    return piece !== undefined && position < piece.end;
  }
}

/** A change to make to some code: what is between `start` and `end` becomes `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes changes that do not overlap. Of several insertions at one place, the first comes first. */
export function edited(code: string, edits: readonly Edit[]): string {
  let at = 0;
  let result = '';
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += code.slice(at, start) + text;
    at = end;
  }
  return result + code.slice(at);
}
