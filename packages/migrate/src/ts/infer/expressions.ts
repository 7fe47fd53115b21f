import type { Attribute, Comprehension, Dict, Expression, Subscript } from '../../python/tree.ts';
import { ATTRIBUTES } from '../known/returns.ts';
import { type ClassInfo, type FunctionInfo, type ModuleInfo, methodOf, positional } from '../program.ts';
import { container, dictOf, listOf, named, plain, Type, tupleOf } from '../types/type.ts';
import { bindTarget, constantIndex, constantText, fieldOf } from './assign.ts';
import { inferCall } from './calls.ts';
import { takeDict } from './dictionaries.ts';
import type { Inference, Place } from './infer.ts';
import { functionType } from './objects.ts';

/** What an expression gives. */
export function inferExpression(infer: Inference, node: Expression, place: Place): Type {
  const of = (child: Expression) => infer.expression(child, place);
  switch (node.nodeType) {
    case 'Constant':
      return CONSTANTS[node.type] ?? new Type();
    case 'JoinedStr':
    case 'TemplateStr':
      node.values.forEach(of);
      return plain('str');
    case 'FormattedValue':
    case 'Interpolation':
      of(node.value);
      if (node.format_spec) of(node.format_spec);
      return plain('str');
    case 'Name':
      return infer.name(node, place);
    case 'Attribute':
      return inferAttribute(infer, node, of(node.value));
    case 'Subscript':
      return inferSubscript(infer, node, of(node.value), of(node.slice));
    case 'Slice':
      for (const part of [node.lower, node.upper, node.step]) if (part) of(part);
      return new Type();
    case 'Call':
      return inferCall(infer, node, place);
    case 'BoolOp': {
      const type = Type.scratch();
      const types = node.values.map(of);
      const isForm = types[0]?.has('instance microdot.MultiDict');
      types.forEach((each, i) => {
        const isLast = i === types.length - 1;
        // An empty dictionary in place of a form is an empty form.
        if (isForm && isEmptyDict(node.values[i] as Expression)) return;
        if (isLast) type.take(each);
        else if (node.op.nodeType === 'Or') type.take(each.present);
        // What is false goes on: no object is.
        else type.take(Type.of(...each.atoms.filter(({ kind }) => kind !== 'instance' && kind !== 'named')));
      });
      return type;
    }
    case 'IfExp': {
      of(node.test);
      const type = Type.scratch();
      type.take(of(node.body));
      type.take(of(node.orelse));
      return type;
    }
    case 'UnaryOp': {
      const operand = of(node.operand);
      if (node.op.nodeType === 'Not') return plain('bool');
      return operand.is('bool') ? plain('int') : operand;
    }
    case 'BinOp':
      return inferBinary(node.op.nodeType, of(node.left), of(node.right));
    case 'Compare':
      of(node.left);
      node.comparators.forEach(of);
      return plain('bool');
    case 'List':
    case 'Tuple':
    case 'Set':
      return inferSequence(infer, node, node.elts, place);
    case 'Dict':
      return inferDict(infer, node, place);
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp': {
      generators(infer, node.generators, place);
      const elem = of(node.elt);
      const kind = node.nodeType;
      const type = infer.once(node, 'items', () =>
        kind === 'ListComp'
          ? listOf(new Type())
          : container(kind === 'SetComp' ? 'set' : 'iterator', new Type()),
      );
      (type.atom('list')?.cell ?? type.atom('set') ?? type.atom('iterator'))?.elem.take(elem);
      return type;
    }
    case 'DictComp': {
      generators(infer, node.generators, place);
      const type = infer.once(node, 'items', () => dictOf(new Type(), new Type()));
      type.atom('dict')?.cell.keys.take(of(node.key));
      type.atom('dict')?.cell.values.take(of(node.value));
      return type;
    }
    case 'Lambda':
      infer.lambda(node, place);
      for (const value of [...node.args.defaults, ...node.args.kw_defaults]) if (value) of(value);
      return infer.once(node, 'lambda', () =>
        functionType(infer.program.functions.get(node) as FunctionInfo),
      );
    case 'Await': {
      const value = of(node.value);
      return value.atom('promise')?.elem ?? value;
    }
    case 'Yield': {
      const type = node.value ? of(node.value) : plain('none');
      place.fn?.yields.take(type);
      return plain('none');
    }
    case 'YieldFrom':
      place.fn?.yields.take(infer.elements(of(node.value)));
      return plain('none');
    case 'NamedExpr': {
      const type = of(node.value);
      bindTarget(infer, node.target, type, place);
      return type;
    }
    case 'Starred':
      return of(node.value);
    default:
      return new Type();
  }
}

