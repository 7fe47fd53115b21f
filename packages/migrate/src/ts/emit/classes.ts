import { walk } from '../../python/fields.ts';
import type {
  AnnAssign,
  Assign,
  ClassDef,
  Expression,
  FunctionDef,
  Name,
  Node,
  Statement,
} from '../../python/tree.ts';
import { type Doc, HARD, indent, list, print } from '../doc.ts';
import { classifyDecorator } from '../infer/decorators.ts';
import { block, type Js, LEVEL, quoted, wrap } from '../js.ts';
import {
  type ClassInfo,
  type FunctionInfo,
  firstParameter,
  isEnum,
  isField,
  isFieldsBase,
  isShape,
  isStatic,
  lineage,
  methodOf,
} from '../program.ts';
import { propertyName } from '../types/print.ts';
import { docComment } from './comments.ts';
import { startOf } from './declare.ts';
import { type Emitter, NotPorted } from './emitter.ts';
import { errorName } from './errorNames.ts';
import { docstring, functionLines, isAsyncHere, signature, withoutDocstring } from './functions.ts';
import { camelCase } from './names.ts';
import { parameterList } from './parameters.ts';
import { superFirst } from './superCalls.ts';
import { templateAliases } from './templateNames.ts';
import { notPorted, type Writer } from './writer.ts';

/** A class. */
export function emitClass(w: Writer, node: ClassDef): Doc[] {
  const { e } = w;
  const info = e.program.classes.get(node) as ClassInfo;
  if (isShape(info)) return shape(w, info);
  const [base, ...more] = node.bases.filter((each) => isRealBase(e, info, each));
  if (more.length > 0) return e.refuse();
  const parent = base ? ` extends ${baseName(e, base, info)}` : '';
  const members = [...attributes(e, info), ...(info.isDataclass ? dataclassMembers(e, info) : [])];
  const methods: Doc[] = [];
  for (const statement of node.body) {
    const comments = w.comments.before(startOf(statement));
    const lines = ported(w, info, statement);
    if (lines.length === 0) continue;
    const isMethod = statement.nodeType === 'FunctionDef' || statement.nodeType === 'AsyncFunctionDef';
    if (isMethod)
      methods.push([...comments, ...lines].flatMap((line, i) => (i === 0 ? [line] : [HARD, line])));
    else members.push(...comments, ...lines);
  }
  methods.push(...templateAliases(e, info));
  const body = [
    ...(members.length > 0 ? [members.flatMap((line, i) => (i === 0 ? [line] : [HARD, line]))] : []),
    ...methods,
  ];
  const binding = e.module.bindings.scopeOf(node).names.get(node.name);
  const name = e.names.get(node.name);
  const inner = body.flatMap((part, i): Doc[] => (i === 0 ? [part] : [HARD, HARD, part]));
  const written: Doc = body.length === 0 ? '{}' : ['{', indent([HARD, ...inner]), HARD, '}'];
  const isHoisted = binding !== undefined && w.declarations.isHoisted(binding);
  const isExported = w.isModule && binding !== undefined && e.out.exported.has(binding);
  const [before, after] = isHoisted ? [`${name} = `, ';'] : [isExported ? 'export ' : '', ''];
  return [...docComment(docstring(node)), [`${before}class ${name}${parent} `, written, after]];
}

/** A base that is a class here too, and does not only say something of this one. */
function isRealBase(e: Emitter, info: ClassInfo, base: Expression): boolean {
  if (/^(object|(abc\.)?ABC|(typing\.|typing_extensions\.)?(Protocol|Generic))\b/.test(e.source(base)))
    return false;
  const name = baseOf(e, base);
  // `class Color(str, Enum)`: what the members are, their values say.
  if (isEnum(info) && /^builtins\.(str|int)$/.test(name)) return false;
  return !isFieldsBase(name);
}

