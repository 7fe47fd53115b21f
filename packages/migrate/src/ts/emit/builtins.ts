import type { Expression } from '../../python/tree.ts';
import { print } from '../doc.ts';
import { constantText } from '../infer/assign.ts';
import { array, arrow, call, type Js, js, LEVEL, member, newOf, object, primary, text, wrap } from '../js.ts';
import { isMap } from '../types/print.ts';
import type { Arguments } from './arguments.ts';
import { callback, sortOptions } from './callbacks.ts';
import { castAny } from './elements.ts';
import type { Emitter } from './emitter.ts';
import { errorName } from './errorNames.ts';
import { fieldsObject } from './fields.ts';
import { helperText } from './format.ts';
import { isInstance } from './isInstance.ts';
import { arrayFrom, iterable, spread } from './iteration.ts';
import { camelCase } from './names.ts';
import { condition } from './operators.ts';
import { emitProperty, namedProperty } from './properties.ts';
import { emitTarget } from './targets.ts';

type Builtin = (e: Emitter, args: Arguments) => Js;

/** A call of one of Python's own functions. */
export function emitBuiltin(e: Emitter, name: string, args: Arguments): Js | undefined {
  if (name === 'collections.OrderedDict') return dictionary(e, args);
  if (!name.startsWith('builtins.')) return undefined;
  const builtin = BUILTINS[name.slice(9)];
  if (builtin) return builtin(e, args);
  return onClass(e, name.slice(9), args) ?? errorClass(e, name.slice(9), args);
}

/** `bytes.fromhex(text)`, and other functions of classes. */
function onClass(e: Emitter, name: string, args: Arguments): Js | undefined {
  if (name === 'bytes.fromhex') return call(primary('Buffer.from'), [args.present(0), text('hex')]);
  if (name === 'str.maketrans' && args.has(1)) return call(e.py('translation'), args.all());
  if (name === 'int.from_bytes') return call(e.py('fromBytes'), args.all('bytes', 'byteorder'));
  if (name === 'dict.fromkeys') {
    const value = args.has(1) ? wrap(args.value(1), LEVEL.arrow) : 'null';
    const keys = arrayFrom(e, args.get(0) as Expression);
    return call(primary('Object.fromEntries'), [
      call(member(keys, 'map'), [primary(['(key) => [key, ', value, '] as const'])]),
    ]);
  }
  return name === 'str.join'
    ? call(member(arrayFrom(e, args.get(1) as Expression), 'join'), [args.present(0)])
    : undefined;
}

/** `KeyError('x')` and its like. */
function errorClass(e: Emitter, name: string, args: Arguments): Js | undefined {
  if (!/(Error|Exception|Interrupt|Exit|StopIteration|StopAsyncIteration)$/.test(name)) return undefined;
  const target = errorName(e, name);
  const given = args.node.args;
  const values = given.map((arg) =>
    target.doc === 'py.KeyError' ||
    (target.doc === 'py.OSError' && given.length > 1) ||
    e.type(arg).is('str') ||
    e.type(arg).isAny
      ? e.expression(arg)
      : call(e.py('str'), [e.expression(arg)]),
  );
  return newOf(target, values);
}

/** `len()`. */
function length(e: Emitter, node: Expression): Js {
  const type = e.type(node).present;
  const atom = type.single;
  const value = () => e.present(node);
  if (atom?.kind === 'list' || atom?.kind === 'tuple' || type.is('bytes')) return member(value(), 'length');
  if (atom?.kind === 'set') return member(value(), 'size');
  if (atom?.kind === 'dict')
    return isMap(atom.cell)
      ? member(value(), 'size')
      : member(call(primary('Object.keys'), [value()]), 'length');
  if (atom?.key === 'instance microdot.MultiDict') return member(value(), 'size');
  if (type.is('str') && node.nodeType === 'Constant') return member(value(), 'length');
  if (type.is('str') && isAscii(e, node)) return member(value(), 'length');
  return call(e.py('len'), [value()]);
}

/** A constant of the module whose text is plain. */
function isAscii(e: Emitter, node: Expression): boolean {
  if (node.nodeType !== 'Name') return false;
  const found = e.program.resolve(e.module, node);
  const [definition, ...more] = found?.binding.definitions ?? [];
  const value = definition?.kind === 'assignment' && more.length === 0 ? definition.value : null;
  const written = value && constantText(value);
  return typeof written === 'string' && /^[\x20-\x7e]*$/.test(written);
}