/** `{}` */
export function isEmptyDict(node: Expression): boolean {
  return node.nodeType === 'Dict' && node.keys.length === 0;
}

const CONSTANTS: Readonly<Record<string, Type>> = {
  str: plain('str'),
  bytes: plain('bytes'),
  int: plain('int'),
  float: plain('float'),
  bool: plain('bool'),
  none: plain('none'),
};

export function generators(infer: Inference, clauses: readonly Comprehension[], place: Place): void {
  for (const clause of clauses) {
    bindTarget(infer, clause.target, infer.elements(infer.expression(clause.iter, place)), place);
    for (const test of clause.ifs) infer.expression(test, place);
  }
}

function inferSequence(infer: Inference, node: Expression, items: readonly Expression[], place: Place): Type {
  const types = items.map((item) => infer.expression(item, place));
  const isStarred = items.some(({ nodeType }) => nodeType === 'Starred');
  if (node.nodeType === 'Tuple' && !isStarred) {
    const type = infer.once(node, 'items', () => tupleOf(...items.map(() => new Type())));
    for (const [i, item] of type.atom('tuple')?.items.entries() ?? []) item.take(types[i] as Type);
    return type;
  }
  const type = infer.once(node, 'items', () =>
    node.nodeType === 'Set'
      ? container('set', new Type())
      : listOf(
          new Type(),
          isStarred || items.length === 0 || items.length > 4 ? null : items.map(() => new Type()),
        ),
  );
  const cell = type.atom('list')?.cell;
  const elem = (cell ?? type.atom('set'))?.elem;
  items.forEach((item, i) => {
    const value = item.nodeType === 'Starred' ? infer.elements(types[i] as Type) : (types[i] as Type);
    if (cell?.shape) cell.shape[i]?.take(value);
    elem?.take(value);
  });
  return type;
}

function inferDict(infer: Inference, node: Dict, place: Place): Type {
  const type = infer.once(node, 'items', () => dictOf(new Type(), new Type(), false));
  const cell = type.atom('dict')?.cell;
  if (!cell) return type;
  cell.addMaker(node);
  node.keys.forEach((key, i) => {
    const value = infer.expression(node.values[i] as Expression, place);
    if (!key) {
      takeDict(type, value, node);
      return;
    }
    const name = constantText(key);
    const keyType = infer.expression(key, place);
    if (name !== undefined) cell.field(name, node).take(value);
    else cell.setDynamic();
    cell.keys.take(keyType);
    cell.takeValue(value);
  });
  return type;
}

function inferAttribute(infer: Inference, node: Attribute, value: Type): Type {
  const type = Type.scratch();
  for (const atom of value.atoms) {
    if (atom.kind === 'named') {
      const owner = atom.owner as ModuleInfo | ClassInfo | FunctionInfo | null;
      if (!owner) {
        const name = `${atom.name}.${node.attr}`;
        type.take(
          ATTRIBUTES[name]
            ? infer.once(node, name, ATTRIBUTES[name])
            : infer.once(node, name, () => named(name)),
        );
      } else if ('bindings' in owner) type.take(memberOf(infer, owner, node));
      else if (owner.kind === 'class')
        type.take(classMember(infer, owner, node.attr) ?? infer.attribute(owner, node.attr));
    } else if (atom.kind === 'instance') {
      const owner = atom.owner as ClassInfo | null;
      if (owner) type.take(classMember(infer, owner, node.attr) ?? infer.attribute(owner, node.attr));
      else if (atom.name === 'microdot.G') type.take(fieldOf(infer.program.globals, node.attr));
      else {
        const known = ATTRIBUTES[`${atom.name}.${node.attr}`];
        const added = infer.program.added.get(`${atom.name}.${node.attr}`);
        if (!known && added) type.take(added);
        if (known) type.take(infer.once(node, `${atom.name}.${node.attr}`, known));
      }
    }
  }
  return type;
}

function memberOf(infer: Inference, module: ModuleInfo, node: Attribute): Type {
  const binding = module.bindings.scope.names.get(node.attr);
  const found = binding ? infer.program.follow(module, binding) : infer.program.starred(module, node.attr);
  if (found) return infer.binding(found);
  const sub = infer.program.modules.get(`${module.name}.${node.attr}`);
  return sub ? infer.once(node, 'module', () => named(sub.name, sub, ' module')) : new Type();
}

function classMember(infer: Inference, owner: ClassInfo, name: string): Type | undefined {
  const method = methodOf(owner, name);
  if (!method) return undefined;
  const isProperty =
    'decorator_list' in method.node &&
    method.node.decorator_list.some(
      (decorator) => decorator.nodeType === 'Name' && /^(cached_)?property$/.test(decorator.id),
    );
  return isProperty ? method.returns : infer.once(method.node, 'method', () => functionType(method));
}