/** `class Move(TypedDict)` as what it is: an interface. */
function shape(w: Writer, info: ClassInfo): Doc[] {
  const { e } = w;
  const { node } = info;
  const binding = e.module.bindings.scopeOf(node).names.get(node.name);
  const isExported = w.isModule && binding !== undefined && e.out.exported.has(binding);
  const isPartial = node.keywords.some(({ arg }) => arg === 'total');
  const fields = node.body.flatMap((statement): Doc[] => {
    if (statement.nodeType !== 'AnnAssign' || statement.target.nodeType !== 'Name') return [];
    const type = info.attributes.get(statement.target.id);
    const mark = isPartial || /^(typing\.)?NotRequired\b/.test(e.source(statement.annotation)) ? '?' : '';
    return [`${propertyName(statement.target.id)}${mark}: ${type ? e.printType(type) : 'any'};`];
  });
  const head = `${isExported ? 'export ' : ''}interface ${e.names.get(node.name)} `;
  return [...docComment(docstring(node)), [head, block(fields)]];
}

function baseName(e: Emitter, base: Expression, info: ClassInfo): string {
  const atom = e.type(base).single;
  if (atom?.kind === 'named' && !atom.owner) {
    if (atom.name.startsWith('builtins.'))
      return /(Error|Exception)$/.test(atom.name)
        ? (errorName(e, atom.name.slice(9)).doc as string)
        : e.refuse();
    const isKnown = /^(microdot\.(HTTPException|Response|Request|Microdot)|enum\.(Enum|IntEnum|StrEnum))$/;
    if (!isKnown.test(atom.name)) return e.refuse();
    if (atom.name.startsWith('enum.')) {
      const value = info.attributes.get('value');
      return `${e.py('Enum').doc}<${value ? e.printType(value) : 'any'}>`;
    }
  }
  return flat(e.expression(base));
}

function baseOf(e: Emitter, base: Expression): string {
  const atom = e.type(base).single;
  return atom?.kind === 'named' && !atom.owner ? atom.name : '';
}

/** The properties that methods give to `self`, with their types. */
function attributes(e: Emitter, info: ClassInfo): Doc[] {
  const own = new Set<string>();
  const inConstructor = new Set<string>();
  for (const method of info.methods.values()) {
    const node = method.node as FunctionDef;
    const self = firstParameter(node);
    if (isStatic(method)) continue;
    for (const statement of node.body) {
      walk(statement, (inner) => {
        const targets =
          inner.nodeType === 'Assign'
            ? inner.targets
            : inner.nodeType === 'AugAssign' || inner.nodeType === 'AnnAssign'
              ? [inner.target]
              : [];
        for (const target of targets.flatMap((each) => ('elts' in each ? each.elts : [each]))) {
          if (target.nodeType !== 'Attribute' || target.value.nodeType !== 'Name' || target.value.id !== self)
            continue;
          own.add(target.attr);
          if (node.name === '__init__' && node.body.includes(inner as Statement))
            inConstructor.add(target.attr);
        }
        return true;
      });
    }
  }
  const declared = new Set(info.node.body.flatMap((statement) => classNames(statement)));
  const lines: Doc[] = [];
  for (const name of own) {
    const inherited = lineage(info).slice(1);
    if (
      declared.has(name) ||
      inherited.some((base) => e.out.members.ownOf(base).has(name)) ||
      methodOf(info, name)
    )
      continue;
    const type =
      info.attributes.get(name) ?? inherited.map((base) => base.attributes.get(name)).find(Boolean);
    const mark = inConstructor.has(name) ? '' : '!';
    lines.push(`${camelCase(name)}${mark}: ${type ? e.printType(type) : 'any'};`);
  }
  for (const name of e.out.members.given(info)) {
    const type = info.attributes.get(name);
    lines.push(`${camelCase(name)}!: ${type ? e.printType(type) : 'any'};`);
  }
  return lines;
}

function classNames(statement: Statement): string[] {
  const targets =
    statement.nodeType === 'Assign'
      ? statement.targets
      : statement.nodeType === 'AnnAssign'
        ? [statement.target]
        : [];
  return targets.flatMap((target) => (target.nodeType === 'Name' ? target.id : []));
}

