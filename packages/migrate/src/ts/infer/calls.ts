import type { Call, Expression } from '../../python/tree.ts';
import { BYTES, METHODS, RETURNS, TEXT } from '../known/returns.ts';
import {
  allFieldsOf,
  baseNameOf,
  type ClassInfo,
  type FunctionInfo,
  fieldsOf,
  isUnbound,
  lineage,
  methodOf,
  positional,
} from '../program.ts';
import {
  type Atom,
  container,
  dictOf,
  type Fallback,
  instance,
  listOf,
  plain,
  Type,
  tupleOf,
} from '../types/type.ts';
import { constantText, fieldOf } from './assign.ts';
import { takeDict } from './dictionaries.ts';
import { inferDirectRoute } from './functions.ts';
import type { Inference, Place } from './infer.ts';
import { mayBeBytes } from './messages.ts';
import { instanceType, resultType } from './objects.ts';

/** What a call gives; what it is given flows into the parameters of what is called. */
export function inferCall(infer: Inference, node: Call, place: Place): Type {
  const args = node.args.map((arg) => infer.expression(arg, place));
  for (const keyword of node.keywords) infer.expression(keyword.value, place);
  const callee = infer.expression(node.func, place);
  inferDirectRoute(infer, node);
  const type = Type.scratch();
  if (node.func.nodeType === 'Attribute')
    type.take(inferMethod(infer, node, node.func.attr, infer.program.typeOf(node.func.value), args, place));
  for (const atom of callee.atoms) {
    if (atom.kind !== 'named') continue;
    const owner = atom.owner as FunctionInfo | ClassInfo | { kind?: undefined } | null;
    if (owner?.kind === 'function') {
      const isUnboundCall = isUnbound(infer.program, node, owner);
      passArguments(infer, owner, isUnboundCall ? { ...node, args: node.args.slice(1) } : node);
      type.take(resultType(infer, owner));
    } else if (owner?.kind === 'class') {
      const init = methodOf(owner, '__init__');
      if (init) passArguments(infer, init, node);
      else if (owner.isDataclass) passFields(infer, owner, node);
      type.take(infer.once(node, 'instance', () => instanceType(owner)));
    } else if (!owner) type.take(inferNamed(infer, node, atom.name, args));
  }
  return type;
}

function passFields(infer: Inference, info: ClassInfo, node: Call): void {
  const names = allFieldsOf(info);
  node.args.forEach((arg, i) => {
    if (names[i]) infer.attribute(info, names[i] as string).take(infer.program.typeOf(arg));
  });
  for (const { arg, value } of node.keywords)
    if (arg) infer.attribute(info, arg).take(infer.program.typeOf(value));
}

function passArguments(infer: Inference, info: FunctionInfo, node: Call): void {
  const names = positional(info);
  const { vararg, kwarg, kwonlyargs } = info.node.args;
  node.args.forEach((arg, i) => {
    const type = infer.program.typeOf(arg);
    if (arg.nodeType === 'Starred') return;
    const name = names[i];
    if (name) infer.parameter(info, name, type);
    else if (vararg)
      infer
        .once(vararg, 'rest', () => listOf(new Type()))
        .atom('list')
        ?.cell.elem.take(type);
  });
  for (const { arg, value } of node.keywords) {
    const type = infer.program.typeOf(value);
    const rest = kwarg && infer.once(kwarg, 'rest', () => dictOf(plain('str'), new Type()));
    if (!arg) {
      const cell = type.atom('dict')?.cell;
      for (const [name, field] of cell?.fields ?? [])
        if (names.includes(name)) infer.parameter(info, name, field.type);
      if (rest) takeDict(rest, type);
    } else if (names.includes(arg) || kwonlyargs.some((each) => each.arg === arg))
      infer.parameter(info, arg, type);
    else rest?.atom('dict')?.cell.values.take(type);
  }
}