function inferSubscript(infer: Inference, node: Subscript, value: Type, key: Type): Type {
  const type = Type.scratch();
  const isSlice = node.slice.nodeType === 'Slice';
  const at = constantIndex(node.slice);
  for (const atom of value.atoms) {
    if (isSlice) {
      if (atom.kind === 'tuple') {
        const list = infer.once(node, 'slice', () => listOf(new Type()));
        list.atom('list')?.cell.elem.take(infer.elements(Type.of(atom)));
        type.take(list);
      } else if (atom.kind === 'list' && atom.cell.shape) {
        const list = infer.once(node, 'slice', () => listOf(new Type()));
        list.atom('list')?.cell.elem.take(atom.cell.elem);
        type.take(list);
      } else type.add(atom);
    } else if (atom.kind === 'list')
      type.take((at === undefined ? undefined : atom.cell.shape?.at(at)) ?? atom.cell.elem);
    else if (atom.kind === 'tuple')
      type.take((at === undefined ? undefined : atom.items.at(at)) ?? infer.elements(Type.of(atom)));
    else if (atom.kind === 'dict') {
      const name = constantText(node.slice);
      if (name === undefined) atom.cell.setDynamic();
      // A key of JSON or of a template may be anything; one that is written out has its own type.
      const field = name === undefined ? undefined : atom.cell.fields.get(name);
      type.take(field?.type ?? atom.cell.values);
      if (name === undefined) atom.cell.keys.take(key);
    } else if (atom.key === 'str') type.take(plain('str'));
    else if (atom.key === 'bytes') type.take(plain('int'));
    else if (atom.key === 'any') type.take(plain('any'));
    else if (atom.kind === 'instance' && atom.owner) {
      const getter = methodOf(atom.owner as ClassInfo, '__getitem__');
      const [name] = getter ? positional(getter) : [];
      if (getter && name !== undefined) infer.parameter(getter, name, key);
      type.take(getter ? getter.returns : plain('any'));
    } else if (atom.kind === 'instance') type.take(instanceItem(infer, atom.name, node));
  }
  return type;
}

function instanceItem(infer: Inference, name: string, node: Subscript): Type {
  const key = constantText(node.slice);
  if (name === 'microdot.SessionDict') {
    if (key === undefined) infer.program.isSessionOpen = true;
    return key === undefined ? plain('any') : fieldOf(infer.program.session, key);
  }
  if (/^(microdot\.(RequestHeaders|ResponseHeaders|MultiDict|Cookies)|os\.environ|re\.Match)$/.test(name))
    return plain('str');
  return plain('any');
}

const NUMBERS = ['int', 'float', 'bool'] as const;

function isDate(type: Type): boolean {
  return ['datetime', 'aware', 'date'].some((name) => type.has(`instance datetime.${name}`));
}

function inferBinary(operator: string, left: Type, right: Type): Type {
  if (operator === 'Div') {
    if (left.has('instance pathlib.Path')) return left;
    if (right.has('instance pathlib.Path')) return right;
  }
  if (operator === 'Mod' && left.is('str')) return plain('str');
  if (operator === 'Mod' && left.is('bytes')) return plain('bytes');
  if (left.is(...NUMBERS) && right.is(...NUMBERS)) {
    if (operator === 'Div') return plain('float');
    return left.has('float') || right.has('float') ? plain('float') : plain('int');
  }
  if (operator === 'Add') {
    if (left.is('str') || right.is('str')) return plain('str');
    if (left.is('bytes') || right.is('bytes')) return plain('bytes');
    const type = Type.scratch();
    type.take(left.present);
    if (left.atom('list') || right.atom('list')) type.take(right.present);
    return left.isAny || right.isAny ? new Type() : type;
  }
  if (operator === 'Mult') {
    if (left.is('str') || right.is('str')) return plain('str');
    if (left.is('bytes') || right.is('bytes')) return plain('bytes');
    if (left.atom('list')) return left;
    if (right.atom('list')) return right;
  }
  if (operator === 'Add' && isDate(right)) return right;
  if (operator === 'Sub' && isDate(left)) {
    return isDate(right)
      ? Type.of({
          kind: 'instance',
          key: 'instance datetime.timedelta',
          name: 'datetime.timedelta',
          owner: null,
        })
      : left;
  }
  if (left.atom('set')) return left;
  if (operator === 'BitOr' && left.atom('dict') && right.atom('dict')) {
    const type = Type.scratch();
    type.take(left.present);
    type.take(right.present);
    return type;
  }
  if (operator === 'Div' && left.is(...NUMBERS)) return plain('float');
  if (left.is('float') || right.is('float')) return plain('float');
  return new Type();
}
