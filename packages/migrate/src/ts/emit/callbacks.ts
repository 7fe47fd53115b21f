import type { Expression } from '../../python/tree.ts';
import { type Js, primary } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { operatorFunction } from './operatorFunctions.ts';

/** `key=` and `reverse=` of `sorted` and `sort`. */
export function sortOptions(e: Emitter, args: Arguments): Js[] {
  const [key, reverse] = [args.get(99, 'key'), args.get(99, 'reverse')];
  if (!key && !reverse) return [];
  const by = key ? callback(e, key) : primary('null');
  return reverse ? [by, e.expression(reverse)] : [by];
}

/** A function that is given to another; Python's own are written out. */
export function callback(e: Emitter, node: Expression): Js {
  const atom = e.type(node).single;
  if (atom?.kind !== 'named' || atom.owner) return e.expression(node);
  const sign = operatorFunction(atom.name);
  if (sign) return sign;
  const known: Readonly<Record<string, Js>> = {
    'builtins.str': e.py('str'),
    'builtins.int': primary('(item) => py.int(item)'),
    'builtins.float': primary('(item) => py.float(item)'),
    'builtins.len': e.py('len'),
    'builtins.bool': e.py('truthy'),
    'builtins.pow': primary('Math.pow'),
    'builtins.abs': primary('Math.abs'),
    'builtins.chr': primary('(item) => String.fromCodePoint(item)'),
    'builtins.ord': primary('(item) => item.codePointAt(0)!'),
  };
  if (atom.name === 'builtins.int') e.py('int');
  if (atom.name === 'builtins.float') e.py('float');
  const textMethod = /^builtins\.str\.(\w+)$/.exec(atom.name)?.[1];
  if (textMethod === 'lower') return primary('(item) => item.toLowerCase()');
  if (textMethod === 'upper') return primary('(item) => item.toUpperCase()');
  if (textMethod === 'strip') return primary('(item) => item.trim()');
  return known[atom.name] ?? e.expression(node);
}