/** The fields of a dataclass, and a constructor for them. */
function dataclassMembers(e: Emitter, info: ClassInfo): Doc[] {
  const fields = info.node.body.filter((statement) => isField(info, statement));
  const nameOf = (field: AnnAssign) => (field.target as { id: string }).id;
  const typeOf = (field: AnnAssign) => {
    const type = info.attributes.get(nameOf(field));
    return type ? e.printType(type) : 'any';
  };
  const inherited = inheritedFields(info).filter(
    ([, field]) => !fields.some((own) => nameOf(own) === nameOf(field)),
  );
  const parameters = [
    ...inherited.map(([owner, field]) => fieldParameter(e, owner, field)),
    ...fields.map((field) => fieldParameter(e, info, field)),
  ];
  const overridden = inheritedFields(info).map(([, field]) => camelCase(nameOf(field)));
  const parent = hasParent(e, info) ? [`super(${overridden.join(', ')});`] : [];
  const assignments = fields.map(
    (field): Doc => `this.${camelCase(nameOf(field))} = ${camelCase(nameOf(field))};`,
  );
  const lines = fields.map((field): Doc => `${camelCase(nameOf(field))}: ${typeOf(field)};`);
  const after = info.methods.has('__post_init__') ? ['this.postInit();'] : [];
  const made: Doc[] = [
    ...lines,
    '',
    [list('constructor(', parameters, ') '), block([...parent, ...assignments, ...after])],
    ...order(e, info),
  ];
  if (info.errorBase === undefined || !isFieldsBase(info.errorBase)) return made;
  return [
    ...made,
    '',
    '*[Symbol.iterator](): Iterator<any> {',
    ...[indent([HARD, 'yield* Object.values(this);'])],
    '}',
    '',
    'toJSON(): any[] {',
    ...[indent([HARD, 'return Object.values(this);'])],
    '}',
  ];
}

/** The fields that a dataclass has from others, with the classes that they are of. */
function inheritedFields(info: ClassInfo): [owner: ClassInfo, field: AnnAssign][] {
  return info.bases
    .filter(({ isDataclass }) => isDataclass)
    .flatMap((base) => [
      ...inheritedFields(base),
      ...base.node.body
        .filter((statement) => isField(base, statement))
        .map((field): [ClassInfo, AnnAssign] => [base, field]),
    ]);
}

function fieldParameter(e: Emitter, owner: ClassInfo, field: AnnAssign): Doc {
  const { id } = field.target as { id: string };
  const type = owner.attributes.get(id);
  const value = field.value ? defaultText(e, field.value) : undefined;
  return `${camelCase(id)}: ${type ? e.printType(type) : 'any'}${value === undefined ? '' : ` = ${value}`}`;
}

/** `@dataclass(order=True)`: one comes before another by their fields, from the first on. */
function order(e: Emitter, info: ClassInfo): Doc[] {
  const isOrdered = info.node.decorator_list.some((each) => /\border *= *True\b/.test(e.source(each)));
  if (!isOrdered || info.methods.has('__lt__')) return [];
  const fields = info.node.body.filter(
    (statement) => isField(info, statement) && !isIncomparable(e, statement.value),
  );
  const values = (object: string) =>
    `[${fields.map((field) => `${object}.${camelCase(((field as AnnAssign).target as { id: string }).id)}`).join(', ')}]`;
  const compared = `${e.py('compare').doc}(${values('this')}, ${values('other')}) < 0`;
  return ['', [`isLess(other: ${e.names.get(info.node.name)}): boolean `, block([`return ${compared};`])]];
}

