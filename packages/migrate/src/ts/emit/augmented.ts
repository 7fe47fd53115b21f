import type { AugAssign, Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { constantText } from '../infer/assign.ts';
import { call, js, LEVEL, member, wrap } from '../js.ts';
import { isMap, isRecord } from '../types/print.ts';
import { element } from './elements.ts';
import type { Emitter } from './emitter.ts';
import { iterable } from './iteration.ts';
import { emitOperation } from './operators.ts';
import { emitTarget } from './targets.ts';
import type { Writer } from './writer.ts';

const OPERATORS: Readonly<Record<string, string>> = {
  Add: '+=',
  Sub: '-=',
  Mult: '*=',
  BitAnd: '&=',
  BitOr: '|=',
  BitXor: '^=',
  LShift: '<<=',
  RShift: '>>=',
};

export function emitAugmented(w: Writer, node: AugAssign): Doc[] {
  const { e } = w;
  const { target, op, value } = node;
  const type = e.type(target).present;
  if (type.atom('list') && op.nodeType === 'Add') {
    return [
      [
        call(member(e.present(target), 'push'), [
          js(['...', wrap(iterable(e, value), LEVEL.unary)], LEVEL.arrow),
        ]).doc,
        ';',
      ],
    ];
  }
  const kind = type.single?.kind;
  // The dictionary or the set itself is what changes.
  if (op.nodeType === 'BitOr' && (kind === 'dict' || kind === 'set'))
    return [[call(e.py('update'), [e.present(target), e.expression(value)]).doc, ';']];
  const isNumber = type.is('int', 'float') || type.is('str');
  const operator = OPERATORS[op.nodeType];
  const isPlainTarget = target.nodeType !== 'Subscript' || isPlainElement(e, target);
  if (
    operator &&
    isPlainTarget &&
    (isNumber || type.isAny) &&
    !e.isMaybeNull(target) &&
    (op.nodeType === 'Add' || !type.is('str'))
  ) {
    const right = type.is('str') ? e.operand(value, 'str') : e.operand(value, 'int', 'float', 'bool');
    return [[augmentedTarget(e, target), ` ${operator} `, wrap(right, LEVEL.arrow), ';']];
  }
  const result = emitOperation(e, target, op.nodeType, value);
  if (target.nodeType !== 'Subscript' || target.slice.nodeType === 'Slice')
    return [[emitTarget(e, target), ' = ', wrap(result, LEVEL.arrow), ';']];
  const atom = e.type(target.value).single;
  const object = e.present(target.value);
  if (atom?.kind === 'instance' && /Headers$/.test(atom.name))
    return [[call(member(object, 'set'), [e.present(target.slice), result]).doc, ';']];
  if (atom?.kind === 'dict' && isMap(atom.cell))
    return [[call(member(object, 'set'), [e.expression(target.slice), result]).doc, ';']];
  const name = constantText(target.slice);
  if (atom?.kind === 'dict' && name !== undefined)
    return [[element(object, name).doc, ' = ', wrap(result, LEVEL.arrow), ';']];
  return [[call(e.py('setItem'), [object, e.expression(target.slice), result]).doc, ';']];
}

/** An element that is there for certain, and that JavaScript reads and writes by itself. */
function isPlainElement(e: Emitter, target: Extract<Expression, { nodeType: 'Subscript' }>): boolean {
  const atom = e.type(target.value).single;
  const name = constantText(target.slice);
  if (atom?.kind === 'dict') return name !== undefined && isRecord(atom.cell) && !atom.cell.isOptional(name);
  if (atom?.kind === 'list') return atom.cell.shape !== null && target.slice.nodeType === 'Constant';
  return false;
}

function augmentedTarget(e: Emitter, target: Expression): Doc {
  if (target.nodeType === 'Subscript') return e.expression(target).doc;
  return emitTarget(e, target);
}
