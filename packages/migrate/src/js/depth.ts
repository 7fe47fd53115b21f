import { MigrateError } from '../errors.ts';

/** The parser is native code, and nesting that exhausts its stack ends the process: it must not get to see that. */
const DEEPEST = 1500;

/**
 * Refuses what the parser cannot take.
 *
 * @throws MigrateError `TOO_DEEP`
 */
export function refuseDeep(source: string, file: string): void {
  if (nestsTooDeep(source)) throw tooDeep(file);
}

/** Counts brackets, wherever they stand: those in strings come in pairs too, or are few. */
function nestsTooDeep(source: string): boolean {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === 40 || code === 91 || code === 123) {
      if (++depth > DEEPEST) return true;
    } else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth--;
  }
  return false;
}

export function tooDeep(file: string): MigrateError {
  return new MigrateError('TOO_DEEP', 'It nests too deep to be parsed.', { file });
}
