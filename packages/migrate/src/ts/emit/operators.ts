import type { Attribute, BinOp, BoolOp, Compare, Expression, UnaryOp } from '../../python/tree.ts';
import { print } from '../doc.ts';
import { constantIndex, constantText } from '../infer/assign.ts';
import { isEmptyDict } from '../infer/expressions.ts';
import {
  binary,
  call,
  chain,
  type Js,
  js,
  LEVEL,
  member,
  newOf,
  object,
  primary,
  unary,
  wrap,
} from '../js.ts';
import { type ClassInfo, methodOf } from '../program.ts';
import { isMap, isRecord } from '../types/print.ts';
import type { Atom, Type } from '../types/type.ts';
import type { Emitter } from './emitter.ts';
import { emitPercent } from './format.ts';
import { comparedType, isInstance } from './isInstance.ts';
import { narrowedBy } from './narrowing.ts';
import { truth, truthOf } from './truth.ts';

/** A test, with a leading `not` taken off. */
export function test(e: Emitter, node: Expression): { condition: Js; isNegated: boolean } {
  if (node.nodeType === 'UnaryOp' && node.op.nodeType === 'Not' && truthOf(e, node.operand) === 'itself') {
    return { condition: condition(e, node.operand), isNegated: true };
  }
  return { condition: condition(e, node), isNegated: false };
}

/** What is true where Python takes the expression for true. */
export function condition(e: Emitter, node: Expression, isNegated = false): Js {
  if (node.nodeType === 'UnaryOp' && node.op.nodeType === 'Not')
    return condition(e, node.operand, !isNegated);
  if (node.nodeType === 'BoolOp') {
    const conditions = narrowingAlong(e, node, (value) => condition(e, value));
    const isAnd = node.op.nodeType === 'And';
    const whole = chain(isAnd ? '&&' : '||', conditions, isAnd ? LEVEL.and : LEVEL.or);
    return isNegated ? unary('!', whole) : whole;
  }
  if (node.nodeType === 'Compare') {
    const comparison = emitCompare(e, node, isNegated);
    return comparison;
  }
  return truth(e, node, isNegated);
}

/** Each operand is written knowing how those before it came out. */
function narrowingAlong<T>(e: Emitter, node: BoolOp, write: (value: Expression, isLast: boolean) => T): T[] {
  const isAnd = node.op.nodeType === 'And';
  const go = (at: number): T[] => {
    const value = node.values[at];
    if (!value) return [];
    const written = write(value, at === node.values.length - 1);
    return [written, ...narrowedBy(e, value, isAnd, () => go(at + 1))];
  };
  return go(0);
}

/** `and` and `or` as values. */
export function emitLogical(e: Emitter, node: BoolOp, isLoose: boolean): Js {
  const isAnd = node.op.nodeType === 'And';
  const [form, other, ...none] = node.values;
  if (!isAnd && form && other && none.length === 0 && isEmptyDict(other)) {
    if (e.type(form).present.atoms.every(({ key }) => key === 'instance microdot.MultiDict'))
      return binary('??', e.expression(form, true), newOf(e.core('MultiDict'), []), LEVEL.nullish);
  }
  if (e.type(node).is('bool') && node.values.every((value) => e.type(value).is('bool')))
    return condition(e, node);
  // An empty form is false, and so is what it does not have.
  const simple = node.values
    .slice(0, -1)
    .every(
      (value) =>
        truthOf(e, value) === 'itself' || (isAnd && e.type(value).has('instance microdot.MultiDict')),
    );
  if (simple) {
    const operands = narrowingAlong(e, node, (value, isLast) => e.expression(value, isLast ? isLoose : true));
    if (!isAnd && node.values.slice(0, -1).every((value) => isObject(e.type(value))))
      return chain('??', operands, LEVEL.nullish);
    const whole = chain(isAnd ? '&&' : '||', operands, isAnd ? LEVEL.and : LEVEL.or);
    const isMaybeUndefined =
      isAnd &&
      !isLoose &&
      node.values.slice(0, -1).some((value, i) => text(operands[i] as Js) !== text(e.expression(value)));
    return isMaybeUndefined
      ? binary('??', js(['(', whole.doc, ')'], LEVEL.primary), primary('null'), LEVEL.nullish)
      : whole;
  }
  // What a test finds out is not known within the functions.
  const [first, ...rest] = node.values.map((value) => e.expression(value, true));
  return rest.reduce((left, right) => call(e.py(isAnd ? 'and' : 'or'), [left, lazily(right)]), first as Js);
}

