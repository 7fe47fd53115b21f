import {
  FilterArgumentError,
  PyAssertionError,
  PyLookupError,
  PyTypeError,
  UndefinedError,
} from '../errors.ts';
import { type FunctionTable, isKeywords, named } from '../methods/parameters.ts';
import { capitalize, replace, size as sizeOf, slice, splitLines, strip } from '../methods/strings.ts';
import { add } from '../runtime/arithmetic.ts';
import type { RenderContext } from '../runtime/context.ts';
import { checkWidth } from '../runtime/formatSpec.ts';
import { toList } from '../runtime/iterate.ts';
import { formatPercent } from '../runtime/percentFormat.ts';
import { like, toMarkup, toText } from '../runtime/text.ts';
import { isTrue } from '../runtime/truth.ts';
import {
  isInteger,
  isMarkup,
  isString,
  type Markup,
  PyFloat,
  Tuple,
  tuple,
  typeName,
} from '../runtime/values.ts';
import { prettyPrint } from './prettyPrint.ts';
import { wrapText } from './wrapText.ts';

/** Text as it is, markup included: what Jinja's `soft_str` gives. */
function soft(value: unknown): string | Markup {
  return isString(value) ? value : toText(value);
}

const each =
  (f: (text: string) => string) =>
  (value: unknown): unknown =>
    like(value, f(toText(value)));

/** The filter, whose words are separated by space and some brackets, and not by every sign as those of `str.title()`. */
function title(text: string): string {
  return text.replace(/[^-\s({[<]+/g, (word) => capitalize(word));
}

function truncate(
  value: unknown,
  length: unknown = 255,
  killWords: unknown = false,
  end: unknown = '...',
  leeway: unknown = 5,
): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || value instanceof PyFloat) {
    throw new PyTypeError(`object of type '${typeName(value)}' has no len()`);
  }
  const isText = value === undefined || isString(value);
  const text = soft(value);
  const whole = text.toString();
  const tail = isString(end) ? end : toText(end);
  const [size, slack] = [Number(length), leeway === null ? 5 : Number(leeway)];
  const tailSize = sizeOf(tail.toString());
  if (size < tailSize) throw new PyAssertionError(`expected length >= ${tailSize}, got ${size}`);
  if (slack < 0) throw new PyAssertionError(`expected leeway >= 0, got ${slack}`);
  if ((isText ? sizeOf(whole) : toList(value).length) <= size + slack) return isText ? text : value;
  if (!isText) throw new PyTypeError(`a part of '${typeName(value)}' and a text do not add up`);
  const cut = slice(whole, 0, size - tailSize);
  const space = cut.lastIndexOf(' ');
  return add(like(text, isTrue(killWords) || space === -1 ? cut : cut.slice(0, space)), tail);
}

/** @throws for what has no lines */
function checkText(value: unknown): void {
  if (value === undefined) throw new UndefinedError('the value is undefined');
  if (isString(value)) return;
  throw new PyLookupError('ATTRIBUTE', `'${typeName(value)}' object has no attribute 'splitlines'`);
}

function indent(value: unknown, width: unknown = 4, first: unknown = false, blank: unknown = false): unknown {
  if (value !== undefined && !isString(value) && (!Array.isArray(value) || value instanceof Tuple)) {
    throw new PyTypeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`);
  }
  checkText(value);
  const space = isString(width) ? width.toString() : ' '.repeat(checkWidth(Number(width)));
  const lines = splitLines(`${toText(value)}\n`);
  const inner = lines.slice(1).map((line) => (line !== '' || isTrue(blank) ? space + line : line));
  const text = [lines[0] ?? '', ...inner].join('\n');
  return like(value, isTrue(first) ? space + text : text);
}

function replaceFilter(
  this: RenderContext,
  value: unknown,
  old: unknown,
  replacement: unknown,
  count: unknown = null,
): unknown {
  const limit = count === null ? -1 : Number(count);
  const isSafe =
    this.autoescape && (isMarkup(value) || ((isMarkup(old) || isMarkup(replacement)) && !isMarkup(value)));
  if (!isSafe) return replace(toText(value), toText(old), toText(replacement), limit);
  const subject = toMarkup(value);
  return like(subject, replace(subject.val, toMarkup(old).val, toMarkup(replacement).val, limit));
}

function format(value: unknown, ...args: unknown[]): unknown {
  const last = args.at(-1);
  const keywords = isKeywords(last) ? last : undefined;
  if (!keywords) return formatPercent(soft(value), tuple(args));
  if (args.length > 1) {
    throw new FilterArgumentError("can't handle positional and keyword arguments at the same time");
  }
  const { __keywords, ...values } = keywords;
  return formatPercent(soft(value), values);
}

function center(value: unknown, width: unknown = 80): unknown {
  const text = toText(value);
  if (!isInteger(width)) {
    throw new PyTypeError(`'${typeName(width)}' object cannot be interpreted as an integer`);
  }
  const missing = checkWidth(Number(width)) - Array.from(text).length;
  if (missing <= 0) return soft(value);
  const left = Math.floor(missing / 2) + (missing % 2 === 1 && Number(width) % 2 === 1 ? 1 : 0);
  return like(value, ' '.repeat(left) + text + ' '.repeat(missing - left));
}

function trim(value: unknown, chars: unknown = null): unknown {
  // Markup escapes what it is given.
  const set = chars === null ? null : isMarkup(value) ? toMarkup(chars).val : toText(chars);
  return like(value, strip(toText(value), set, 'both'));
}

export const stringFilters: FunctionTable = {
  string: soft,
  upper: each((text) => text.toUpperCase()),
  lower: each((text) => text.toLowerCase()),
  capitalize: each(capitalize),
  title: (value: unknown): string => title(toText(value)),
  trim: named(['chars'], trim),
  truncate: named(['length', 'killwords', 'end', 'leeway'], truncate),
  wordwrap: named(
    ['width', 'break_long_words', 'wrapstring', 'break_on_hyphens'],
    (
      value: unknown,
      width: unknown = 79,
      breakLong: unknown = true,
      separator: unknown = null,
      onHyphens: unknown = true,
    ): string => {
      checkText(value);
      return wrapText(toText(value), Number(width), {
        breaksLongWords: isTrue(breakLong),
        breaksOnHyphens: isTrue(onHyphens),
        separator: separator === null ? '\n' : toText(separator),
      });
    },
  ),
  wordcount: (value: unknown): number => toText(value).match(/[\p{L}\p{N}\p{M}_]+/gu)?.length ?? 0,
  indent: named(['width', 'first', 'blank'], indent),
  center: named(['width'], center),
  replace: named(['old', 'new', 'count'], replaceFilter, 2),
  format,
  pprint: (value: unknown): string => prettyPrint(value),
};
