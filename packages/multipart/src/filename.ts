// What no name needs, and what deceives: control characters, and those that turn the direction of the text around, by which
// `photo\u202Egpj.exe` looks like a picture.
const UNSAFE = /[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * What is left of the name that a client gave its file: the last part of a path of any system, without control characters; `''` for
 * `.` and `..` (RFC 7578 4.2: the name is a hint, and its directories are none of ours).
 */
export function cleanFilename(text: string): string {
  const name = text.replace(UNSAFE, '');
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).trim();
  return base === '.' || base === '..' ? '' : base;
}
