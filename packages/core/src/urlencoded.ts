import { HTTPException } from './errors.ts';
import { MultiDict } from './multiDict.ts';

/**
 * Decodes `application/x-www-form-urlencoded` text, as Microdot does: `+` is a space, empty pairs are skipped, a name
 * without `=` has the value `''`, a `%` with nothing behind it is a percent sign, and one with a single digit is that.
 *
 * @param maxFields the most pairs that are decoded: hashing 100,000 names is an attack, not a form.
 * @throws {@link HTTPException} 400 where an escape is malformed or not UTF-8, 413 where there are too many pairs.
 */
export function parseUrlEncoded(text: string, maxFields: number): MultiDict {
  const fields = new MultiDict();
  let count = 0;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    if (++count > maxFields)
      throw new HTTPException(413, `More than ${maxFields} fields (Request.maxFields)`);
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    fields.append(decodeField(name), decodeField(value));
  }
  return fields;
}

function decodeField(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  return decodePercent(spaced.replace(/%([\da-f]?)(?=%|$)/gi, (_, digit) => (digit ? `%0${digit}` : '%25')));
}

/** @throws {@link HTTPException} 400 where an escape is malformed or what it says is not UTF-8. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new HTTPException(400, 'Bad request');
  }
}
