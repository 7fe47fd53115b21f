/**
 * - `SYNTAX`: the source is not the language that it is said to be.
 * - `TOO_DEEP`: the source nests deeper than can be parsed.
 * - `OVERLAP`: two rules want to change the same text.
 * - `BROKEN`: what was to be written does not parse, by a fault of a rule; the file stays as it is.
 */
export type MigrateErrorCode = 'SYNTAX' | 'TOO_DEEP' | 'OVERLAP' | 'BROKEN';

/** What this package throws. `line` and `column` count from 1, and are 0 where there is no place to name. */
export class MigrateError extends Error {
  readonly code: MigrateErrorCode;
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;

  constructor(
    code: MigrateErrorCode,
    message: string,
    place: { file?: string | undefined; line?: number; column?: number } = {},
  ) {
    super(message);
    this.name = 'MigrateError';
    this.code = code;
    this.file = place.file;
    this.line = place.line ?? 0;
    this.column = place.column ?? 0;
  }
}