function inferNamed(infer: Inference, node: Call, name: string, args: readonly Type[]): Type {
  const [first = new Type()] = args;
  const keyword = (wanted: string) => node.keywords.find(({ arg }) => arg === wanted)?.value;
  const fresh = (elem: Type) => {
    const type = infer.once(node, 'list', () => listOf(new Type()));
    type.atom('list')?.cell.elem.take(elem);
    return type;
  };
  switch (name) {
    case 'builtins.list':
      return fresh(infer.elements(first));
    case 'builtins.tuple':
    case 'builtins.reversed':
      return fresh(infer.elements(first));
    case 'builtins.sorted': {
      const elem = infer.elements(first);
      callBack(infer, keyword('key'), [elem]);
      return fresh(elem);
    }
    case 'builtins.set':
    case 'builtins.frozenset': {
      const type = infer.once(node, 'set', () => container('set', new Type()));
      type.atom('set')?.elem.take(infer.elements(first));
      return type;
    }
    case 'builtins.dict':
    case 'collections.OrderedDict':
    case 'collections.defaultdict':
      return inferDictCall(infer, node, name, first);
    case 'builtins.enumerate': {
      const pair = infer.once(node, 'pair', () => tupleOf(plain('int'), new Type()));
      pair.atom('tuple')?.items[1]?.take(infer.elements(first));
      return infer.once(node, 'items', () => container('iterator', pair));
    }
    case 'builtins.zip': {
      const pair = infer.once(node, 'pair', () => tupleOf(...args.map(() => new Type())));
      for (const [i, item] of pair.atom('tuple')?.items.entries() ?? [])
        item.take(infer.elements(args[i] as Type));
      return infer.once(node, 'items', () => container('iterator', pair));
    }
    case 'builtins.map': {
      const result = callBack(
        infer,
        node.args[0],
        args.slice(1).map((arg) => infer.elements(arg)),
      );
      const type = infer.once(node, 'items', () => container('iterator', new Type()));
      type.atom('iterator')?.elem.take(result);
      return type;
    }
    case 'builtins.filter': {
      const elem = infer.elements(args[1] ?? new Type());
      callBack(infer, node.args[0], [elem]);
      const type = infer.once(node, 'items', () => container('iterator', new Type()));
      type.atom('iterator')?.elem.take(elem);
      return type;
    }
    case 'builtins.min':
    case 'builtins.max': {
      const elem = Type.scratch();
      if (args.length > 1) for (const arg of args) elem.take(arg);
      else elem.take(infer.elements(first));
      callBack(infer, keyword('key'), [elem]);
      const fallback = keyword('default');
      if (fallback) elem.take(infer.program.typeOf(fallback));
      return elem;
    }
    case 'builtins.next':
    case 'random.choice':
      return name === 'builtins.next' && args[1]
        ? withType(infer.elements(first), args[1])
        : infer.elements(first);
    case 'builtins.iter':
      return first;
    case 'builtins.sum':
      return infer.elements(first).is('float')
        ? plain('float')
        : infer.elements(first).is('int', 'bool')
          ? plain('int')
          : new Type();
    case 'builtins.abs':
    case 'micropython.const':
      return first;
    case 'builtins.round':
      return args.length > 1 ? plain('float') : plain('int');
    case 'random.sample':
      return fresh(infer.elements(first));
    case 'copy.copy':
    case 'copy.deepcopy':
      return first;
    case 'collections.deque':
      return fresh(infer.elements(first));
    case 'collections.Counter': {
      const type = infer.once(node, 'items', () => dictOf(new Type(), plain('int')));
      const cell = type.atom('dict')?.cell;
      cell?.setFallback('count');
      cell?.keys.take(infer.elements(first));
      return type;
    }
    case 'datetime.datetime':
    case 'datetime.datetime.now':
    case 'datetime.datetime.fromtimestamp': {
      const zone =
        keyword(name === 'datetime.datetime' ? 'tzinfo' : 'tz') ?? node.args[ZONE_AT[name] as number];
      return instance(zone ? 'datetime.aware' : 'datetime.datetime');
    }
    case 'dataclasses.asdict':
    case 'builtins.vars':
      return fieldsDict(infer, node, first);
    case 'dataclasses.replace':
      return first;
    case 'itertools.chain': {
      const type = infer.once(node, 'list', () => listOf(new Type()));
      for (const arg of args) type.atom('list')?.cell.elem.take(infer.elements(arg));
      return type;
    }
    case 'functools.reduce': {
      const elem = infer.elements(args[1] ?? new Type());
      const both = withType(
        args[2] ?? elem,
        callBack(infer, node.args[0], [withType(args[2] ?? elem, elem), elem]),
      );
      return both;
    }
    case 'itertools.chain.from_iterable':
      return fresh(infer.elements(infer.elements(first)));
    case 'itertools.takewhile':
    case 'itertools.dropwhile': {
      const elem = infer.elements(args[1] ?? new Type());
      callBack(infer, node.args[0], [elem]);
      return fresh(elem);
    }
    case 'itertools.groupby': {
      const elem = infer.elements(first);
      const key = node.args[1] ?? keyword('key');
      const pair = infer.once(node, 'pair', () => tupleOf(new Type(), listOf(new Type())));
      const [name, items] = pair.atom('tuple')?.items ?? [];
      name?.take(key ? callBack(infer, key, [elem]) : elem);
      items?.atom('list')?.cell.elem.take(elem);
      return infer.once(node, 'items', () => listOf(pair));
    }
    case 'itertools.accumulate':
      callBack(infer, node.args[1], [infer.elements(first), infer.elements(first)]);
      return fresh(infer.elements(first));
    case 'itertools.cycle': {
      const type = infer.once(node, 'items', () => container('iterator', new Type()));
      type.atom('iterator')?.elem.take(infer.elements(first));
      return type;
    }
    case 'itertools.repeat':
      return fresh(first);
    case 'itertools.permutations':
    case 'itertools.combinations': {
      const each = infer.once(node, 'each', () => listOf(new Type()));
      each.atom('list')?.cell.elem.take(infer.elements(first));
      return infer.once(node, 'items', () => listOf(each));
    }
    case 'itertools.product':
    case 'itertools.zip_longest':
      return infer.once(node, 'items', () => listOf(listOf(plain('any'))));
    case 'itertools.starmap':
      return infer.once(node, 'items', () => listOf(plain('any')));
    case 'itertools.islice':
    case 'random.choices':
      return fresh(infer.elements(first));
    case 'secrets.choice':
      return infer.elements(first);
    case 'os.getenv':
      return args[1] ? withType(plain('str'), args[1]) : plain('str', 'none');
    case 'builtins.open':
    case 'io.open': {
      const mode = node.args[1] ?? keyword('mode');
      return mode && constantText(mode)?.includes('b') ? instance('io.BinaryFile') : instance('io.TextFile');
    }
    case 're.sub':
      callBack(infer, node.args[1], [instance('re.Match')]);
      return plain('str');
    case 're.finditer':
      return infer.once(node, 'matches', () => container('iterator', instance('re.Match')));
    case 'asyncio.create_task':
      return instance('asyncio.Task');
    case 'microdot.update_session':
      if (args[1] && !args[1].has('instance microdot.SessionDict')) sessionFrom(infer, args[1]);
      return plain('none');
    default: {
      const known = RETURNS[name];
      if (known) return infer.once(node, name, known);
      return /(Error|Exception|Interrupt|Exit)$/.test(name)
        ? Type.of({ kind: 'instance', key: `instance ${name}`, name, owner: null })
        : new Type();
    }
  }
}

