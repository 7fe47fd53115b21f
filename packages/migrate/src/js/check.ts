import { parseJson } from './parseJson.ts';
import { checkJs } from './syntax.ts';

/**
 * Parses what is to be written, for its errors alone.
 *
 * @throws MigrateError `SYNTAX`
 */
export function check(text: string, file: string): void {
  if (file.endsWith('.json')) parseJson(text, file);
  else checkJs(text, file);
}
