/** What `import` gives: the names that a template exports, as properties. Printed, it is the text of the template. */
export class TemplateModule {
  readonly #name: string;
  readonly #text: string;

  constructor(name: string, text: string, exports: readonly (readonly [name: string, value: unknown])[]) {
    this.#name = name;
    this.#text = text;
    for (const [key, value] of exports) Object.defineProperty(this, key, { value, enumerable: true });
  }

  /** The text is what the template has made of its own, and is not escaped again. */
  __html__(): string {
    return this.#text;
  }

  toString(): string {
    return this.#text;
  }

  get [Symbol.toStringTag](): string {
    return `TemplateModule ${this.#name}`;
  }
}