/** Where the zone stands among the arguments. */
const ZONE_AT: Readonly<Record<string, number>> = {
  'datetime.datetime': 7,
  'datetime.datetime.now': 0,
  'datetime.datetime.fromtimestamp': 1,
};

/** A dictionary of the fields of an object of a class of the project. */
function fieldsDict(infer: Inference, node: Call, self: Type): Type {
  const type = infer.once(node, 'fields', () => dictOf(plain('str'), new Type(), false));
  const cell = type.atom('dict')?.cell;
  const atom = self.single;
  const owner = atom?.kind === 'instance' ? (atom.owner as ClassInfo | null) : null;
  if (!cell || !owner) return plain('any');
  cell.addMaker(node);
  for (const info of lineage(owner)) {
    for (const [name, field] of info.attributes) {
      if (info.isDataclass && !fieldsOf(info).includes(name)) continue;
      cell.field(name, node).take(field);
      cell.takeValue(field);
    }
  }
  return type;
}

function sessionFrom(infer: Inference, type: Type): void {
  const cell = type.atom('dict')?.cell;
  if (!cell || cell.isDynamic) infer.program.isSessionOpen = true;
  for (const [name, field] of cell?.fields ?? []) fieldOf(infer.program.session, name).take(field.type);
}

function withType(type: Type, other: Type): Type {
  const both = Type.scratch();
  both.take(type);
  both.take(other);
  return both;
}