/** `any(...)` and `all(...)`. */
function quantifier(method: 'some' | 'every'): Builtin {
  return (e, args) => {
    const node = args.get(0);
    if (node?.nodeType === 'GeneratorExp' || node?.nodeType === 'ListComp') {
      const [clause, ...more] = node.generators;
      if (clause && more.length === 0 && clause.ifs.length === 0 && !clause.is_async) {
        const type = e.type(clause.iter).isAny ? ': any' : '';
        const target = flat(emitTarget(e, clause.target));
        return call(member(arrayFrom(e, clause.iter), method), [
          arrow(`(${target}${type})`, condition(e, node.elt)),
        ]);
      }
    }
    return call(member(node ? arrayFrom(e, node) : e.refuse(), method), [e.py('truthy')]);
  };
}

const asIs =
  (name: string): Builtin =>
  (e, args) =>
    call(e.py(name), args.all());

function extreme(name: 'min' | 'max'): Builtin {
  return (e, args) => {
    const { node } = args;
    const key = args.get(99, 'key');
    const fallback = args.get(99, 'default');
    const isNumeric = (type: ReturnType<Emitter['type']>) => type.is('int', 'float', 'bool');
    if (
      node.args.length > 1 &&
      !key &&
      node.args.every((arg) => isNumeric(e.type(arg)) || e.type(arg).isAny)
    ) {
      return call(primary(`Math.${name}`), args.all());
    }
    const items =
      node.args.length > 1
        ? array(args.all().map(({ doc }) => doc))
        : iterable(e, node.args[0] as Expression);
    const rest = fallback
      ? [key ? e.expression(key) : primary('undefined'), e.expression(fallback)]
      : key
        ? [e.expression(key)]
        : [];
    return call(e.py(name), [items, ...rest]);
  };
}

