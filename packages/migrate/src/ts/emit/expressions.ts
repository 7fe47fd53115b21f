import type { Constant, Dict, Expression, SequenceDisplay } from '../../python/tree.ts';
import { type Doc, verbatim } from '../doc.ts';
import {
  array,
  conditional,
  type Js,
  js,
  LEVEL,
  newOf,
  number,
  object,
  primary,
  quoted,
  templateText,
  text,
  wrap,
} from '../js.ts';
import { isMap } from '../types/print.ts';
import { emitAttribute } from './attributes.ts';
import { isAwait } from './await.ts';
import { emitCall } from './calls.ts';
import { emitComprehension } from './comprehensions.ts';
import type { Emitter } from './emitter.ts';
import { emitFormatted } from './format.ts';
import { iterable } from './iteration.ts';
import { emitLambda } from './lambdas.ts';
import { emitName } from './nameReferences.ts';
import { narrowedBy } from './narrowing.ts';
import { emitBinary, emitCompare, emitLogical, emitUnary, test } from './operators.ts';
import { emitProperty } from './properties.ts';
import { emitSubscript } from './subscripts.ts';
import { emitTarget } from './targets.ts';

/** An expression in JavaScript. Where `isLoose`, `undefined` may stand for `None`. */
export function emitExpression(e: Emitter, node: Expression, isLoose: boolean): Js {
  switch (node.nodeType) {
    case 'Constant':
      return emitConstant(e, node);
    case 'JoinedStr':
      return emitFormatted(e, node);
    case 'Name':
      return emitName(e, node);
    case 'Attribute':
      return emitAttribute(e, node, isLoose);
    case 'Subscript':
      return emitSubscript(e, node);
    case 'Call':
      return emitCall(e, node, isLoose);
    case 'BoolOp':
      return emitLogical(e, node, isLoose);
    case 'Compare':
      return emitCompare(e, node);
    case 'UnaryOp':
      return emitUnary(e, node);
    case 'BinOp':
      return emitBinary(e, node);
    case 'IfExp': {
      const { isNegated, condition } = test(e, node.test);
      const yes = narrowedBy(e, node.test, true, () => e.expression(node.body, isLoose));
      const no = narrowedBy(e, node.test, false, () => e.expression(node.orelse, isLoose));
      return isNegated ? conditional(condition, no, yes) : conditional(condition, yes, no);
    }
    case 'List':
      return emitArray(e, node);
    case 'Tuple':
      return emitTuple(e, node);
    case 'Set':
      return newOf(primary('Set'), [emitArray(e, node)]);
    case 'Dict':
      return emitDict(e, node);
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
    case 'DictComp':
      return emitComprehension(e, node);
    case 'Lambda':
      return emitLambda(e, node);
    case 'Await': {
      const value = e.expression(node.value);
      return isAwait(value) ? value : js(['await ', wrap(value, LEVEL.unary)], LEVEL.unary);
    }
    case 'Yield':
      return js(node.value ? ['yield ', wrap(e.expression(node.value), LEVEL.arrow)] : 'yield', LEVEL.arrow);
    case 'YieldFrom':
      return js(['yield* ', wrap(e.expression(node.value), LEVEL.arrow)], LEVEL.arrow);
    case 'NamedExpr':
      return js(
        ['(', emitTarget(e, node.target), ' = ', wrap(e.expression(node.value), LEVEL.arrow), ')'],
        LEVEL.primary,
      );
    case 'Starred':
      return js(['...', wrap(iterable(e, node.value), LEVEL.unary)], LEVEL.arrow);
    default:
      return e.refuse();
  }
}

function emitConstant(e: Emitter, node: Constant): Js {
  switch (node.type) {
    case 'str':
      return emitText(e, node);
    case 'int':
      return integer(e, node);
    case 'float':
      return number(node.value as number);
    case 'bool':
      return primary(node.value ? 'true' : 'false');
    case 'none':
      return primary('null');
    case 'bytes':
      return bytesOf(node.value as string);
    default:
      return e.refuse();
  }
}

/** Text of several lines stays text of several lines. */
function emitText(e: Emitter, node: Constant): Js {
  const value = node.value as string;
  const isTriple = /^[a-zA-Z]*(?:'''|""")/.test(e.source(node));
  if (!isTriple || !/\n./.test(value)) return text(value);
  return primary(templateLiteral(value));
}

function templateLiteral(value: string): Doc {
  return verbatim(`\`${templateText(value)}\``);
}

function integer(e: Emitter, node: Constant): Js {
  const source = e.source(node);
  if (typeof node.value === 'bigint') return e.refuse();
  if (/^0[xob]/i.test(source)) return primary(source.toLowerCase());
  return source.includes('_') ? primary(source) : number(node.value as number);
}

function bytesOf(value: string): Js {
  if (/^[\x20-\x7e\n\r\t]*$/.test(value)) {
    return primary(['new TextEncoder().encode(', value === '' ? '' : quoted(value), ')']);
  }
  const bytes = Array.from(
    value,
    (character) => `0x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return primary(`Uint8Array.of(${bytes.join(', ')})`);
}

export function emitArray(e: Emitter, node: SequenceDisplay): Js {
  return array(node.elts.map((item) => wrap(e.expression(item), LEVEL.arrow)));
}

/** A tuple of different things says so: TypeScript would make a list of whatever they are. */
function emitTuple(e: Emitter, node: SequenceDisplay): Js {
  const written = emitArray(e, node);
  const { parent } = node;
  const isTaken =
    (parent?.nodeType === 'Assign' && parent.targets.some((target) => 'elts' in target)) ||
    parent?.nodeType === 'Compare';
  const types = new Set(node.elts.map((item) => e.describe(e.type(item))));
  if (isTaken || types.size < 2 || node.elts.some(({ nodeType }) => nodeType === 'Starred')) return written;
  return { ...js([written.doc, ' as const'], LEVEL.compare), hugs: true };
}

/** An object, or a map where the keys are no text. */
export function emitDict(e: Emitter, node: Dict): Js {
  const cell = e.type(node).atom('dict')?.cell;
  if (cell && isMap(cell)) return emitMap(e, node);
  return object(
    node.keys.map((key, i) => emitProperty(e, key, node.values[i] as Expression)),
    isSpread(e, node),
  );
}

function emitMap(e: Emitter, node: Dict): Js {
  const pairs = node.keys.map((key, i): Doc => {
    const value = node.values[i] as Expression;
    if (!key) return ['...', wrap(e.expression(value), LEVEL.unary)];
    return array([wrap(e.expression(key), LEVEL.arrow), wrap(e.expression(value), LEVEL.arrow)]).doc;
  });
  return newOf(primary('Map'), pairs.length > 0 ? [array(pairs)] : []);
}

/** Whether the first key stands on a line of its own in Python too: then so it does here. */
function isSpread(e: Emitter, node: Dict): boolean {
  return /^\{[^\S\n]*\n/.test(e.source(node)) && node.keys.length > 0;
}
