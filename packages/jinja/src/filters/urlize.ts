import { FilterArgumentError } from '../errors.ts';
import type { RenderContext } from '../runtime/context.ts';
import { toList } from '../runtime/iterate.ts';
import { escapeText, toMarkup, toText } from '../runtime/text.ts';
import { isTrue } from '../runtime/truth.ts';
import { type Markup, markup } from '../runtime/values.ts';

/** A scheme as `extra_schemes` may name it. */
const SCHEME = /^(?:[\w.+-]{2,}:(?:\/){0,2})$/;
const MAIL = /^\S+@\w[\w.-]*\.\w+$/;
const PAIRS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
];

/** Makes links of what looks like one: addresses with http or www, names of the old domains, and e-mail addresses. */
export function urlize(
  this: RenderContext,
  value: unknown,
  limit: unknown = null,
  nofollow: unknown = false,
  target: unknown = null,
  rel: unknown = null,
  schemes: unknown = null,
): string | Markup {
  const extra = schemes === null ? [] : toList(schemes).map(toText);
  const wrong = extra.find((scheme) => !SCHEME.test(scheme));
  if (wrong !== undefined) throw new FilterArgumentError(`'${wrong}' is not a valid URI scheme prefix.`);
  const rels = new Set(rel === null ? [] : toText(rel).split(/\s+/));
  if (isTrue(nofollow)) rels.add('nofollow');
  rels.add('noopener');
  const relText = [...rels]
    .filter((part) => part !== '')
    .toSorted()
    .join(' ');
  const attributes = `${relText === '' ? '' : ` rel="${escapeText(relText)}"`}${target === null ? '' : ` target="${escapeText(toText(target))}"`}`;
  const linked = toMarkup(value)
    .val.split(/(\s+)/)
    .map((word) =>
      linkWord(word, {
        limit: limit === null ? undefined : Number(limit),
        attributes,
        schemes: extra,
      }),
    )
    .join('');
  return this.autoescape ? markup(linked) : linked;
}

interface LinkOptions {
  readonly limit: number | undefined;
  readonly attributes: string;
  readonly schemes: readonly string[];
}

function linkWord(word: string, { limit, attributes, schemes }: LinkOptions): string {
  const [, head = '', inner = ''] = /^((?:[(<]|&lt;)*)([\s\S]*)$/.exec(word) ?? [];
  const [middle, tail] = splitTail(inner);
  const shown = limit !== undefined && middle.length > limit ? `${middle.slice(0, limit)}...` : middle;
  const link = (href: string, text: string, more: string): string =>
    `${head}<a href="${href}"${more}>${text}</a>${tail}`;
  if (isWebAddress(middle)) {
    return link(/^https?:\/\//.test(middle) ? middle : `https://${middle}`, shown, attributes);
  }
  const isMailto = middle.startsWith('mailto:') && MAIL.test(middle.slice(7));
  if (isMailto) return link(middle, middle.slice(7), '');
  if (middle.includes('@') && !/^www\.|:/.test(middle) && !middle.startsWith('@') && MAIL.test(middle)) {
    return link(`mailto:${middle}`, middle, '');
  }
  const scheme = schemes.find((each) => middle !== each && middle.startsWith(each));
  return scheme === undefined ? word : link(middle, middle, attributes);
}

/** Punctuation at the end is no part of a link, except for a bracket that was opened within it. */
function splitTail(inner: string): [middle: string, tail: string] {
  const [end = ''] = /(?:[)>.,\n]|&gt;)*$/.exec(inner) ?? [];
  let middle = inner.slice(0, inner.length - end.length);
  let tail = end;
  for (const [open, close] of PAIRS) {
    const opened = middle.split(open).length - 1;
    if (opened <= middle.split(close).length - 1) continue;
    for (let i = Math.min(opened, tail.split(close).length - 1); i > 0; i--) {
      const at = tail.indexOf(close) + close.length;
      middle += tail.slice(0, at);
      tail = tail.slice(at);
    }
  }
  return [middle, tail];
}

/** The domains that make a link of a name that has neither a scheme nor `www` before it. */
const KNOWN_ENDINGS: ReadonlySet<string> = new Set(['com', 'net', 'int', 'edu', 'gov', 'org', 'info', 'mil']);

function isWebAddress(text: string): boolean {
  const [, scheme = '', host = '', port, path] =
    /^(https?:\/\/|www\.)?(\[[^\]]*\]|[^:/?#]*)(:\d{1,5})?([/?#]\S*)?$/i.exec(text) ?? [];
  if (host === '' || (port === undefined && path === undefined && text !== scheme + host)) return false;
  const labels = host.split('.');
  const ending = (labels.at(-1) ?? '').toLowerCase();
  const names = labels.slice(0, -1);
  if (scheme === '') {
    return (
      KNOWN_ENDINGS.has(ending) && names.length > 0 && names.every((name) => /^[\w%-]{2,63}$/.test(name))
    );
  }
  if (host.startsWith('[')) return /^\[[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}\]$/i.test(host);
  if (labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label))) return true;
  const isDomain = /^(?:[a-z]{2,63}|xn--[\w%]{2,59})$/.test(ending);
  return isDomain && names.every((name) => /^[\w%-]+$/.test(name));
}