const BUILTINS: Readonly<Record<string, Builtin>> = {
  len: (e, args) => length(e, args.get(0) as Expression),
  print: (e, args) => {
    const isError = args.get(99, 'file');
    const values = args.node.args.map((arg) =>
      arg.nodeType === 'Starred' || e.type(arg).is('str')
        ? e.expression(arg)
        : isSafeToLog(e, arg)
          ? e.expression(arg)
          : call(e.py('str'), [e.expression(arg)]),
    );
    return call(primary(isError ? 'console.error' : 'console.log'), values);
  },
  str: (e, args) => {
    const node = args.get(0);
    if (!node) return text('');
    if (args.has(1, 'encoding'))
      return call(member(primary('new TextDecoder()'), 'decode'), [args.present(0)]);
    const type = e.type(node);
    if (type.is('str') || type.single?.key === 'instance pathlib.Path') return e.expression(node);
    return helperText(e, node) ?? call(primary('String'), [e.expression(node)]);
  },
  repr: asIs('repr'),
  int: (e, args) => {
    const node = args.get(0);
    if (!node) return primary('0');
    const type = e.type(node);
    if (type.is('int')) return e.expression(node);
    if (type.is('float')) return call(primary('Math.trunc'), [e.expression(node)]);
    if (type.is('bool')) return call(primary('Number'), [e.expression(node)]);
    return call(e.py('int'), [
      e.expression(node, true),
      ...(args.has(1, 'base') ? [args.value(1, 'base')] : []),
    ]);
  },
  float: (e, args) => {
    const node = args.get(0);
    if (!node) return primary('0');
    if (e.type(node).is('int', 'float')) return e.expression(node);
    return call(e.py('float'), [e.expression(node, true)]);
  },
  bool: (e, args) => {
    const node = args.get(0);
    if (!node) return primary('false');
    const value = condition(e, node);
    return e.type(node).is('bool') || value.level < 15 || /^(py\.truthy|!)/.test(String(first(value)))
      ? value
      : call(primary('Boolean'), [value]);
  },
  abs: (e, args) => call(primary('Math.abs'), [e.operand(args.get(0) as Expression, 'int', 'float')]),
  round: (e, args) => call(e.py('round'), args.all(undefined, 'ndigits')),
  divmod: asIs('divmod'),
  pow: (e, args) => (args.has(2) ? e.refuse() : call(primary('Math.pow'), args.all())),
  sum: (e, args) =>
    call(e.py('sum'), [
      iterable(e, args.get(0) as Expression),
      ...(args.has(1, 'start') ? [args.value(1, 'start')] : []),
    ]),
  min: extreme('min'),
  max: extreme('max'),
  any: quantifier('some'),
  all: quantifier('every'),
  range: asIs('range'),
  sorted: (e, args) => {
    const items = args.get(0) as Expression;
    const atom = e.type(items).single;
    const value = atom?.kind === 'dict' || atom?.kind === 'instance' ? iterable(e, items) : e.present(items);
    return call(e.py('sorted'), [value, ...sortOptions(e, args)]);
  },
  reversed: (e, args) => call(member(spread(iterable(e, args.get(0) as Expression)), 'reverse'), []),
  enumerate: (e, args) => {
    const items = arrayFrom(e, args.get(0) as Expression);
    const start = args.get(1, 'start');
    if (!start) return call(member(items, 'entries'), []);
    return call(member(items, 'map'), [
      primary(['(item, i) => [i + ', wrap(e.expression(start), LEVEL.multiply), ', item] as const']),
    ]);
  },
  zip: (e, args) =>
    call(
      e.py('zip'),
      args.node.args.map((arg) => iterable(e, arg)),
    ),
  map: (e, args) => {
    if (args.node.args.length > 2) {
      const by = callback(e, args.get(0) as Expression);
      const lists = args.node.args.slice(1).map((arg) => iterable(e, arg));
      return call(member(call(e.py('zip'), lists), 'map'), [
        arrow('(each: any)', call(primary(['(', wrap(by, LEVEL.compare), ' as any)']), [primary('...each')])),
      ]);
    }
    return call(member(arrayFrom(e, args.get(1) as Expression), 'map'), [
      callback(e, args.get(0) as Expression),
    ]);
  },
  filter: (e, args) => {
    const test = args.get(0) as Expression;
    const isNone = test.nodeType === 'Constant' && test.type === 'none';
    return call(member(arrayFrom(e, args.get(1) as Expression), 'filter'), [
      isNone
        ? isScalar(e, args.get(1) as Expression)
          ? primary('Boolean')
          : e.py('truthy')
        : callback(e, test),
    ]);
  },
  list: (e, args) => {
    const node = args.get(0);
    return node ? copyOf(e, node) : primary('[]');
  },
  tuple: (e, args) => {
    const node = args.get(0);
    return node ? arrayFrom(e, node) : primary('[]');
  },
  set: (e, args) => {
    const node = args.get(0);
    return newOf(primary('Set'), node ? [iterable(e, node)] : []);
  },
  frozenset: (e, args) => newOf(primary('Set'), args.has(0) ? [iterable(e, args.get(0) as Expression)] : []),
  dict: (e, args) => dictionary(e, args),
  chr: (e, args) => call(primary('String.fromCodePoint'), [e.operand(args.get(0) as Expression, 'int')]),
  ord: (_e, args) =>
    js([call(member(args.present(0), 'codePointAt'), [primary('0')]).doc, '!'], LEVEL.primary),
  hex: (e, args) =>
    primary([
      '`0x${',
      call(member(e.operand(args.get(0) as Expression, 'int'), 'toString'), [primary('16')]).doc,
      '}`',
    ]),
  bin: (e, args) =>
    primary([
      '`0b${',
      call(member(e.operand(args.get(0) as Expression, 'int'), 'toString'), [primary('2')]).doc,
      '}`',
    ]),
  oct: (e, args) =>
    primary([
      '`0o${',
      call(member(e.operand(args.get(0) as Expression, 'int'), 'toString'), [primary('8')]).doc,
      '}`',
    ]),
  format: (e, args) => call(e.py('format'), [args.value(0), args.has(1) ? args.value(1) : text('')]),
  bytes: (e, args) => {
    const node = args.get(0);
    if (!node) return primary('new Uint8Array()');
    if (e.type(node).is('str')) return call(primary('new TextEncoder().encode'), [e.expression(node)]);
    if (e.type(node).is('bytes')) return e.expression(node);
    return e.type(node).is('int')
      ? newOf(primary('Uint8Array'), [e.expression(node)])
      : call(primary('Uint8Array.from'), [iterable(e, node)]);
  },
  bytearray: (_e, args) =>
    args.has(0) ? newOf(primary('Uint8Array'), [args.present(0)]) : primary('new Uint8Array()'),
  isinstance: (e, args) => isInstance(e, args.get(0) as Expression, args.get(1) as Expression),
  callable: (_e, args) => js(['typeof ', wrap(args.value(0), LEVEL.unary), " === 'function'"], LEVEL.equal),
  hasattr: (e, args) =>
    js(
      [hasattrName(e, args.get(1) as Expression).doc, ' in ', wrap(castAny(args.value(0)), LEVEL.compare)],
      LEVEL.compare,
    ),
  vars: (e, args) => fieldsObject(e, args.get(0) as Expression),
  setattr: (e, args) => {
    const name = constantText(args.get(1) as Expression);
    if (name === undefined) return call(e.py('setAttribute'), args.all());
    return js(
      [member(castAny(args.value(0)), camelCase(name)).doc, ' = ', wrap(args.value(2), LEVEL.arrow)],
      LEVEL.arrow,
    );
  },
  getattr: (e, args) => {
    const name = constantText(args.get(1) as Expression);
    if (name === undefined) return call(e.py('getAttribute'), args.all());
    const value = member(castAny(args.value(0)), camelCase(name));
    return args.has(2) ? js([value.doc, ' ?? ', wrap(args.value(2), LEVEL.or)], LEVEL.nullish) : value;
  },
  open: (e, args) => {
    const mode = args.get(1, 'mode');
    const isBinary = mode && constantText(mode)?.includes('b');
    return newOf(e.py(isBinary ? 'BinaryFile' : 'TextFile'), [
      args.present(0, 'file'),
      ...(mode ? [e.expression(mode)] : []),
    ]);
  },
  next: (e, args) => {
    const node = args.get(0) as Expression;
    if (node.nodeType === 'GeneratorExp') {
      const found = js([wrap(e.expression(node), LEVEL.primary), '[0]'], LEVEL.primary);
      return args.has(1) ? js([found.doc, ' ?? ', wrap(args.value(1), LEVEL.or)], LEVEL.nullish) : found;
    }
    if (!args.has(1)) return member(call(member(e.expression(node), 'next'), []), 'value');
    // `next(iter(items), default)`: the first of them.
    const source =
      node.nodeType === 'Call' && e.source(node.func) === 'iter' && node.args[0] ? node.args[0] : node;
    return call(e.py('first'), [iterable(e, source), args.value(1)]);
  },
  iter: (e, args) =>
    call(primary([wrap(iterable(e, args.get(0) as Expression), LEVEL.primary), '[Symbol.iterator]']), []),
  super: (e) => (e.fn ? primary('super') : e.refuse()),
  exit: () => call(primary('process.exit'), []),
  type: (_e, args) => member(args.value(0), 'constructor'),
};