function text(value: Js): string {
  return print(value.doc, Number.POSITIVE_INFINITY);
}

/** An object or nothing: never false while it is there. */
function isObject(type: Type): boolean {
  return type.isOptional && type.present.atoms.every(({ kind }) => kind === 'instance' || kind === 'named');
}

function lazily(value: Js): Js {
  return {
    doc: ['() => ', value.isObject ? ['(', value.doc, ')'] : wrap(value, LEVEL.arrow)],
    level: LEVEL.arrow,
    hugs: Boolean(value.hugs),
  };
}

export function emitUnary(e: Emitter, node: UnaryOp): Js {
  switch (node.op.nodeType) {
    case 'Not':
      return condition(e, node.operand, true);
    case 'USub':
      return unary('-', e.operand(node.operand, 'int', 'float', 'bool'));
    case 'UAdd':
      return unary('+', e.operand(node.operand, 'int', 'float', 'bool'));
    default:
      return unary('~', e.operand(node.operand, 'int', 'bool'));
  }
}

const COMPARISONS: Readonly<Record<string, readonly [operator: string, negated: string, level: number]>> = {
  Eq: ['===', '!==', LEVEL.equal],
  NotEq: ['!==', '===', LEVEL.equal],
  Is: ['===', '!==', LEVEL.equal],
  IsNot: ['!==', '===', LEVEL.equal],
  Lt: ['<', '>=', LEVEL.compare],
  LtE: ['<=', '>', LEVEL.compare],
  Gt: ['>', '<=', LEVEL.compare],
  GtE: ['>=', '<', LEVEL.compare],
};

export function emitCompare(e: Emitter, node: Compare, isNegated = false): Js {
  let left = node.left;
  const parts = node.comparators.map((right, i) => {
    const part = comparePair(
      e,
      left,
      (node.ops[i] as { nodeType: string }).nodeType,
      right,
      isNegated && node.ops.length === 1,
    );
    left = right;
    return part;
  });
  if (parts.length === 1) return parts[0] as Js;
  const whole = chain('&&', parts, LEVEL.and);
  return isNegated ? unary('!', whole) : whole;
}

function comparePair(
  e: Emitter,
  left: Expression,
  operator: string,
  right: Expression,
  isNegated: boolean,
): Js {
  const compared = /^(?:In|NotIn|Eq|NotEq|Is|IsNot)$/.test(operator) && comparedType(e, left, right);
  if (compared) {
    const is = isInstance(e, compared, right);
    return operator.includes('Not') !== isNegated ? unary('!', is) : is;
  }
  if (operator === 'In' || operator === 'NotIn') {
    const found = emitIn(e, left, right);
    return (operator === 'NotIn') !== isNegated ? unary('!', found) : found;
  }
  const [plain, negated, level] = COMPARISONS[operator] as readonly [string, string, number];
  const symbol = isNegated ? negated : plain;
  if (isNone(right) || isNone(left)) {
    const value = isNone(right) ? left : right;
    // `undefined` is `None` too, wherever it comes from.
    const written = isRequestJson(e, value)
      ? member(e.present(value.value), 'json')
      : e.expression(value, true);
    return binary(symbol.slice(0, 2), written, primary('null'), LEVEL.equal);
  }
  const [a, b] = [e.type(left), e.type(right)];
  if (level === LEVEL.equal) {
    if (operator.startsWith('Is') || isSimple(a) || isSimple(b))
      return binary(symbol, comparable(e, left, b), comparable(e, right, a), level);
    const equal = call(e.py('equal'), [e.expression(left, true), e.expression(right, true)]);
    return (operator === 'NotEq') !== isNegated ? unary('!', equal) : equal;
  }
  if (a.present.atom('set') && b.present.atom('set')) {
    const [small, large] = symbol.startsWith('<') ? [left, right] : [right, left];
    const within = call(e.py('isSubset'), [e.expression(small), e.expression(large)]);
    if (symbol.length === 2) return within;
    const isLess = binary(
      '<',
      member(e.present(small), 'size'),
      member(e.present(large), 'size'),
      LEVEL.compare,
    );
    return chain('&&', [within, isLess], LEVEL.and);
  }
  const isOrdered = (type: Type) =>
    type.present.is('int', 'float', 'bool') ||
    type.present.is('str') ||
    type.isAny ||
    type.present.has('instance datetime.datetime') ||
    type.present.has('instance datetime.date') ||
    type.present.has('instance datetime.aware') ||
    type.present.has('instance datetime.timedelta');
  if (isOrdered(a) && isOrdered(b)) return binary(symbol, e.present(left), e.present(right), level);
  return binary(
    symbol,
    call(e.py('compare'), [e.expression(left), e.expression(right)]),
    primary('0'),
    level,
  );
}

