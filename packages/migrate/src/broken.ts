import { MigrateError } from './errors.ts';

/**
 * What is wrong with a result that a check, which parses it, finds fault with; `null` when it holds. What it is made from has
 * been parsed before, so this is never the fault of the source.
 */
export function faultOf(file: string, check: () => void): MigrateError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (!(error instanceof MigrateError)) throw error;
    const { message, line, column } = error;
    const what = `What was to be written does not hold: ${message}`;
    return new MigrateError('BROKEN', what, { file, line, column });
  }
}
