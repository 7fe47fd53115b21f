/**
 * JSON as Python's `json.dumps(data, separators=(',', ':'))` writes it, which is what PyJWT signs: the same data gives
 * the same cookie on either side. `JSON.stringify` differs in characters beyond ASCII and in small numbers.
 *
 * @param json what `JSON.stringify` makes of the data.
 */
export function pythonJson(json: string): string {
  return json.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') ? escapeBeyondAscii(token) : pythonNumber(token),
  );
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

function escapeBeyondAscii(text: string): string {
  return text.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Python goes over to exponents below 0.0001, JavaScript below 0.000001; and Python's have two digits. */
function pythonNumber(text: string): string {
  if (!/^-?0\.0000|e-/.test(text)) return text;
  return Number(text)
    .toExponential()
    .replace(/e-(\d)$/, 'e-0$1');
}