function inferDictCall(infer: Inference, node: Call, name: string, first: Type): Type {
  const type = infer.once(node, 'items', () => dictOf(new Type(), new Type(), false));
  const cell = type.atom('dict')?.cell;
  if (!cell) return type;
  cell.addMaker(node);
  if (name === 'collections.defaultdict') {
    cell.setDynamic();
    const factory = node.args[0] && infer.program.typeOf(node.args[0]).single;
    const made = factory?.kind === 'named' && !factory.owner ? DEFAULTS[factory.name] : undefined;
    if (made) {
      cell.setFallback(made.fallback);
      cell.values.take(infer.once(node, 'made', made.type));
    }
    return type;
  }
  if (node.args.length > 0) {
    if (first.atom('dict')) takeDict(type, first, node);
    else if (
      first.has('instance microdot.SessionDict') ||
      first.isAny ||
      first.has('instance microdot.Cookies')
    )
      takeDict(type, plain('any'));
    else {
      cell.setDynamic();
      for (const atom of infer.elements(first).atoms) {
        if (atom.kind !== 'tuple') continue;
        cell.keys.take(atom.items[0] as Type);
        if (atom.items[1]) cell.values.take(atom.items[1]);
      }
    }
  }
  for (const { arg, value } of node.keywords) {
    const valueType = infer.program.typeOf(value);
    if (!arg) takeDict(type, valueType, node);
    else {
      cell.field(arg, node).take(valueType);
      cell.keys.take(plain('str'));
      cell.takeValue(valueType);
    }
  }
  return type;
}

/** What `defaultdict` makes, by what it is given. */
const DEFAULTS: Readonly<Record<string, { fallback: Fallback; type: () => Type }>> = {
  'builtins.list': { fallback: '[]', type: () => listOf(new Type()) },
  'builtins.dict': { fallback: '{}', type: () => dictOf(new Type(), new Type()) },
  'builtins.set': { fallback: 'new Set()', type: () => container('set', new Type()) },
  'builtins.int': { fallback: '0', type: () => plain('int') },
  'builtins.float': { fallback: '0', type: () => plain('float') },
  'builtins.str': { fallback: "''", type: () => plain('str') },
};

/** Calls a function that was given as an argument, as far as types go. */
function callBack(infer: Inference, node: Expression | undefined, args: readonly Type[]): Type {
  const type = Type.scratch();
  if (!node) return type;
  for (const atom of infer.program.typeOf(node).atoms) {
    if (atom.kind !== 'named') continue;
    const owner = atom.owner as FunctionInfo | null;
    if (owner?.kind === 'function') {
      positional(owner).forEach((name, i) => {
        if (args[i]) infer.parameter(owner, name, args[i]);
      });
      type.take(owner.returns);
    } else if (!owner) type.take(RETURNS[atom.name]?.() ?? new Type());
  }
  return type;
}

function inferMethod(
  infer: Inference,
  node: Call,
  name: string,
  self: Type,
  args: readonly Type[],
  place: Place,
): Type {
  const type = Type.scratch();
  for (const atom of self.atoms) {
    if (atom.kind === 'list') type.take(listMethod(infer, node, name, atom, args));
    else if (atom.kind === 'dict') type.take(dictMethod(infer, node, name, Type.of(atom), args));
    else if (atom.kind === 'set') {
      if (name === 'add' && args[0]) atom.elem.take(args[0]);
      else if (name === 'update' && args[0]) atom.elem.take(infer.elements(args[0]));
      else if (name === 'pop') type.take(atom.elem);
      else if (['union', 'intersection', 'difference', 'copy', 'symmetric_difference'].includes(name))
        type.add(atom);
      else if (name.startsWith('is')) type.take(plain('bool'));
    } else if (atom.key === 'str') {
      if (TEXT[name]) type.take(infer.once(node, 'text', TEXT[name]));
    } else if (atom.key === 'int' && name === 'to_bytes') {
      type.take(plain('bytes'));
    } else if (atom.key === 'bytes') {
      if (BYTES[name]) type.take(infer.once(node, 'bytes', BYTES[name]));
    } else if (atom.key === 'any') type.take(plain('any'));
    else if (atom.kind === 'instance' && atom.owner && name === '_asdict')
      type.take(fieldsDict(infer, node, Type.of(atom)));
    else if (atom.kind === 'instance' && atom.owner && name === '_replace') type.add(atom);
    else if (atom.kind === 'instance' && !atom.owner)
      type.take(instanceMethod(infer, node, name, atom.name, args, place));
    else if (atom.kind === 'instance' && !methodOf(atom.owner as ClassInfo, name))
      type.take(instanceMethod(infer, node, name, baseNameOf(atom.owner) ?? '', args, place));
  }
  return type;
}

