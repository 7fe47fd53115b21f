/** A header value such as `form-data; name="a"`: what stands first, in lower case, and its parameters. */
export interface ParameterizedValue {
  readonly value: string;
  /** By name, in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

// `; name=token` or `; name="quoted"`, where `\"` and `\\` are escapes (RFC 9110 5.6.4, 5.6.6). Sticky, and no character can
// be matched in two ways: time is linear in the length.
const PARAMETER = /(?:[ \t]*;)+[ \t]*([!#$%&'*+.^\w`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s";,]+))/sy;

/**
 * Reads a header value with parameters; `undefined` where it is malformed. So it is where a parameter stands there twice: whoever
 * looked at the form before us may have taken the other one.
 */
export function parseParameters(header: string): ParameterizedValue | undefined {
  let end = header.length;
  while (end > 0 && ' \t;'.includes(header[end - 1] as string)) end--;
  const semicolon = header.indexOf(';');
  let at = semicolon < 0 ? end : Math.min(semicolon, end);
  const value = header.slice(0, at).trim().toLowerCase();
  const parameters = new Map<string, string>();
  while (at < end) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(header);
    const name = match?.[1]?.toLowerCase();
    if (!match || name === undefined || parameters.has(name)) return undefined;
    // Other backslashes are those of a Windows path, which no browser escapes.
    parameters.set(name, match[3] ?? (match[2] as string).replace(/\\(["\\])/g, '$1'));
    at = PARAMETER.lastIndex;
  }
  return { value, parameters };
}
