import type { Call, Expression } from '../../python/tree.ts';
import { call, type Js, js, LEVEL, primary, wrap } from '../js.ts';
import type { ClassInfo } from '../program.ts';
import type { Emitter } from './emitter.ts';
import { errorName } from './errorNames.ts';

export function isInstance(e: Emitter, value: Expression, type: Expression): Js {
  if (type.nodeType === 'Tuple' || type.nodeType === 'List' || type.nodeType === 'Set') {
    const tests = told(e, type.elts).map((each) => isInstance(e, value, each));
    return js(
      tests.flatMap((each, i) => (i === 0 ? [wrap(each, LEVEL.or)] : [' || ', wrap(each, LEVEL.or)])),
      LEVEL.or,
    );
  }
  const atom = e.type(type).single;
  const item = e.expression(value, true);
  const is = (name: string) => js(['typeof ', wrap(item, LEVEL.unary), ` === '${name}'`], LEVEL.equal);
  if (atom?.kind !== 'named') return call(e.py('isInstance'), [item, e.expression(type)]);
  if ((atom.owner as ClassInfo | null)?.kind === 'class')
    return js([wrap(item, LEVEL.compare), ' instanceof ', e.expression(type).doc], LEVEL.compare);
  switch (atom.name) {
    case 'builtins.str':
      return is('string');
    case 'builtins.bool':
      return is('boolean');
    case 'builtins.int':
      return call(primary('Number.isInteger'), [item]);
    case 'builtins.float':
      return is('number');
    case 'builtins.list':
    case 'builtins.tuple':
      return call(primary('Array.isArray'), [item]);
    case 'builtins.bytes':
      return js([wrap(item, LEVEL.compare), ' instanceof Uint8Array'], LEVEL.compare);
    case 'builtins.set':
      return js([wrap(item, LEVEL.compare), ' instanceof Set'], LEVEL.compare);
    case 'builtins.dict':
      return call(e.py('isPlain'), [item]);
    default:
      if (atom.name.startsWith('builtins.') && /(Error|Exception)$/.test(atom.name))
        return js(
          [wrap(item, LEVEL.compare), ' instanceof ', errorName(e, atom.name.slice(9)).doc],
          LEVEL.compare,
        );
      return atom.name.startsWith('microdot.')
        ? js([wrap(item, LEVEL.compare), ' instanceof ', e.expression(type).doc], LEVEL.compare)
        : e.refuse();
  }
}

// JavaScript has one type for some of them.
function told(e: Emitter, types: readonly Expression[]): Expression[] {
  const nameOf = (type: Expression) => {
    const atom = e.type(type).single;
    return atom?.kind === 'named' ? atom.name : undefined;
  };
  const names = types.map(nameOf);
  const isCovered = (name: string | undefined) =>
    (name === 'builtins.int' && names.includes('builtins.float')) ||
    (name === 'builtins.tuple' && names.includes('builtins.list'));
  return types.filter((_, i) => !isCovered(names[i]));
}

/** The value whose type is compared with types of Python's own: of `type(x) == int`, and of `type(x) in (int, float)`. */
export function comparedType(e: Emitter, left: Expression, right: Expression): Expression | undefined {
  if (left.nodeType !== 'Call' || !isTypeOfOne(e, left)) return undefined;
  const types =
    right.nodeType === 'Tuple' || right.nodeType === 'List' || right.nodeType === 'Set'
      ? right.elts
      : [right];
  const areKnown = types.every((each) => {
    const atom = e.type(each).single;
    return atom?.kind === 'named' && PLAIN.has(atom.name);
  });
  return areKnown ? left.args[0] : undefined;
}

// Of these there is no telling a class that inherits from them.
const PLAIN: ReadonlySet<string> = new Set(
  ['str', 'bool', 'int', 'float', 'list', 'tuple', 'bytes', 'set', 'dict'].map((name) => `builtins.${name}`),
);

function isTypeOfOne(e: Emitter, { func, args, keywords }: Call): boolean {
  const atom = e.type(func).single;
  return (
    atom?.kind === 'named' && atom.name === 'builtins.type' && args.length === 1 && keywords.length === 0
  );
}
