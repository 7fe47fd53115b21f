import type { Expression } from '../../python/tree.ts';
import type { ClassInfo } from '../program.ts';
import { container, dictOf, instance, listOf, type PlainKind, plain, Type, tupleOf } from '../types/type.ts';
import type { Inference, Place } from './infer.ts';
import { instanceType } from './objects.ts';

/** The type that an annotation says. */
export function annotationType(infer: Inference, node: Expression, place: Place): Type {
  infer.expression(node, place);
  return infer.once(node, 'annotation', () => read(infer, node, place));
}

const PLAIN: Readonly<Record<string, PlainKind>> = {
  int: 'int',
  float: 'float',
  str: 'str',
  bytes: 'bytes',
  bool: 'bool',
  bytearray: 'bytes',
  None: 'none',
};

function read(infer: Inference, node: Expression, place: Place): Type {
  const inner = (child: Expression) => read(infer, child, place);
  if (node.nodeType === 'Constant') return node.type === 'none' ? plain('none') : new Type();
  if (node.nodeType === 'BinOp' && node.op.nodeType === 'BitOr') {
    const type = inner(node.left);
    type.take(inner(node.right));
    return type;
  }
  if (node.nodeType === 'Subscript') {
    const name = lastName(node.value)?.toLowerCase();
    const args = node.slice.nodeType === 'Tuple' ? node.slice.elts : [node.slice];
    const [first, second] = args.map(inner);
    if (name === 'list' || name === 'sequence' || name === 'deque') return listOf(first ?? new Type());
    if (name === 'iterable' || name === 'iterator' || name === 'generator')
      return container('iterator', first ?? new Type());
    if (name === 'set' || name === 'frozenset') return container('set', first ?? new Type());
    if (name === 'dict' || name === 'mapping' || name === 'defaultdict')
      return dictOf(first ?? new Type(), second ?? new Type());
    if (name === 'tuple')
      return args.at(-1)?.nodeType === 'Constant' ? listOf(first ?? new Type()) : tupleOf(...args.map(inner));
    if (name === 'optional') {
      first?.take(plain('none'));
      return first ?? new Type();
    }
    if (name === 'union') {
      const type = new Type();
      for (const arg of args) type.take(inner(arg));
      return type;
    }
    return new Type();
  }
  const name = lastName(node);
  const known = name === undefined ? undefined : PLAIN[name];
  if (known) return plain(known);
  if (name === 'list' || name === 'List') return listOf(new Type());
  if (name === 'dict' || name === 'Dict') return dictOf(plain('str'), new Type());
  if (name === 'set' || name === 'Set') return container('set', new Type());
  const atom = infer.program.typeOf(node).single;
  if (atom?.kind !== 'named') return new Type();
  if ((atom.owner as ClassInfo | null)?.kind === 'class') return instanceType(atom.owner as ClassInfo);
  return atom.owner || !/^(microdot|datetime|asyncio|jinja|utemplate)\./.test(atom.name)
    ? new Type()
    : instance(atom.name);
}

function lastName(node: Expression): string | undefined {
  return node.nodeType === 'Name' ? node.id : node.nodeType === 'Attribute' ? node.attr : undefined;
}
