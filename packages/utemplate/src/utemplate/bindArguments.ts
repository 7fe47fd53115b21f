import { PythonError } from '../errors.ts';
import { UNSET } from '../program.ts';
import type { Parameters } from '../python/ast.ts';
import type { Named } from '../python/method.ts';
import { isThenable, Tuple } from '../python/values.ts';

/** The parameters of a template, without what their defaults are. */
export interface Signature {
  readonly name: string;
  readonly list: readonly { readonly name: string; readonly kind: string; readonly isOptional: boolean }[];
  readonly rest: boolean;
  readonly keywords: boolean;
}

export function signatureOf(name: string, { list, rest, keywords }: Parameters): Signature {
  return {
    name,
    list: list.map((one) => ({ name: one.name, kind: one.kind, isOptional: one.default !== null })),
    rest: rest !== undefined,
    keywords: keywords !== undefined,
  };
}

/**
 * The values of the parameters, in their order, then those of `*rest` and `**more`. UNSET stands for a default.
 *
 * @throws PythonError `TypeError`, in the words of Python, where the arguments do not fit.
 */
export function bindArguments(signature: Signature, args: readonly unknown[], named: Named): unknown[] {
  const { list, name } = signature;
  const positional = list.filter(({ kind }) => kind !== 'keyword');
  const rest = new Map(named);
  const values = list.map((parameter, i) => {
    const isGiven = parameter.kind !== 'keyword' && i < args.length;
    const isNamed = parameter.kind !== 'positional' && rest.has(parameter.name);
    if (isGiven && isNamed) {
      throw new PythonError('TypeError', `${name} got multiple values for argument '${parameter.name}'`);
    }
    if (isGiven) return args[i];
    if (!isNamed) return UNSET;
    const value = rest.get(parameter.name);
    rest.delete(parameter.name);
    return value;
  });
  const [unexpected] = rest.keys();
  if (unexpected !== undefined && !signature.keywords)
    throw unexpectedKeyword(signature, unexpected, args.length);
  if (args.length > positional.length && !signature.rest) {
    throw new PythonError(
      'TypeError',
      `${name} takes ${count(positional.length, 'positional argument')} but ${args.length} ${args.length === 1 ? 'was' : 'were'} given`,
    );
  }
  refuseMissing(signature, values);
  return [...values, new Tuple(args.slice(positional.length)), rest];
}

function refuseMissing({ name, list }: Signature, values: readonly unknown[]): void {
  const missing = list.filter(({ isOptional }, i) => !isOptional && values[i] === UNSET);
  if (missing.length === 0) return;
  const kind = missing.every((one) => one.kind === 'keyword') ? 'keyword-only' : 'positional';
  const names = missing.map((one) => `'${one.name}'`).join(', ');
  throw new PythonError(
    'TypeError',
    `${name} is missing ${count(missing.length, `required ${kind} argument`)}: ${names}`,
  );
}

/** Who gives a template one object means its only parameter by it, or the names of several; Python has syntax for that. */
function unexpectedKeyword({ name, list }: Signature, keyword: string, given: number): PythonError {
  const isOnlyObject = given === 0 && list.some(({ isOptional }) => !isOptional);
  const hint = isOnlyObject
    ? ' (an object given last holds arguments by name; for one that is an argument itself, write {} behind it)'
    : '';
  return new PythonError('TypeError', `${name} got an unexpected keyword argument '${keyword}'${hint}`);
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

/** What `*rest` and `**more` collect is there as a whole, and so are the promises in it. */
export function* collected(
  values: Tuple | Map<unknown, unknown>,
): Generator<PromiseLike<unknown>, unknown, unknown> {
  if (values instanceof Tuple) {
    const items: unknown[] = [];
    for (const item of values.items) items.push(isThenable(item) ? yield item : item);
    return new Tuple(items);
  }
  for (const [key, value] of values) if (isThenable(value)) values.set(key, yield value);
  return values;
}
