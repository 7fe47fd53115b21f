import type { Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { LEVEL, wrap } from '../js.ts';
import { propertyName } from '../types/print.ts';
import type { Emitter } from './emitter.ts';

export function emitProperty(e: Emitter, key: Expression | null, value: Expression): Doc {
  const doc = wrap(e.expression(value), LEVEL.arrow);
  if (!key) return ['...', wrap(e.expression(value), LEVEL.unary)];
  if (key.nodeType === 'Constant' && key.type === 'str') return namedProperty(key.value as string, doc);
  return ['[', e.expression(key).doc, ']: ', doc];
}

/** `name: value`, or `name` alone where the value is a variable of that name. */
export function namedProperty(name: string, value: Doc): Doc {
  if (name === '__proto__') return ["['__proto__']: ", value];
  // `true` alone would be the name of a variable.
  const isVariable = value === name && !/^(true|false|null|this)$/.test(name);
  return isVariable ? name : [propertyName(name), ': ', value];
}
