import { arrow, type Js, js, LEVEL } from '../js.ts';

/** What `operator` has for an operator, as a function. */
export function operatorFunction(name: string): Js | undefined {
  const sign = SIGNS[name.slice('operator.'.length)];
  return name.startsWith('operator.') && sign
    ? arrow('(a: any, b: any)', js([`a ${sign} b`], LEVEL.add))
    : undefined;
}

const SIGNS: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '===',
  ne: '!==',
  and_: '&',
  or_: '|',
  xor: '^',
  pow: '**',
};
