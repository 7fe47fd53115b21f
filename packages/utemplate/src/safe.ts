/** Marks what is HTML already, in the eyes of any copy of this package in the process. */
const SAFE = Symbol.for('@microdot/utemplate.SafeString');

/**
 * Text that is HTML already, and is printed as it is. Give one to a template for what your application has built or
 * cleaned; never for what somebody has sent.
 *
 * ```ts
 * new Template('page.tpl').render({ body: new SafeString(marked.parse(text)) });
 * ```
 */
export class SafeString {
  readonly #text: string;

  constructor(text: string) {
    this.#text = String(text);
  }

  toString(): string {
    return this.#text;
  }

  /** JSON has it as a string. */
  toJSON(): string {
    return this.#text;
  }

  static [Symbol.hasInstance](value: unknown): value is SafeString {
    return typeof value === 'object' && value !== null && SAFE in value;
  }
}

Object.defineProperty(SafeString.prototype, SAFE, { value: true });

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes text harmless in HTML: between tags, and in attributes that have quotes around them. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (character) => ENTITIES[character] as string) : text;
}

const SPECIAL = /[&<>"']/;
const ALL_SPECIAL = /[&<>"']/g;