function listMethod(
  infer: Inference,
  node: Call,
  name: string,
  atom: Extract<Atom, { kind: 'list' }>,
  args: readonly Type[],
): Type {
  const { cell } = atom;
  const [first, second] = args;
  switch (name) {
    case 'append':
    case 'appendleft':
      cell.unshape();
      if (first) cell.elem.take(first);
      return plain('none');
    case 'insert':
      cell.unshape();
      if (second) cell.elem.take(second);
      return plain('none');
    case 'extend':
      cell.unshape();
      if (first) cell.elem.take(infer.elements(first));
      return plain('none');
    case 'pop':
    case 'popleft':
      cell.unshape();
      return cell.elem;
    case 'remove':
    case 'clear':
      cell.unshape();
      return plain('none');
    case 'copy': {
      const type = infer.once(node, 'list', () => listOf(new Type()));
      type.atom('list')?.cell.elem.take(cell.elem);
      return type;
    }
    case 'index':
    case 'count':
      return plain('int');
    case 'sort': {
      const key = node.keywords.find(({ arg }) => arg === 'key')?.value;
      callBack(infer, key, [cell.elem]);
      return plain('none');
    }
    default:
      return plain('none');
  }
}

function dictMethod(infer: Inference, node: Call, name: string, self: Type, args: readonly Type[]): Type {
  const cell = self.atom('dict')?.cell;
  if (!cell) return new Type();
  const [key, fallback] = args;
  const text = node.args[0] && constantText(node.args[0]);
  const value = () => (text === undefined ? cell.values : (cell.fields.get(text)?.type ?? cell.values));
  const dynamic = () => {
    if (text === undefined) {
      cell.setDynamic();
      if (key) cell.keys.take(key);
    }
  };
  const items = (elem: Type) => {
    const type = infer.once(node, 'items', () => container('iterator', new Type()));
    type.atom('iterator')?.elem.take(elem);
    return type;
  };
  switch (name) {
    case 'get':
      dynamic();
      return withType(value(), fallback ?? plain('none'));
    case 'pop':
      if (text !== undefined) cell.forget(text);
      dynamic();
      return fallback ? withType(value(), fallback) : value();
    case 'setdefault':
      dynamic();
      if (text !== undefined) cell.field(text);
      if (fallback) (text === undefined ? cell.values : cell.field(text)).take(fallback);
      if (fallback) cell.takeValue(fallback);
      if (key) cell.keys.take(key);
      return value();
    case 'keys':
      cell.setDynamic();
      return items(cell.fields.size > 0 ? plain('str') : cell.keys);
    case 'values':
      cell.setDynamic();
      return items(allValues(self));
    case 'items': {
      cell.setDynamic();
      const pair = infer.once(node, 'pair', () => tupleOf(new Type(), new Type()));
      pair.atom('tuple')?.items[0]?.take(cell.keys);
      pair.atom('tuple')?.items[1]?.take(allValues(self));
      return items(pair);
    }
    case 'update':
      if (args[0]) takeDict(self, args[0]);
      for (const { arg, value: each } of node.keywords) {
        const type = infer.program.typeOf(each);
        if (!arg) takeDict(self, type);
        else {
          cell.field(arg).take(type);
          cell.keys.take(plain('str'));
          cell.takeValue(type);
        }
      }
      return plain('none');
    case 'clear':
      for (const field of cell.fields.keys()) cell.forget(field);
      return plain('none');
    case 'most_common': {
      const pair = infer.once(node, 'pair', () => tupleOf(cell.keys, cell.values));
      return infer.once(node, 'items', () => listOf(pair));
    }
    case 'popitem':
      cell.setDynamic();
      return infer.once(node, 'pair', () => tupleOf(cell.keys, cell.values));
    case 'copy':
      return self;
    default:
      return plain('none');
  }
}