/** TypeScript refuses to compare types that have nothing in common; Python does not mind. */
function comparable(e: Emitter, node: Expression, other: Type): Js {
  const value = e.expression(node, true);
  // Python runs on more of them than Node.
  if (value.doc === 'process.platform') return js('process.platform as string', LEVEL.compare);
  const [a, b] = [e.type(node).present, other.present];
  const isText = (type: Type) => type.is('str');
  const isNumber = (type: Type) => type.is('int', 'float');
  if ((isText(a) && isNumber(b)) || (isNumber(a) && isText(b)))
    return js([wrap(value, LEVEL.compare), ' as unknown'], LEVEL.compare);
  return value;
}

function isRequestJson(e: Emitter, node: Expression): node is Attribute {
  return (
    node.nodeType === 'Attribute' &&
    node.attr === 'json' &&
    e.type(node.value).has('instance microdot.Request')
  );
}

export function isNone(node: Expression): boolean {
  return node.nodeType === 'Constant' && node.type === 'none';
}

/** What `===` compares as Python does. */
function isSimple(type: Type): boolean {
  return (
    !type.isAny &&
    type.atoms.every((atom) => (atom.kind === 'plain' && atom.key !== 'bytes') || atom.kind === 'named')
  );
}

// An object whose class does not say when another is equal to it.
function isOnlyItself(atom: Atom): boolean {
  if (atom.kind !== 'instance') return false;
  const owner = atom.owner as ClassInfo | null;
  return owner?.kind !== 'class' || methodOf(owner, '__eq__') === undefined;
}

function emitIn(e: Emitter, item: Expression, container: Expression): Js {
  const type = e.type(container);
  const atom = e.isMaybeNull(container) ? undefined : type.single;
  const itemType = e.isMaybeNull(item) ? e.type(item) : e.type(item).present;
  const owner = () => e.present(container);
  switch (atom?.kind) {
    case 'plain':
      if (atom.key === 'str') return call(member(owner(), 'includes'), [e.operand(item, 'str')]);
      break;
    case 'list':
    case 'tuple': {
      const elements = container.nodeType === 'List' || container.nodeType === 'Tuple' ? container.elts : [];
      const isLiteral =
        elements.length > 0 && elements.every((each) => e.type(each).is('str') || e.type(each).is('int'));
      const elem = atom.kind === 'list' ? atom.cell.elem : undefined;
      const isSame =
        itemType.isAny ||
        (elem && covers(elem, itemType)) ||
        (isLiteral && elements.every((each) => covers(e.type(each), itemType)));
      if (isSame && (isLiteral || (elem && isSimple(elem)) || elem?.atoms.every(isOnlyItself))) {
        return call(member(owner(), 'includes'), [e.expression(item)]);
      }
      if (isLiteral && itemType.isOptional && covers(e.type(elements[0] as Expression), itemType.present)) {
        return call(member(owner(), 'includes'), [e.present(item)]);
      }
      break;
    }
    case 'set':
      if (isSimple(atom.elem) && (covers(atom.elem, itemType) || itemType.isAny))
        return call(member(owner(), 'has'), [e.expression(item)]);
      break;
    case 'dict':
      if (isMap(atom.cell))
        return call(member(owner(), 'has'), [
          covers(atom.cell.keys, itemType)
            ? e.expression(item)
            : js([wrap(e.expression(item), LEVEL.compare), ' as any'], LEVEL.compare),
        ]);
      if (
        isRecord(atom.cell) &&
        constantText(item) !== undefined &&
        !atom.cell.isOptional(constantText(item) as string)
      )
        return primary('true');
      return call(primary('Object.hasOwn'), [owner(), e.present(item)]);
    case 'instance':
      if (/^microdot\.(MultiDict|RequestHeaders|ResponseHeaders)$/.test(atom.name))
        return call(member(owner(), 'has'), [e.operand(item, 'str')]);
      if (atom.name === 'microdot.SessionDict' || atom.name === 'microdot.Cookies')
        return call(primary('Object.hasOwn'), [owner(), e.present(item)]);
      if (atom.name === 'os.environ')
        return binary('in', e.present(item), primary('process.env'), LEVEL.compare);
      if (atom.name === 'microdot.G') return binary('in', e.present(item), owner(), LEVEL.compare);
      break;
    default:
  }
  return call(e.py('contains'), [e.expression(container, true), e.expression(item)]);
}

