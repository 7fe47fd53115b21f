const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The value of a string literal, by the rules of Python's: an escape that does not exist stays as it is. */
export function unescapeString(text: string, fail: (message: string) => never): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:([0-7]{1,3})|([xuU])([\da-fA-F]*)|(N\{[^}]*\}|[\s\S]))/g,
    (all, octal: string | undefined, kind: string | undefined, hex: string | undefined, other = '') => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (kind === undefined) {
        if (other.startsWith('N{')) return fail('\\N{...} is not supported, write the character itself');
        return SIMPLE[other] ?? all;
      }
      const count = HEX_DIGITS[kind] as number;
      const code = Number.parseInt((hex ?? '').slice(0, count), 16);
      if ((hex ?? '').length < count || code > 0x10ffff)
        return fail(`truncated \\${kind} escape in a string`);
      return String.fromCodePoint(code) + (hex ?? '').slice(count);
    },
  );
}
