/** What the parser throws: `offset` is that in the text of the expression. Whoever knows where that is makes a TemplateError of it. */
export class Unparsable extends Error {
  readonly offset: number;
  /** Python, but not of the part that is translated. */
  readonly isPython: boolean;

  constructor(message: string, offset: number, isPython = false) {
    super(message);
    this.name = 'Unparsable';
    this.offset = offset;
    this.isPython = isPython;
  }
}

/** Python that is not translated. @param instead what to write in its place. */
export function untranslated(what: string, instead: string, offset: number): Unparsable {
  return new Unparsable(`${what} ${/s$/.test(what) ? 'are' : 'is'} not translated: ${instead}`, offset, true);
}
