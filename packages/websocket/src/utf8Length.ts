/** The number of bytes that a text takes in UTF-8, on hosts that need not have a `TextEncoder`. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // A pair of surrogates is two units and four bytes, so each counts for two.
    length += unit < 0x800 || isPaired(text, i, unit) ? 1 : 2;
  }
  return length;
}

/** A lone surrogate becomes U+FFFD, of three bytes. */
function isPaired(text: string, i: number, unit: number): boolean {
  if ((unit & 0xfc00) === 0xd800) return (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
  return (unit & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800;
}
