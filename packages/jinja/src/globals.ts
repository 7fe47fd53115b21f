import { PyRuntimeError } from './errors.ts';
import { loremIpsum } from './loremIpsum.ts';
import { fromEntries, pairsOf } from './methods/dictMethods.ts';
import { isKeywords, named } from './methods/parameters.ts';
import { Namespace } from './runtime/namespace.ts';
import { Range } from './runtime/range.ts';
import { type Mapping, type Markup, markup, type Tuple, tuple } from './runtime/values.ts';

/** Goes round through values: `{{ row.next() }}`. */
class Cycler {
  readonly items: Tuple;
  pos = 0;

  constructor(items: readonly unknown[]) {
    if (items.length === 0) throw new PyRuntimeError('at least one item has to be provided');
    this.items = tuple(items);
  }

  get current(): unknown {
    return this.items[this.pos];
  }

  next(): unknown {
    const { current } = this;
    this.pos = (this.pos + 1) % this.items.length;
    return current;
  }

  reset(): null {
    this.pos = 0;
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

function dict(...sources: unknown[]): Mapping {
  return fromEntries(sources.flatMap(pairsOf));
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
