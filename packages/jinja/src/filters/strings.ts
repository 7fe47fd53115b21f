import { FilterArgumentError, PyAssertionError, UndefinedError } from '../errors.ts';
import { type FunctionTable, isKeywords, named } from '../methods/parameters.ts';
import { capitalize, replace, size as sizeOf, slice, splitLines, strip } from '../methods/strings.ts';
import type { RenderContext } from '../runtime/context.ts';
import { checkWidth } from '../runtime/formatSpec.ts';
import { formatPercent } from '../runtime/percentFormat.ts';
import { like, toMarkup, toText } from '../runtime/text.ts';
import { isTrue } from '../runtime/truth.ts';
import { isMarkup, isString, type Markup, tuple } from '../runtime/values.ts';
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
  const text = soft(value);
  const whole = text.toString();
  const tail = toText(end);
  const [size, slack] = [Number(length), leeway === null ? 5 : Number(leeway)];
  const tailSize = sizeOf(tail);
  if (size < tailSize) throw new PyAssertionError(`expected length >= ${tailSize}, got ${size}`);
  if (slack < 0) throw new PyAssertionError(`expected leeway >= 0, got ${slack}`);
  if (sizeOf(whole) <= size + slack) return text;
  const cut = slice(whole, 0, size - tailSize);
  const space = cut.lastIndexOf(' ');
  return like(text, (isTrue(killWords) || space === -1 ? cut : cut.slice(0, space)) + tail);
}

function checkDefined(value: unknown): void {
  if (value === undefined) throw new UndefinedError('the value is undefined');
}

function indent(value: unknown, width: unknown = 4, first: unknown = false, blank: unknown = false): unknown {
  checkDefined(value);
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
  const missing = checkWidth(Number(width)) - Array.from(text).length;
  if (missing <= 0) return soft(value);
  const left = Math.floor(missing / 2) + (missing % 2 === 1 && Number(width) % 2 === 1 ? 1 : 0);
  return like(value, ' '.repeat(left) + text + ' '.repeat(missing - left));
}

function trim(value: unknown, chars: unknown = null): unknown {
  return like(value, strip(toText(value), chars === null ? null : toText(chars), 'both'));
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
      checkDefined(value);
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
