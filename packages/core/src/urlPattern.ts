import { MicrodotError } from './errors.ts';
import { decodePercent } from './urlencoded.ts';

/** How a segment type registered with {@link URLPattern.registerType} is matched and converted. */
export interface SegmentTypeOptions<T = unknown> {
  /** A regular expression for the whole segment; any text by default. A segment never holds a `/`. */
  pattern?: string;
  /** Converts the decoded text; `undefined` or `null` mean that the segment does not match. */
  parser?: (value: string) => T | undefined | null;
}

/** A part of a pattern: literal text, or an argument. */
export interface Segment {
  /** The text itself where it is static, and what tells two arguments of the same type apart from others if not. */
  readonly key: string;
  /** The name of the argument; `undefined` where the segment is static. */
  readonly name?: string;
  /** Takes every segment that is left, but for those that the pattern goes on with: `<path:x>`. */
  readonly isRest?: boolean;
  /** Whether a segment of a path, as it was sent, may be this one. */
  test(text: string): boolean;
  /** The value, or `undefined` where it does not match after all. */
  parse?(text: string): unknown;
}

const types: Map<string, SegmentTypeOptions> = new Map([
  ['string', {}],
  ['path', {}],
  ['int', { pattern: '-?[0-9]+', parser: parseInteger }],
]);

/**
 * The pattern of a route: `/users/<int:id>`. Microdot's `URLPattern`.
 *
 * Arguments are `<name>` and `<string:name>` (a segment), `<int:name>` (a safe integer), `<path:name>` (the rest of
 * the path, slashes included), `<re:EXPR:name>` (a segment that the expression matches as a whole), and the types
 * that were registered. They are percent-decoded once, after matching. Everything else is literal.
 *
 * @throws MicrodotError `INVALID_PATTERN` where the pattern means nothing.
 */
export class URLPattern {
  readonly urlPattern: string;
  readonly '~segments': readonly Segment[];
  /** The one path that matches, of a pattern without arguments. */
  readonly '~staticPath': string | undefined = undefined;

  constructor(urlPattern: string) {
    this.urlPattern = urlPattern;
    this['~segments'] = urlPattern
      .replace(/^\/+/, '')
      .split('/')
      .map((text) => parseSegment(text, urlPattern));
    if (!this['~segments'].some(({ name }) => name !== undefined))
      this['~staticPath'] = `/${this['~segments'].map(({ key }) => key).join('/')}`;
  }

  /**
   * Adds a type of segment: `URLPattern.registerType('hex', { pattern: '[0-9a-f]+' })` makes `<hex:x>`. Augment
   * `interface SegmentTypes` of this package to type it. Microdot's `register_type`.
   */
  static registerType(name: string, options: SegmentTypeOptions = {}): void {
    types.set(name, options);
  }

  /**
   * The arguments of a path, or `undefined` where it does not match.
   *
   * @throws HTTPException 400 where an argument does not decode to UTF-8.
   */
  match(path: string): Record<string, unknown> | undefined {
    return this['~match'](path.split('/'));
  }

  /** As `match`, with the path split at its slashes: the first part is what stands before the first one. */
  '~match'(parts: readonly string[]): Record<string, unknown> | undefined {
    const args = new Arguments();
    return parts[0] === '' && fits(this['~segments'], 0, parts, 1, args) ? args : undefined;
  }
}

/** Objects that inherit nothing, and are quicker to make and to fill than those of `Object.create(null)`. */
// biome-ignore lint/complexity/useArrowFunction: arrow functions make no objects
const Arguments = function () {} as unknown as new () => Record<string, unknown>;
Arguments.prototype = Object.create(null);

/** Whether the segments from `at` on fit the parts from `from` on. Fills in the arguments. */
function fits(
  segments: readonly Segment[],
  at: number,
  parts: readonly string[],
  from: number,
  args: Record<string, unknown>,
  misfits?: Set<number>,
): boolean {
  let part = from;
  for (let i = at; i < segments.length; i++, part++) {
    const segment = segments[i] as Segment;
    if (segment.isRest) return fitsRest(segments, i, parts, part, args, misfits);
    const text = parts[part];
    if (text === undefined || !segment.test(text)) return false;
    if (segment.name !== undefined) {
      const value = segment.parse ? segment.parse(text) : decodeSegment(text);
      if (value === undefined || value === null) return false;
      args[segment.name] = value;
    }
  }
  return part === parts.length;
}

/**
 * Takes as many parts as it can for a `<path:x>`, and gives back until what follows fits. Remembers from where it did not:
 * with two of them, a long path would otherwise take its cube of steps.
 */
function fitsRest(
  segments: readonly Segment[],
  at: number,
  parts: readonly string[],
  from: number,
  args: Record<string, unknown>,
  misfits: Set<number> = new Set(),
): boolean {
  const key = at * parts.length + from;
  if (misfits.has(key)) return false;
  for (let end = parts.length - (segments.length - at - 1); end > from; end--) {
    // One empty part is no path.
    if (end === from + 1 && parts[from] === '') break;
    if (fits(segments, at + 1, parts, end, args, misfits)) {
      args[(segments[at] as Segment).name as string] = decodeSegment(parts.slice(from, end).join('/'));
      return true;
    }
  }
  misfits.add(key);
  return false;
}

function decodeSegment(text: string): string {
  return text.includes('%') ? decodePercent(text) : text;
}

function parseSegment(text: string, urlPattern: string): Segment {
  if (!text.startsWith('<')) {
    if (text.includes('<')) refuse(urlPattern, 'an argument is a whole segment');
    return { key: text, test: (part) => part === text };
  }
  if (!text.endsWith('>')) refuse(urlPattern, '< without a > before the next /');
  const inner = text.slice(1, -1);
  const colon = inner.lastIndexOf(':');
  const name = inner.slice(colon + 1);
  const type = colon < 0 ? 'string' : inner.slice(0, colon);
  if (name === '') refuse(urlPattern, 'an argument needs a name');
  const { pattern, parser } = type.startsWith('re:')
    ? { pattern: type.slice(3) }
    : (types.get(type) ?? refuse(urlPattern, `URLPattern.registerType knows no ${type}`));
  const expression = pattern && new RegExp(`^(?:${pattern})$`, 's');
  return {
    key: `<${pattern}>`,
    name,
    isRest: type === 'path',
    test: expression ? (part) => expression.test(part) : (part) => part !== '',
    ...(parser && { parse: (part: string) => parser(decodeSegment(part)) }),
  };
}

/** Safe integers alone: beyond them two paths would name one number. */
function parseInteger(text: string): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value || 0 : undefined;
}

function refuse(urlPattern: string, why: string): never {
  throw new MicrodotError('INVALID_PATTERN', `Not a URL pattern: ${urlPattern}: ${why}`);
}
