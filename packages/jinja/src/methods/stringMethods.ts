import { PyTypeError, PyValueError } from '../errors.ts';
import { formatBraces, type Look } from '../runtime/braceFormat.ts';
import { checkWidth } from '../runtime/formatSpec.ts';
import { toList } from '../runtime/iterate.ts';
import { like, toMarkup } from '../runtime/text.ts';
import { isInteger, isMarkup, isString, type Markup, Tuple, tuple, typeName } from '../runtime/values.ts';
import { type FunctionTable, isKeywords, named, withArities } from './parameters.ts';
import * as text from './strings.ts';

type Text = string | Markup;
const plain = (value: Text): string => value.toString();

function textOf(value: unknown, what = 'str'): string {
  if (isString(value)) return value.toString();
  throw new PyTypeError(`expected ${what}, not ${typeName(value)}`);
}

/** An argument of a method: markup escapes what it is given. */
function given(subject: Text, value: unknown): string {
  const text = textOf(value);
  return isMarkup(subject) ? toMarkup(value).val : text;
}

/** A method whose result is markup where its subject is. */
const keeping =
  (f: (text: string) => string) =>
  (subject: Text): Text =>
    like(subject, f(plain(subject)));

const simple = (f: (text: string) => string): ((this: Text) => Text) =>
  function (this: Text): Text {
    return keeping(f)(this);
  };

const test = (f: (text: string) => boolean): ((this: Text) => boolean) =>
  function (this: Text): boolean {
    return f(plain(this));
  };

const parts = (subject: Text, list: readonly string[]): Text[] => list.map((part) => like(subject, part));

const affix = (method: 'startsWith' | 'endsWith') =>
  function (this: Text, affixes: unknown, start?: number, end?: number): boolean {
    const part = text.slice(plain(this), start, end);
    const list = affixes instanceof Tuple ? affixes : [affixes];
    return list.some((each) => part[method](textOf(each)));
  };

const find = (from: 'indexOf' | 'lastIndexOf', mustExist: boolean) =>
  function (this: Text, part: unknown, start?: number, end?: number): number {
    const at = text.find(plain(this), textOf(part), from, start, end);
    if (at === -1 && mustExist) throw new PyValueError('substring not found');
    return at;
  };

const pad = (f: (text: string, missing: number, fill: string) => string) =>
  function (this: Text, width: unknown, fill: unknown = ' '): Text {
    const subject = plain(this);
    if (!isInteger(width)) {
      throw new PyTypeError(`'${typeName(width)}' object cannot be interpreted as an integer`);
    }
    const filling = given(this, fill);
    if (text.size(filling) !== 1) {
      throw new PyTypeError('The fill character must be exactly one character long');
    }
    const missing = checkWidth(Number(width)) - text.size(subject);
    return missing <= 0 ? this : like(this, f(subject, missing, filling));
  };

const split = (fromRight: boolean) =>
  named(['sep', 'maxsplit'], function (this: Text, separator: unknown = null, limit: unknown = -1): Text[] {
    const subject = plain(this);
    const count = Number(limit) < 0 ? Number.POSITIVE_INFINITY : Number(limit);
    if (separator === null) return parts(this, text.splitWords(subject, count, fromRight));
    const mark = textOf(separator);
    if (mark === '') throw new PyValueError('empty separator');
    return parts(this, text.splitAt(subject, mark, count, fromRight));
  });

const strip = (side: text.Side) =>
  function (this: Text, chars: unknown = null): Text {
    return like(this, text.strip(plain(this), chars === null ? null : given(this, chars), side));
  };

const partition = (from: 'indexOf' | 'lastIndexOf') =>
  function (this: Text, separator: unknown): Tuple {
    const mark = textOf(separator);
    if (mark === '') throw new PyValueError('empty separator');
    return tuple(parts(this, text.partition(plain(this), mark, from)));
  };

