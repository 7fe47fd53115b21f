import { checkJs } from '../js/parseJs.ts';
import { parseJson } from '../js/parseJson.ts';
import { checkPython } from '../python/parse.ts';

/**
 * Parses what is about to be written. What it is read from has been parsed before, so this fails only when a rule is wrong.
 *
 * @throws MigrateError `SYNTAX`
 */
export function verify(text: string, file: string): void {
  if (/\.pyw?$/.test(file)) checkPython(text, file);
  else if (/\.[cm]?[jt]sx?$/.test(file)) checkJs(text, file);
  else if (file.endsWith('.json')) parseJson(text, file);
}
