import { TemplateRuntimeError } from './errors.ts';
import { loremIpsum } from './loremIpsum.ts';
import { pairsOf } from './methods/dictMethods.ts';
import { isKeywords, named } from './methods/parameters.ts';
import { Dict } from './runtime/dict.ts';
import { Namespace } from './runtime/namespace.ts';
import { Range } from './runtime/range.ts';
import { type Markup, markup } from './runtime/values.ts';

/** Goes round through values: `{{ row.next() }}`. */
class Cycler {
  readonly #items: readonly unknown[];
  #at = 0;

  constructor(items: readonly unknown[]) {
    if (items.length === 0) throw new TemplateRuntimeError('at least one item has to be provided');
    this.#items = items;
  }

  get current(): unknown {
    return this.#items[this.#at];
  }

  next(): unknown {
    const { current } = this;
    this.#at = (this.#at + 1) % this.#items.length;
    return current;
  }

  reset(): null {
    this.#at = 0;
    return null;
  }
}

/** Nothing the first time that it is called, and the separator from then on. */
function joiner(separator: unknown = ', '): () => unknown {
  let isUsed = false;
  return () => {
    const text = isUsed ? separator : '';
    isUsed = true;
    return text;
  };
}

function dict(...sources: unknown[]): Dict | Record<string, unknown> {
  const entries = sources.flatMap(pairsOf);
  // A dictionary with names for keys is an object, as functions of an application know it.
  if (!entries.every(([key]) => typeof key === 'string' && !/^\d+$/.test(key))) return Dict.from(entries);
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) object[key as string] = value;
  return object;
}

function lipsum(
  n: unknown = 5,
  html: unknown = true,
  min: unknown = 20,
  max: unknown = 100,
): string | Markup {
  const paragraphs = loremIpsum(Number(n), Number(min), Number(max));
  if (!html) return paragraphs.join('\n\n');
  return markup(paragraphs.map((text) => `<p>${text}</p>`).join('\n'));
}

/** Jinja's global functions. */
export const jinjaGlobals: Readonly<Record<string, unknown>> = {
  range: (...args: unknown[]) => new Range(...args),
  dict,
  namespace: (...sources: unknown[]) => new Namespace(sources.flatMap(pairsOf)),
  cycler: (...items: unknown[]) => new Cycler(items.filter((item) => !isKeywords(item))),
  joiner: named(['sep'], joiner),
  lipsum: named(['n', 'html', 'min', 'max'], lipsum),
};