/** Python's methods of strings. Positions count code points, as in Python. */
export const stringMethods: FunctionTable = withArities(
  {
    upper: simple((s) => s.toUpperCase()),
    lower: simple((s) => s.toLowerCase()),
    title: simple(text.titleWords),
    capitalize: simple(text.capitalize),
    swapcase: simple(text.swapCase),
    // This one and the next two are not among those that MarkupSafe has made its own: they give plain text.
    casefold(this: Text): string {
      return plain(this).toLowerCase().replaceAll('ß', 'ss');
    },
    removeprefix(this: Text, prefix: unknown): string {
      const [subject, part] = [plain(this), textOf(prefix)];
      return subject.startsWith(part) ? subject.slice(part.length) : subject;
    },
    removesuffix(this: Text, suffix: unknown): string {
      const [subject, part] = [plain(this), textOf(suffix)];
      return part !== '' && subject.endsWith(part) ? subject.slice(0, -part.length) : subject;
    },
    strip: strip('both'),
    lstrip: strip('left'),
    rstrip: strip('right'),
    split: split(false),
    rsplit: split(true),
    splitlines: named(['keepends'], function (this: Text, keepEnds: unknown = false): Text[] {
      return parts(this, text.splitLines(plain(this), keepEnds === true));
    }),
    join(this: Text, values: unknown): Text {
      if (values === null || typeof values === 'number') throw new PyTypeError('can only join an iterable');
      const list = toList(values).map((value, i) => {
        if (isMarkup(this)) return toMarkup(value).val;
        if (isString(value)) return value.toString();
        throw new PyTypeError(`sequence item ${i}: expected str instance, ${typeName(value)} found`);
      });
      return like(this, list.join(plain(this)));
    },
    replace(this: Text, old: unknown, replacement: unknown, count: unknown = -1): Text {
      return like(this, text.replace(plain(this), given(this, old), given(this, replacement), Number(count)));
    },
    startswith: affix('startsWith'),
    endswith: affix('endsWith'),
    find: find('indexOf', false),
    rfind: find('lastIndexOf', false),
    index: find('indexOf', true),
    rindex: find('lastIndexOf', true),
    count(this: Text, part: unknown, start?: number, end?: number): number {
      return text.count(text.slice(plain(this), start, end), textOf(part));
    },
    partition: partition('indexOf'),
    rpartition: partition('lastIndexOf'),
    center: pad((s, missing, fill) => {
      // Where the rest is odd, Python has the larger half on the left if the width is odd.
      const left = Math.floor(missing / 2) + (missing % 2 === 1 && text.size(s) % 2 === 0 ? 1 : 0);
      return fill.repeat(left) + s + fill.repeat(missing - left);
    }),
    ljust: pad((s, missing, fill) => s + fill.repeat(missing)),
    rjust: pad((s, missing, fill) => fill.repeat(missing) + s),
    zfill(this: Text, width: unknown): Text {
      const [, sign = '', digits = ''] = /^([-+]?)([\s\S]*)$/.exec(plain(this)) ?? [];
      return like(this, sign + digits.padStart(checkWidth(Number(width)) - sign.length, '0'));
    },
    expandtabs: named(['tabsize'], function (this: Text, size: unknown = 8): Text {
      return like(this, text.expandTabs(plain(this), Number(size)));
    }),
    translate(this: Text, table: unknown): Text {
      return like(this, text.translate(plain(this), table));
    },
    // Those that are written above, below or in a circle are digits too, and no decimals.
    isdigit: test((s) => /^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]+$/u.test(s)),
    isdecimal: test((s) => /^\p{Nd}+$/u.test(s)),
    isnumeric: test((s) => /^\p{N}+$/u.test(s)),
    isalpha: test((s) => /^\p{L}+$/u.test(s)),
    isalnum: test((s) => /^[\p{L}\p{N}]+$/u.test(s)),
    isspace: test((s) => /^\s+$/.test(s)),
    isupper: test(text.isUpper),
    islower: test(text.isLower),
    istitle: test((s) => /\p{L}/u.test(s) && text.titleWords(s) === s),
    isascii: test((s) => /^[\x00-\x7f]*$/.test(s)),
    isidentifier: test((s) => /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(s)),
    isprintable: test((s) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(s)),
  },
  {
    removeprefix: 1,
    removesuffix: 1,
    strip: [0, 1],
    lstrip: [0, 1],
    rstrip: [0, 1],
    split: [0, 2],
    rsplit: [0, 2],
    splitlines: [0, 1],
    join: 1,
    replace: [2, 3],
    startswith: [1, 3],
    endswith: [1, 3],
    find: [1, 3],
    rfind: [1, 3],
    index: [1, 3],
    rindex: [1, 3],
    count: [1, 3],
    partition: 1,
    rpartition: 1,
    center: [1, 2],
    ljust: [1, 2],
    rjust: [1, 2],
    zfill: 1,
    expandtabs: [0, 1],
    translate: 1,
  },
);

/** What markup has besides. */
export const markupMethods: FunctionTable = withArities(
  {
    unescape(this: Markup): string {
      return text.unescapeHtml(plain(this));
    },
    striptags(this: Markup): string {
      return text.stripTags(plain(this));
    },
  },
  {},
);

/** Those that look into values, which is not for them to know how. */
export function createFormatMethods(look: Look): Readonly<Record<'format' | 'format_map', unknown>> {
  return {
    format(this: Text, ...args: unknown[]): Text {
      const last = args.at(-1);
      return isKeywords(last)
        ? formatBraces(this, args.slice(0, -1), last, look)
        : formatBraces(this, args, {}, look);
    },
    format_map(this: Text, values: Record<string, unknown>): Text {
      return formatBraces(this, [], values, look);
    },
  };
}