function isIncomparable(e: Emitter, value: Expression | undefined): boolean {
  return value !== undefined && /^(dataclasses\.)?field\(.*\bcompare *= *False\b/s.test(e.source(value));
}

/** `field(default_factory=list)` is a new list each time, as the default of a parameter is here. */
function defaultText(e: Emitter, value: Expression): string | undefined {
  if (value.nodeType === 'Call' && /(^|\.)field$/.test(e.source(value.func))) {
    const factory = value.keywords.find(({ arg }) => arg === 'default_factory')?.value;
    const known: Readonly<Record<string, string>> = { list: '[]', dict: '{}', set: 'new Set()' };
    const plain = value.keywords.find(({ arg }) => arg === 'default')?.value;
    if (plain) return flat(e.expression(plain));
    const made = factory && known[e.source(factory)];
    if (made !== undefined || !factory) return made;
    if (factory.nodeType === 'Lambda') return flat(e.expression(factory.body));
    return e.type(factory).single?.kind === 'named' ? `${flat(e.expression(factory))}()` : e.refuse();
  }
  return flat(e.expression(value));
}

function flat({ doc }: Js): string {
  return print(doc, Number.POSITIVE_INFINITY);
}

const SPECIAL: Readonly<Record<string, string>> = {
  __str__: 'toString()',
  __repr__: 'toString()',
  __len__: 'get size()',
  __iter__: '*[Symbol.iterator]()',
  __aiter__: '[Symbol.asyncIterator]()',
  __next__: 'nextItem',
  __anext__: 'nextItem',
  __eq__: 'equals',
  __lt__: 'isLess',
  __bool__: 'isTrue',
  __contains__: 'contains',
  __getitem__: 'getItem',
  __setitem__: 'setItem',
  __delitem__: 'deleteItem',
  __call__: 'call',
  __post_init__: 'postInit',
  __enter__: 'enter',
  __exit__: 'exit',
  __aenter__: 'enter',
  __aexit__: 'exit',
};

/** Methods that nothing here asks for: order comes from `__lt__`, and JavaScript looks for objects by themselves. */
const NEEDLESS = new Set(['__hash__', '__ne__', '__gt__', '__le__', '__ge__', '__del__', '__slots__']);

/** A member, or what stands for one that is not ported: the rest of the class is there without it. */
function ported(w: Writer, info: ClassInfo, statement: Statement): Doc[] {
  try {
    return member(w, info, statement);
  } catch (error) {
    if (!(error instanceof NotPorted)) throw error;
    const lines = notPorted(w.e, statement);
    const thrown = lines.pop() as Doc;
    if (statement.nodeType !== 'FunctionDef' && statement.nodeType !== 'AsyncFunctionDef') return lines;
    const isInit = statement.name === '__init__';
    const isOfClass = statement.decorator_list.some((each) =>
      /^(static|class)method$/.test(w.e.source(each)),
    );
    const name = isInit ? 'constructor' : camelCase(statement.name);
    const head = `${isOfClass ? 'static ' : ''}${name}(..._args: any[])${isInit ? '' : ': any'} `;
    const parent = isInit && hasParent(w.e, info) ? ['super();'] : [];
    return [...lines, [head, block([...parent, thrown])]];
  }
}

function member(w: Writer, info: ClassInfo, statement: Statement): Doc[] {
  const { e } = w;
  switch (statement.nodeType) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return method(w, info, statement);
    case 'Assign':
      return statement.targets
        .flatMap((target) => pairs(target, statement.value))
        .filter(([target]) => !(target.nodeType === 'Name' && NEEDLESS.has(target.id)))
        .map(([target, value]) => property(e, info, { ...statement, value }, target));
    case 'AnnAssign':
      if (info.isDataclass && isField(info, statement)) return [];
      // A name with a type and no value is declared with the others.
      return statement.value
        ? [property(e, info, statement, statement.target)]
        : declaredName(e, info, statement);
    case 'Expr':
    case 'Pass':
      return [];
    default:
      return e.refuse();
  }
}

/** `LOW, HIGH = 0, 1`: each name with its value. */
function pairs(target: Expression, value: Expression): [target: Expression, value: Expression][] {
  if (!('elts' in target) || value.nodeType !== 'Tuple' || value.elts.length !== target.elts.length)
    return [[target, value]];
  return target.elts.map((each, i) => [each, value.elts[i] as Expression]);
}