/** Whether everything that the one can be, the other can be too. */
function covers(whole: Type, part: Type): boolean {
  return (
    !part.isEmpty && part.atoms.every(({ key }) => whole.has(key) || (key === 'bool' && whole.has('int')))
  );
}

const NUMERIC: Readonly<Record<string, readonly [operator: string, level: number]>> = {
  Add: ['+', LEVEL.add],
  Sub: ['-', LEVEL.add],
  Mult: ['*', LEVEL.multiply],
  LShift: ['<<', LEVEL.shift],
  RShift: ['>>', LEVEL.shift],
  BitAnd: ['&', LEVEL.bitAnd],
  BitOr: ['|', LEVEL.bitOr],
  BitXor: ['^', LEVEL.bitXor],
};

export function emitBinary(e: Emitter, node: BinOp): Js {
  return emitOperation(e, node.left, node.op.nodeType, node.right);
}

/** Also what `+=` and its like compute. */
export function emitOperation(e: Emitter, left: Expression, operator: string, right: Expression): Js {
  const [a, b] = [e.type(left).present, e.type(right).present];
  if (operator === 'Mod' && (a.is('str') || left.nodeType === 'JoinedStr'))
    return emitPercent(e, left, right);
  if (operator === 'Mod' && a.is('bytes')) return e.refuse();
  const lists = listOperation(e, left, operator, right, a, b);
  if (lists) return lists;
  const dates = dateOperation(e, left, operator, right, a, b);
  if (dates) return dates;
  const isPath = (type: Type) => type.has('instance pathlib.Path');
  if (operator === 'Div' && (isPath(a) || isPath(b)))
    return call(e.use('node:path', 'join'), [e.present(left), e.present(right)]);
  const numbers = () =>
    [e.operand(left, 'int', 'float', 'bool'), e.operand(right, 'int', 'float', 'bool')] as const;
  switch (operator) {
    case 'Add': {
      if (a.is('str') || b.is('str'))
        return binary('+', e.operand(left, 'str'), e.operand(right, 'str'), LEVEL.add);
      return binary('+', ...numbers(), LEVEL.add);
    }
    case 'Mult':
      if (a.is('str')) return call(member(e.present(left), 'repeat'), [repetition(e, right)]);
      if (b.is('str')) return call(member(e.present(right), 'repeat'), [repetition(e, left)]);
      return binary('*', ...numbers(), LEVEL.multiply);
    case 'Div':
      if (isNonZero(right)) return binary('/', ...numbers(), LEVEL.multiply);
      return call(e.py('divide'), numbers());
    case 'FloorDiv':
      if (isNonZero(right)) return call(primary('Math.floor'), [binary('/', ...numbers(), LEVEL.multiply)]);
      return call(e.py('floorDiv'), numbers());
    case 'Mod':
      if (isNonZero(right) && isNatural(e, left)) return binary('%', ...numbers(), LEVEL.multiply);
      return call(e.py('mod'), numbers());
    case 'Pow':
      return js(
        [
          wrap(e.operand(left, 'int', 'float'), LEVEL.power + 0.1),
          ' ** ',
          wrap(e.operand(right, 'int', 'float'), LEVEL.power),
        ],
        LEVEL.power,
      );
    default: {
      const known = NUMERIC[operator];
      if (!known) return e.refuse();
      return binary(known[0], ...numbers(), known[1]);
    }
  }
}

/** Python takes a negative number of repetitions for none. */
function repetition(e: Emitter, node: Expression): Js {
  const value = e.operand(node, 'int', 'bool');
  return constantIndex(node) !== undefined || isNatural(e, node)
    ? value
    : call(primary('Math.max'), [value, primary('0')]);
}

function isNonZero(node: Expression): boolean {
  return node.nodeType === 'Constant' && Number(node.value) > 0;
}

