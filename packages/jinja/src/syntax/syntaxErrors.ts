import type { TemplateSyntaxError } from '../errors.ts';

/** Puts the place in front of the message, and the line below it with a mark under the column. Lines count from 1. */
export function locateSyntaxError(
  error: TemplateSyntaxError,
  name: string,
  source: string,
  lineno: number,
  colno: number,
): TemplateSyntaxError {
  if (error.templateName !== undefined) return error;
  error.templateName = name;
  error.lineno = lineno;
  error.colno = colno;
  // A line of a minified page is not to fill the log.
  const from = Math.max(0, colno - 60);
  const line = (source.split('\n')[lineno - 1] ?? '').slice(from, from + 100);
  const mark = `${line.slice(0, colno - 1 - from).replace(/[^\t]/g, ' ')}^`;
  error.message = `${name}:${lineno}:${colno}: ${error.message}\n  ${line}\n  ${mark}`;
  return error;
}
