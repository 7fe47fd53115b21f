import { type ParseResult, parseSync } from 'oxc-parser';
import { MigrateError } from '../errors.ts';
import { LineTable } from '../python/lines.ts';
import { refuseDeep } from './depth.ts';

/**
 * Only says whether a source parses, which takes a tenth of the time.
 *
 * @throws MigrateError `SYNTAX`
 */
export function checkJs(source: string, file = 'module.js'): void {
  parsed(source, file);
}

/**
 * Parses JavaScript or TypeScript, as `file` says.
 *
 * @throws MigrateError `SYNTAX`, with line and column.
 */
export function parsed(source: string, file: string): ParseResult {
  refuseDeep(source, file);
  // A script may return at its outermost level, or use words that modules reserve.
  const kinds = /\.c[jt]s$/.test(file) ? (['commonjs'] as const) : (['module', 'commonjs'] as const);
  let first: ParseResult | undefined;
  for (const lang of languages(file)) {
    for (const sourceType of kinds) {
      const result = parseSync(file, source, { sourceType, lang, astType: 'ts', range: true });
      first ??= result;
      if (result.errors.length === 0) return result;
    }
  }
  const error = first?.errors[0];
  const place = new LineTable(source).position(error?.labels[0]?.start ?? 0);
  throw new MigrateError('SYNTAX', error?.message ?? 'Syntax error', { file, ...place });
}

/** What a file may be written in: without an extension anything. */
function languages(file: string): ('jsx' | 'ts' | 'tsx' | 'dts')[] {
  if (/\.d\.[cm]?ts$/.test(file)) return ['dts'];
  if (file.endsWith('.tsx')) return ['tsx'];
  if (/\.[cm]?ts$/.test(file)) return ['ts'];
  return /\.[cm]?jsx?$/.test(file) ? ['jsx'] : ['jsx', 'ts', 'tsx'];
}