/** What is never below zero: sizes, and sums and products of such. */
export function isNatural(e: Emitter, node: Expression): boolean {
  if (node.nodeType === 'Constant') return Number(node.value) >= 0;
  if (node.nodeType === 'BinOp')
    return ['Add', 'Mult'].includes(node.op.nodeType) && isNatural(e, node.left) && isNatural(e, node.right);
  if (node.nodeType !== 'Call') return false;
  const atom = e.type(node.func).single;
  return (
    atom?.kind === 'named' && /^(builtins\.len|time\.time|builtins\.ord|time\.ticks_ms)$/.test(atom.name)
  );
}

function listOperation(
  e: Emitter,
  left: Expression,
  operator: string,
  right: Expression,
  a: Type,
  b: Type,
): Js | undefined {
  const isList = (type: Type) => type.single?.kind === 'list' || type.single?.kind === 'tuple';
  if (operator === 'Add' && (isList(a) || isList(b)))
    return primary(['[...', e.present(left).doc, ', ...', e.present(right).doc, ']']);
  if (operator === 'Mult' && (isList(a) || isList(b))) {
    const [items, times] = isList(a) ? [left, right] : [right, left];
    const fill = primary([
      'Array.from({ length: ',
      e.operand(times, 'int').doc,
      ' }, () => ',
      wrap(e.present(items), LEVEL.arrow),
      ')',
    ]);
    return call(member(fill, 'flat'), []);
  }
  if (operator === 'Add' && a.is('bytes') && b.is('bytes'))
    return call(primary('Buffer.concat'), [
      primary(['[', e.present(left).doc, ', ', e.present(right).doc, ']']),
    ]);
  if (operator === 'Mult' && (a.is('bytes') || b.is('bytes'))) {
    const [bytes, times] = a.is('bytes') ? [left, right] : [right, left];
    return call(primary('Buffer.concat'), [
      primary([
        'Array.from({ length: ',
        e.operand(times, 'int').doc,
        ' }, () => ',
        e.present(bytes).doc,
        ')',
      ]),
    ]);
  }
  if (operator === 'BitOr' && a.single?.kind === 'dict' && b.single?.kind === 'dict') {
    const isMaps = isMap(a.single.cell) && isMap(b.single.cell);
    const [first, second] = [wrap(e.present(left), LEVEL.unary), wrap(e.present(right), LEVEL.unary)];
    return isMaps
      ? primary(['new Map([...', first, ', ...', second, '])'])
      : object([
          ['...', first],
          ['...', second],
        ]);
  }
  if (!a.atom('set') || !b.atom('set')) return undefined;
  const [x, y] = [e.present(left), e.present(right)];
  const keep = (sign: string) =>
    primary(['new Set([...', x.doc, '].filter((item) => ', sign, wrap(y, LEVEL.primary), '.has(item)))']);
  if (operator === 'BitAnd') return keep('');
  if (operator === 'Sub') return keep('!');
  if (operator === 'BitXor') return call(e.py('symmetricDifference'), [x, y]);
  return operator === 'BitOr' ? primary(['new Set([...', x.doc, ', ...', y.doc, '])']) : undefined;
}

/** Times are `Date`, and what lies between them is in seconds. */
function dateOperation(
  e: Emitter,
  left: Expression,
  operator: string,
  right: Expression,
  a: Type,
  b: Type,
): Js | undefined {
  const isDay = (type: Type) => type.has('instance datetime.date');
  const isDate = (type: Type) =>
    type.has('instance datetime.datetime') || type.has('instance datetime.aware') || isDay(type);
  if (!isDate(a) && !isDate(b)) return undefined;
  const time = (node: Expression) => call(member(e.present(node), 'getTime'), []);
  if (isDate(a) && isDate(b) && operator === 'Sub') {
    return binary(
      '/',
      js(['(', time(left).doc, ' - ', time(right).doc, ')'], LEVEL.primary),
      primary('1000'),
      LEVEL.multiply,
    );
  }
  const [date, span] = isDate(a) ? [left, right] : [right, left];
  const sign = operator === 'Sub' ? ' - ' : ' + ';
  if (isDay(e.type(date)))
    return call(e.py('addSeconds'), [
      e.present(date),
      operator === 'Sub' ? unary('-', e.present(span)) : e.present(span),
    ]);
  return primary(['new Date(', time(date).doc, sign, wrap(e.present(span), LEVEL.multiply), ' * 1000)']);
}