/** `name: str`, which is only set elsewhere. */
function declaredName(e: Emitter, info: ClassInfo, { target }: AnnAssign): Doc[] {
  if (target.nodeType !== 'Name') return [];
  const type = info.attributes.get(target.id);
  return [`${camelCase(target.id)}!: ${type ? e.printType(type) : 'any'};`];
}

function property(e: Emitter, info: ClassInfo, statement: Assign | AnnAssign, target: Expression): Doc {
  if (target.nodeType !== 'Name' || !statement.value) return e.refuse();
  if (isEnum(info)) {
    const isAuto = /^(enum\.)?auto\(\)$/.test(e.source(statement.value));
    const value = isAuto
      ? String(info.node.body.findIndex(({ start }) => start === statement.start) + 1)
      : flat(e.expression(statement.value));
    return `static readonly ${target.id} = new ${e.names.get(info.node.name)}(${quoted(target.id)}, ${value});`;
  }
  const type = lineage(info)
    .map((each) => each.attributes.get((target as Name).id))
    .find(Boolean);
  const printed = type ? e.printType(type) : 'any';
  const isPlain =
    ['number', 'string', 'boolean'].includes(printed) && statement.value.nodeType === 'Constant';
  const use = attributeUse(e, info, target.id);
  const name = camelCase(target.id);
  const ofClass = `${e.names.get(info.node.name)}.${name}`;
  const own: Doc[] = !(use.onClass && use.onInstance)
    ? []
    : use.isSetOnClass
      ? [HARD, `get ${name}(): ${printed} `, block([`return ${ofClass};`])]
      : [HARD, `${name}: ${printed} = ${ofClass};`];
  return [
    use.onClass ? 'static ' : '',
    camelCase(target.id),
    isPlain ? '' : `: ${printed}`,
    ' = ',
    wrap(e.expression(statement.value), LEVEL.arrow),
    ';',
    own,
  ];
}

interface AttributeUse {
  onClass: boolean;
  onInstance: boolean;
  /** The class has it anew from time to time, and its instances see that. */
  isSetOnClass: boolean;
}

/** Whether an attribute is asked of the class itself, and of its instances: each of those may have its own. */
function attributeUse(e: Emitter, info: ClassInfo, name: string): AttributeUse {
  const own = info.module.bindings.scopeWithin(info.node).names.get(name);
  const use = { onClass: Boolean(own && own.references.length > 0), onInstance: false, isSetOnClass: false };
  for (const module of e.program.modules.values()) {
    walk(module.module.tree, (node) => {
      if (node.nodeType !== 'Attribute' || node.attr !== name) return true;
      for (const atom of e.type(node.value).atoms) {
        if (atom.kind !== 'named' && atom.kind !== 'instance') continue;
        const owner = atom.owner as ClassInfo | null;
        if (owner?.kind !== 'class' || !lineage(owner).includes(info)) continue;
        if (atom.kind === 'named') use.onClass = true;
        const parent: Node | null = node.parent;
        const isSet =
          (parent?.nodeType === 'AugAssign' && parent.target === node) ||
          (parent?.nodeType === 'Assign' && parent.targets.includes(node));
        if (atom.kind === 'named' && isSet) use.isSetOnClass = true;
        else use.onInstance = true;
      }
      return true;
    });
  }
  return use;
}

