import { MicrodotError } from './errors.ts';

/** Names and values in the order of the wire: name, value, name, value, ... as Node's `rawHeaders` are. */
export type HeaderList = readonly string[];

/** What a {@link ResponseHeaders} is made from. A list gives a header several values. */
export type HeadersInit =
  | Readonly<Record<string, string | readonly string[]>>
  | Iterable<readonly [name: string, value: string]>;

/** The headers of a request. Names are compared without regard to case (RFC 9110 5.1). */
export class RequestHeaders {
  protected readonly list: string[];

  constructor(list: HeaderList = []) {
    this.list = list as string[];
  }

  /**
   * The value of a header, or `undefined`. Repeated lines are joined by a comma, as RFC 9110 5.3 has it, and those
   * of `Cookie` by a semicolon (RFC 9113 8.2.3).
   */
  get(name: string): string | undefined {
    const wanted = name.toLowerCase();
    const { list } = this;
    let value: string | undefined;
    for (let i = 0; i < list.length; i += 2) {
      if (isNamed(list[i] as string, wanted)) {
        value =
          value === undefined ? list[i + 1] : `${value}${wanted === 'cookie' ? '; ' : ', '}${list[i + 1]}`;
      }
    }
    return value;
  }

  /** The values of a header, one for every line of it. */
  getAll(name: string): string[] {
    const wanted = name.toLowerCase();
    return Array.from(this).flatMap(([text, value]) => (isNamed(text, wanted) ? value : []));
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Every line as `[name, value]`, names as they were written. */
  *[Symbol.iterator](): Generator<[name: string, value: string], void, undefined> {
    for (let i = 0; i < this.list.length; i += 2) yield [this.list[i] as string, this.list[i + 1] as string];
  }
}

/**
 * The headers of a response. What would break out of its field is refused where it is set.
 *
 * @throws MicrodotError `INVALID_HEADER` from whatever sets a name that is not a token (RFC 9110 5.6.2), or a value
 * with a control character or a character beyond Latin-1 (RFC 9110 5.5): response splitting is an attack.
 */
export class ResponseHeaders extends RequestHeaders {
  constructor(init?: HeadersInit) {
    super([]);
    if (!init) return;
    // What is in another has been checked.
    if (init instanceof ResponseHeaders) this.list.push(...init.list);
    else if (Symbol.iterator in init) for (const [name, value] of init) this.append(name, value);
    else {
      for (const name in init) {
        const value = init[name] as string | readonly string[];
        for (const line of Array.isArray(value) ? value : [value]) this.append(name, line);
      }
    }
  }

  /** Sets a header to one value, in the place of the first that it had. */
  set(name: string, value: string): void {
    checkHeader(name, value);
    const { list } = this;
    const wanted = name.toLowerCase();
    for (let i = 0; i < list.length; i += 2) {
      if (isNamed(list[i] as string, wanted)) {
        list[i + 1] = value;
        removeFrom(list, i + 2, wanted);
        return;
      }
    }
    list.push(name, value);
  }

  /** Adds a line, beside those of the same name that are there already. */
  append(name: string, value: string): void {
    checkHeader(name, value);
    this.list.push(name, value);
  }

  delete(name: string): void {
    removeFrom(this.list, 0, name.toLowerCase());
  }

  /** The list itself, for those that write it to a network. */
  get '~list'(): HeaderList {
    return this.list;
  }
}

function isNamed(name: string, wanted: string): boolean {
  return name.length === wanted.length && (name === wanted || name.toLowerCase() === wanted);
}

function removeFrom(list: string[], start: number, wanted: string): void {
  for (let i = list.length - 2; i >= start; i -= 2) {
    if (isNamed(list[i] as string, wanted)) list.splice(i, 2);
  }
}

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const NOT_FIELD_CONTENT = /[^\t\x20-\x7e\x80-\xff]/;

function checkHeader(name: string, value: string): void {
  if (!isToken(name)) throw new MicrodotError('INVALID_HEADER', `Not a header name: ${JSON.stringify(name)}`);
  if (!isFieldContent(value)) {
    throw new MicrodotError('INVALID_HEADER', `Not a value for ${name}: one line of Latin-1 is`);
  }
}

/** True of a token of RFC 9110 5.6.2: a header name, a cookie name, a method. */
export function isToken(text: unknown): boolean {
  return typeof text === 'string' && TOKEN.test(text);
}

/** True of what may stand in a field: one line of Latin-1 (RFC 9110 5.5). */
export function isFieldContent(text: unknown): boolean {
  return typeof text === 'string' && !NOT_FIELD_CONTENT.test(text);
}
