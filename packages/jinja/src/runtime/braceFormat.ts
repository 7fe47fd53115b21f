import { PyLookupError, PyTypeError, PyValueError } from '../errors.ts';
import { formatValue } from './formatSpec.ts';
import { toAscii, toHtml, toMarkup, toRepr, toText } from './text.ts';
import { isMapping, isMarkup, isString, type Markup, markup, typeName } from './values.ts';

/** How a field looks into a value. */
export interface Look {
  attribute(target: unknown, name: string): unknown;
  item(target: unknown, index: unknown): unknown;
}

/**
 * Python's `text.format(...)`. A field may look into values (`{user.name}`, `{list[0]}`) as a template may, and no further. Markup
 * escapes what it takes in.
 */
export function formatBraces(
  template: string | Markup,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
  look: Look,
): string | Markup {
  const isSafe = isMarkup(template);
  const text = new BraceFormat(args, kwargs, look, isSafe).format(template.toString(), 2);
  return isSafe ? markup(text) : text;
}

class BraceFormat {
  readonly #args: readonly unknown[];
  readonly #kwargs: Readonly<Record<string, unknown>>;
  readonly #look: Look;
  readonly #isSafe: boolean;
  #next = 0;
  /** Whether fields have numbers, once one without a name has come. */
  #isNumbered: boolean | undefined;

  constructor(
    args: readonly unknown[],
    kwargs: Readonly<Record<string, unknown>>,
    look: Look,
    isSafe: boolean,
  ) {
    this.#args = args;
    this.#kwargs = kwargs;
    this.#look = look;
    this.#isSafe = isSafe;
  }

  format(template: string, depth: number): string {
    if (depth === 0) throw new PyValueError('Max string recursion exceeded');
    let text = '';
    for (let i = 0; i < template.length; i++) {
      const char = template[i] as string;
      if ((char === '{' || char === '}') && template[i + 1] === char) {
        text += char;
        i++;
      } else if (char === '}') throw new PyValueError("Single '}' encountered in format string");
      else if (char === '{') {
        const end = closing(template, i);
        text += this.#field(template.slice(i + 1, end), depth);
        i = end;
      } else text += char;
    }
    return text;
  }

  #field(source: string, depth: number): string {
    const match = /^([^!:[\].]*)((?:\.[^!:[\].]+|\[[^\]]*\])*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(source);
    if (!match) throw new PyValueError(`invalid format field '{${source}}'`);
    const [, name = '', path = '', conversion, spec = ''] = match;
    let value = this.#argument(name);
    for (const [, attribute, index = ''] of path.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
      value = attribute === undefined ? this.#item(value, index) : this.#attribute(value, attribute);
    }
    if (conversion === 'r') value = toRepr(value);
    else if (conversion === 'a') value = toAscii(value);
    else if (conversion === 's') value = toText(value);
    const inner = spec.includes('{') ? this.format(spec, depth - 1) : spec;
    if (!this.#isSafe) return formatValue(value, inner);
    return inner === ''
      ? toHtml(value)
      : toMarkup(formatValue(isString(value) ? toText(value) : value, inner)).val;
  }

  #attribute(target: unknown, name: string): unknown {
    const value = this.#look.attribute(target, name);
    if (value !== undefined) return value;
    throw new PyLookupError('ATTRIBUTE', `'${typeName(target)}' object has no attribute '${name}'`);
  }

  #item(target: unknown, key: string): unknown {
    const index = /^\d+$/.test(key) ? Number(key) : key;
    const value = this.#look.item(target, index);
    if (value !== undefined) return value;
    if (isMapping(target)) throw new PyLookupError('KEY', toRepr(index));
    if (typeof index === 'number') throw new PyLookupError('INDEX', 'list index out of range');
    throw new PyTypeError(`'${typeName(target)}' object has no items by name`);
  }

  #argument(name: string): unknown {
    if (name === '' || /^\d+$/.test(name)) {
      const isNumbered = name !== '';
      if (this.#isNumbered === !isNumbered) {
        throw new PyValueError('fields either all have a number, or none of them has');
      }
      this.#isNumbered = isNumbered;
      const index = isNumbered ? Number(name) : this.#next++;
      if (index >= this.#args.length) {
        throw new PyLookupError('INDEX', `Replacement index ${index} out of range for positional args tuple`);
      }
      return this.#args[index];
    }
    if (!Object.hasOwn(this.#kwargs, name)) throw new PyLookupError('KEY', `'${name}'`);
    return this.#kwargs[name];
  }
}

/** The brace that closes the one at `start`: a specification may hold fields of its own. */
function closing(template: string, start: number): number {
  let depth = 0;
  for (let i = start; i < template.length; i++) {
    if (template[i] === '{') depth++;
    else if (template[i] === '}' && --depth === 0) return i;
  }
  throw new PyValueError("expected '}' before end of string");
}
