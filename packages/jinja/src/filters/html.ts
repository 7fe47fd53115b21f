import { PyValueError } from '../errors.ts';
import { type FunctionTable, named } from '../methods/parameters.ts';
import { stripTags } from '../methods/strings.ts';
import type { RenderContext } from '../runtime/context.ts';
import { entriesOf } from '../runtime/dict.ts';
import { isIterable, toList, unpack } from '../runtime/iterate.ts';
import { getOnlyAttribute } from '../runtime/lookup.ts';
import { escapeText, toHtml, toMarkup, toText } from '../runtime/text.ts';
import { isTrue } from '../runtime/truth.ts';
import { isMapping, isMarkup, isString, type Markup, markup } from '../runtime/values.ts';
import { noItems } from './attributes.ts';
import { toJson } from './json.ts';
import { urlize } from './urlize.ts';

/** Percent-encodes UTF-8, except for letters, digits, `_.-~`, and `/` where that may stay. */
function urlQuote(value: unknown, keepsSlash: boolean): string {
  // Half of a pair of surrogates has no encoding.
  const text = toText(value).replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
  const quoted = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return keepsSlash ? quoted.replaceAll('%2F', '/') : quoted;
}

function urlEncode(value: unknown): string {
  if (isString(value) || (!isMapping(value) && !isIterable(value))) return urlQuote(value, true);
  const pairs = isMapping(value) ? entriesOf(value) : toList(value).map((pair) => unpack(pair, 2));
  const part = (each: unknown): string => urlQuote(each, false).replaceAll('%20', '+');
  return pairs.map(([name, each]) => `${part(name)}=${part(each)}`).join('&');
}

/** The attributes of a tag from a dictionary. A name that would begin another attribute, or end the tag, is refused. */
function xmlAttributes(this: RenderContext, value: unknown, autospace: unknown = true): string | Markup {
  if (!isMapping(value)) throw noItems(value);
  const attributes: string[] = [];
  for (const [name, each] of entriesOf(value)) {
    if (each === null || each === undefined) continue;
    if (/[\s/>=]/.test(toText(name)))
      throw new PyValueError(`Invalid character in attribute name: '${toText(name)}'`);
    attributes.push(`${toHtml(name)}="${toHtml(each)}"`);
  }
  const text = attributes.join(' ');
  const spaced = isTrue(autospace) && text !== '' ? ` ${text}` : text;
  return this.autoescape ? markup(spaced) : spaced;
}

function fallback(value: unknown, ...args: [other?: unknown, isForFalse?: unknown]): unknown {
  const [other, isForFalse = false] = args;
  if (value !== undefined && (!isTrue(isForFalse) || isTrue(value))) return value;
  // A fallback that is undefined itself is none.
  return other === undefined && args.length !== 1 ? '' : other;
}

export const htmlFilters: FunctionTable = {
  escape: toMarkup,
  e: toMarkup,
  forceescape: (value: unknown): Markup => markup(escapeText(toText(value))),
  safe: (value: unknown): Markup => (isMarkup(value) ? value : markup(toText(value))),
  striptags: (value: unknown): string => stripTags(toText(value)),
  urlencode: urlEncode,
  urlize: named(['trim_url_limit', 'nofollow', 'target', 'rel', 'extra_schemes'], urlize),
  xmlattr: named(['autospace'], xmlAttributes),
  tojson: named(
    ['indent'],
    (value: unknown, indent: unknown = null): Markup => markup(toJson(value, indent)),
  ),
  default: named(['default_value', 'boolean'], fallback),
  d: named(['default_value', 'boolean'], fallback),
  attr: named(
    ['name'],
    function (this: RenderContext, value: unknown, name: unknown): unknown {
      if (value === undefined && this.env.undefined === 'chainable') return undefined;
      return getOnlyAttribute(value, toText(name));
    },
    1,
  ),
};