function method(w: Writer, info: ClassInfo, node: FunctionDef): Doc[] {
  const { e } = w;
  const fn = e.program.functions.get(node) as FunctionInfo;
  const doc = docComment(docstring(node));
  // Neither a constructor nor an accessor can wait.
  const isAsync = isAsyncHere(e, fn);
  if (node.name === '__init__') {
    if (isAsync) return e.refuse();
    return [...doc, [`constructor${parameterList(e, fn)} `, block(constructorLines(w, info, fn))]];
  }
  const decorators = node.decorator_list
    .filter((decorator) => classifyDecorator(e.program, decorator).kind !== 'ignored')
    .map((decorator) => e.source(decorator));
  const isGetter = decorators.some((text) => /^(property|(functools\.)?cached_property)$/.test(text));
  const isSetter = decorators.some((text) => /\.setter$/.test(text));
  if (decorators.some((text) => !isGetter && !/^(staticmethod|classmethod|\w+\.setter)$/.test(text)))
    return e.refuse();
  if (isAsync && (isGetter || isSetter)) return e.refuse();
  if (NEEDLESS.has(node.name)) return [];
  const hasSize = info.attributes.has('size') || info.methods.has('size');
  const special = node.name === '__len__' && hasSize ? 'get length()' : SPECIAL[node.name];
  if (!special && /^__.*__$/.test(node.name)) return e.refuse();
  if (node.name === '__repr__' && info.methods.has('__str__')) return [];
  if (/^__a?iter__$/.test(node.name)) {
    const isOwn = info.methods.has(node.name === '__iter__' ? '__next__' : '__anext__');
    if (isOwn && returnsSelf(node)) {
      const items = e.py(node.name === '__iter__' ? 'untilStop' : 'untilStopAsync');
      return [
        ...doc,
        [`${special?.replace('*', '')} `, block([['return ', items.doc, '(() => this.nextItem());']])],
      ];
    }
    if (node.name === '__aiter__' && !fn.isGenerator) return e.refuse();
    if (node.name === '__aiter__') return [...doc, [`async *${special} `, block(functionLines(w, fn))]];
  }
  const lead = `${isStatic(fn) || decorators.includes('classmethod') ? 'static ' : ''}${isAsync ? 'async ' : ''}${isGetter ? 'get ' : isSetter ? 'set ' : ''}${fn.isGenerator && !special ? '*' : ''}`;
  const head = special?.includes('(')
    ? special
    : `${special ?? camelCase(node.name)}${methodParameters(w, fn)}${isGetter || isSetter ? '' : signature(w, fn).result}`;
  const override = !isGetter && info.bases.some((base) => methodOf(base, node.name)) ? 'override ' : '';
  return [...doc, [override, lead, head, ' ', block(iterLines(node, functionLines(w, fn)))]];
}

/** What a method takes; one that wraps handlers takes them as such a function does. */
function methodParameters(w: Writer, fn: FunctionInfo): string {
  if (fn.wraps !== 'decorator') return parameterList(w.e, fn);
  const { generic, parameters } = signature(w, fn);
  return generic + parameters;
}

/** `__iter__` that returns an iterator goes through it. */
function iterLines(node: FunctionDef, lines: readonly Doc[]): readonly Doc[] {
  if (node.name !== '__iter__') return lines;
  return lines.map((line) =>
    Array.isArray(line) && line[0] === 'return ' ? ['yield* ', ...(line as Doc[]).slice(1)] : line,
  );
}

function returnsSelf(node: FunctionDef): boolean {
  const [statement, ...more] = withoutDocstring(node.body);
  return (
    more.length === 0 &&
    statement?.nodeType === 'Return' &&
    statement.value?.nodeType === 'Name' &&
    statement.value.id === firstParameter(node)
  );
}

function hasParent(e: Emitter, info: ClassInfo): boolean {
  return info.node.bases.some((base) => isRealBase(e, info, base));
}

function constructorLines(w: Writer, info: ClassInfo, fn: FunctionInfo): Doc[] {
  const body = hasParent(w.e, info) ? superFirst(w.e, fn) : undefined;
  if (hasParent(w.e, info) && !body) return w.e.refuse();
  const lines = functionLines(w, fn, body);
  const callsSuper = /super\([^)]*\)\.__init__|\.__init__\(self/.test(w.e.source(fn.node));
  return hasParent(w.e, info) && !callsSuper ? ['super();', ...lines] : lines;
}