/** Whether JavaScript takes the items of something for true as Python does. */
function isScalar(e: Emitter, node: Expression): boolean {
  const atom = e.type(node).single;
  const items = atom?.kind === 'list' ? atom.cell.elem : atom && 'elem' in atom ? atom.elem : undefined;
  return items?.is('str', 'int', 'float', 'bool', 'none') ?? false;
}

function hasattrName(e: Emitter, node: Expression): Js {
  const name = constantText(node);
  if (name === '__name__') return text('name');
  return name === undefined ? call(e.py('attributeName'), [e.expression(node)]) : text(camelCase(name));
}

function isSafeToLog(e: Emitter, node: Expression): boolean {
  return (
    e.type(node).is('int', 'str') ||
    node.nodeType === 'JoinedStr' ||
    e.type(node).atoms.some((atom) => atom.kind === 'instance' && /(Error|Exception)$/.test(atom.name))
  );
}

function first(value: Js): unknown {
  let doc: unknown = value.doc;
  while (Array.isArray(doc)) doc = doc[0];
  return doc;
}

function flat(doc: Js['doc']): string {
  return print(doc, Number.POSITIVE_INFINITY);
}

function copyOf(e: Emitter, node: Expression): Js {
  if (node.nodeType === 'GeneratorExp') return e.expression(node);
  const value = arrayFrom(e, node);
  const atom = e.type(node).single;
  return atom?.kind === 'list' || atom?.kind === 'tuple' ? spread(value) : value;
}

function dictionary(e: Emitter, args: Arguments): Js {
  const { node } = args;
  const source = args.get(0);
  const cell = e.type(node).atom('dict')?.cell;
  const named = node.keywords.map(({ arg, value }) =>
    arg ? namedProperty(arg, wrap(e.expression(value), LEVEL.arrow)) : emitProperty(e, null, value),
  );
  if (!source)
    return cell && isMap(cell) && node.keywords.length === 0 ? primary('new Map()') : object(named);
  const from = e.type(source);
  const isCookies = from.has('instance microdot.Cookies') || from.has('instance microdot.SessionDict');
  if (cell && isMap(cell)) return newOf(primary('Map'), [e.present(source)]);
  if (from.atom('dict') || isCookies || from.isAny)
    return object([['...', wrap(e.present(source), LEVEL.unary)], ...named]);
  if (from.has('instance microdot.MultiDict')) return call(member(e.present(source), 'toJSON'), []);
  const made = call(primary('Object.fromEntries'), [iterable(e, source)]);
  return named.length === 0 ? made : object([['...', made.doc], ...named]);
}