function allValues(self: Type): Type {
  const cell = self.atom('dict')?.cell;
  const type = Type.scratch();
  if (!cell) return type;
  type.take(cell.values);
  for (const field of cell.fields.values()) type.take(field.type);
  return type;
}

function instanceMethod(
  infer: Inference,
  node: Call,
  name: string,
  owner: string,
  args: readonly Type[],
  place: Place,
): Type {
  if (owner === 'microdot.SessionDict') return sessionMethod(infer, node, name, args);
  if (owner === 'microdot.MultiDict' && name === 'get') return multiDictGet(infer, node, args);
  if (owner === 'microdot.MultiDict' && name === 'getlist') {
    const type = infer.once(node, 'list', () => listOf(new Type()));
    type.atom('list')?.cell.elem.take(converted(infer, node));
    return type;
  }
  if (name === 'get' && args[1] && /(Headers|Cookies|environ)$/.test(owner))
    return withType(plain('str'), args[1]);
  // Handlers of Microdot 1.x may be synchronous, and then nothing is awaited.
  const isAwaited = node.parent?.nodeType === 'Await' || isTask(node);
  if (owner === 'microdot.WebSocket' && !isAwaited)
    return name === 'receive' ? message(node, place) : plain('none');
  if (owner === 'microdot.WebSocket')
    return name === 'receive'
      ? infer.once(node, 'message', () => container('promise', message(node, place)))
      : infer.once(node, 'sent', () => container('promise', plain('none')));
  if (owner === 'pathlib.Path' && name === 'open') {
    const mode = node.args[0] ?? node.keywords.find(({ arg }) => arg === 'mode')?.value;
    return instance(mode && constantText(mode)?.includes('b') ? 'io.BinaryFile' : 'io.TextFile');
  }
  if (owner === 're.Pattern' && name === 'sub') callBack(infer, node.args[0], [instance('re.Match')]);
  const known = METHODS[`${owner}.${name}`];
  return known ? infer.once(node, `${owner}.${name}`, known) : new Type();
}

/** What a WebSocket receives: bytes too, where the program asks. */
function message(node: Call, place: Place): Type {
  return mayBeBytes(place.module, node) ? plain('str', 'bytes') : plain('str');
}

/** What is given to `create_task` and its like is a coroutine. */
function isTask(node: Call): boolean {
  const func = node.parent?.nodeType === 'Call' ? node.parent.func : undefined;
  const name = func?.nodeType === 'Attribute' ? func.attr : func?.nodeType === 'Name' ? func.id : '';
  return /^(create_task|ensure_future|gather|wait_for|run_until_complete|run)$/.test(name);
}

function converted(infer: Inference, node: Call): Type {
  const type = node.keywords.find(({ arg }) => arg === 'type')?.value ?? node.args[2];
  return type ? callBack(infer, type, []) : plain('str');
}

function multiDictGet(infer: Inference, node: Call, args: readonly Type[]): Type {
  const fallback = node.keywords.find(({ arg }) => arg === 'default')?.value;
  return withType(
    converted(infer, node),
    args[1] ?? (fallback ? infer.program.typeOf(fallback) : plain('none')),
  );
}

function sessionMethod(infer: Inference, node: Call, name: string, args: readonly Type[]): Type {
  const text = node.args[0] && constantText(node.args[0]);
  if (name === 'save' || name === 'delete') return plain('none');
  if (text === undefined || !['get', 'pop', 'setdefault'].includes(name)) {
    infer.program.isSessionOpen = true;
    return plain('any');
  }
  const field = fieldOf(infer.program.session, text);
  if (name === 'setdefault') {
    if (args[1]) field.take(args[1]);
    return field;
  }
  return withType(field, args[1] ?? plain('none'));
}
