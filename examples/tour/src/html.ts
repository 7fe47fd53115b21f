/** Text that is HTML already, and is not escaped again. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }

  /** Tells a template that it is HTML, as in Python. */
  __html__(): string {
    return this.text;
  }
}

export type Content = Html | string | number | false | null | undefined | readonly Content[];

/**
 * A piece of a page. What is put into it is escaped, in text and in quoted attributes alike; lists are joined, and
 * nothing is left of `false`, `null` and `undefined`.
 *
 * ```ts
 * html`<ul>${names.map((name) => html`<li title="${name}">${name}</li>`)}</ul>`
 * ```
 */
export function html(parts: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(parts.reduce((text, part, i) => text + toText(values[i - 1]) + part));
}

function toText(value: Content): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object' && value !== null) return value.map(toText).join('');
  return value === false || value === null || value === undefined ? '' : escapeHtml(String(value));
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
