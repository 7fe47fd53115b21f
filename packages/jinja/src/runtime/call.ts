import { PyTypeError } from '../errors.ts';
import { bindKeywords, type Callable, type Keywords } from '../methods/parameters.ts';
import { entriesOf } from './dict.ts';
import { isMapping, isString, isThenable, typeName } from './values.ts';

/** Calls a function with keyword arguments; `skipped` arguments come before those that have names. */
export function callWith(
  f: Callable,
  self: unknown,
  args: readonly unknown[],
  keywords: Keywords,
  skipped = 0,
): unknown {
  return (f as (this: unknown, ...args: unknown[]) => unknown).apply(
    self,
    bindKeywords(f, args, keywords, skipped),
  );
}

/** What `**` takes. */
export function toKeywords(value: unknown): Record<string, unknown> {
  if (!isMapping(value)) {
    throw new PyTypeError(`argument after ** must be a mapping, not ${typeName(value)}`);
  }
  const keywords: Record<string, unknown> = Object.create(null);
  for (const [key, part] of entriesOf(value)) {
    if (!isString(key)) throw new PyTypeError('keywords must be strings');
    keywords[key.toString()] = part;
  }
  return keywords;
}

/** Calls a function that wants a callback: its value where it calls back at once, or else a promise. */
export function fromCallback(f: Callable, self: unknown, args: readonly unknown[]): unknown {
  let settled: { readonly error: unknown; readonly value: unknown } | undefined;
  let settle: ((result: { readonly error: unknown; readonly value: unknown }) => void) | undefined;
  const callback = (error: unknown, value: unknown): void => {
    settled ??= { error, value };
    settle?.(settled);
  };
  (f as (this: unknown, ...args: unknown[]) => unknown).call(self, ...args, callback);
  const unwrap = (result: { readonly error: unknown; readonly value: unknown }): unknown => {
    if (result.error) throw result.error;
    return result.value;
  };
  if (settled) return unwrap(settled);
  return new Promise<{ readonly error: unknown; readonly value: unknown }>((resolve) => {
    settle = resolve;
  }).then(unwrap);
}

/** The function that renders what is within a tag: nunjucks calls it with a callback, or without. */
export function makeContent(
  render: () => string | Promise<string>,
): (callback?: (error: unknown, text?: string) => void) => string | Promise<string> {
  return (callback) => {
    const text = render();
    if (!callback) return text;
    if (isThenable(text)) {
      (text as Promise<string>).then(
        (value) => callback(null, value),
        (error) => callback(error),
      );
    } else callback(null, text as string);
    return text;
  };
}
