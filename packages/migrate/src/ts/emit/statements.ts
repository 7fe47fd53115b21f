import { eachChild, walk } from '../../python/fields.ts';
import type { Binding } from '../../python/scopes.ts';
import type {
  AnnAssign,
  Assign,
  AugAssign,
  Expression,
  For,
  If,
  Node,
  Return,
  Statement,
  Try,
  While,
  With,
} from '../../python/tree.ts';
import { type Doc, group, HARD, indent, SOFT } from '../doc.ts';
import { block, call, type Js, js, LEVEL, member, quoted, wrap } from '../js.ts';
import { isMap, isRecord } from '../types/print.ts';
import { constantText } from '../infer/assign.ts';
import { element } from './attributes.ts';
import { errorName } from './builtins.ts';
import { emitClass } from './classes.ts';
import type { Comments } from './comments.ts';
import { type Declarations, startOf } from './declare.ts';
import { type Emitter, NotPorted } from './emitter.ts';
import { emitExpressionStatement } from './expressionStatements.ts';
import { emitFunction } from './functions.ts';
import { headerText } from './instanceMethods.ts';
import { iterable } from './iteration.ts';
import { emitMatchStatement } from './match.ts';
import { narrowedBy, factsOf } from './narrowing.ts';
import { condition, emitOperation } from './operators.ts';
import { emitReturn } from './returns.ts';
import { emitSplice } from './subscripts.ts';
import { emitTarget } from './targets.ts';

/** Writes statements: what the functions below share. */
export class Writer {
  readonly e: Emitter;
  readonly comments: Comments;
  readonly declarations: Declarations;
  /** Within the module itself, and in no function. */
  readonly isModule: boolean;

  constructor(e: Emitter, comments: Comments, declarations: Declarations, isModule: boolean) {
    this.e = e;
    this.comments = comments;
    this.declarations = declarations;
    this.isModule = isModule;
  }

  /** The lines of a block, with the comments and the empty lines that it has in Python. */
  lines(body: readonly Statement[], end: number): Doc[] {
    const lines: Doc[] = [];
    const narrowed = this.e.narrowed;
    let last: number | undefined;
    for (const statement of body) {
      const written = this.statement(statement);
      if (written.length > 0) {
        if (last !== undefined && hasBlankLine(this.e, last, written[0] as Written)) lines.push('');
        for (const { doc } of written) lines.push(doc);
        last = statement.end;
      }
      this.#learn(statement);
    }
    this.e.narrowed = narrowed;
    const rest = this.comments.before(end);
    return [...lines, ...rest];
  }

  /** What is known behind `if not x: return`. */
  #learn(statement: Statement): void {
    if (statement.nodeType === 'If' && statement.orelse.length === 0 && endsAlways(this.e, statement.body)) {
      this.e.narrowed = new Set([...this.e.narrowed, ...factsOf(this.e, statement.test, false)]);
    }
    for (const name of assignedIn(statement)) {
      if (statement.nodeType === 'If' && endsAlways(this.e, statement.body)) continue;
      this.e.narrowed = new Set(
        [...this.e.narrowed].filter(
          (fact) => fact !== name && !fact.startsWith(`${name}.`) && !fact.startsWith(`${name}[`),
        ),
      );
    }
    if (
      statement.nodeType === 'Assign' &&
      statement.targets.length === 1 &&
      statement.targets[0]?.nodeType === 'Name'
    ) {
      const type = this.e.type(statement.value);
      if (!type.isOptional && !type.isEmpty)
        this.e.narrowed = new Set([...this.e.narrowed, statement.targets[0].id]);
    }
  }

  /** A statement, with what stands before it and behind it. */
  statement(node: Statement): Written[] {
    const start = startOf(node);
    const from = this.comments.nextBefore(start) ?? start;
    const before = this.comments.before(start).map((doc) => ({ doc, start: from }));
    for (const binding of this.declarations.before(node)) {
      before.push({ doc: this.declaration(binding), start: from });
    }
    const lines = this.#attempt(node);
    if (lines === undefined) return before;
    // Comments within a statement that has no lines of its own for them stand before it.
    const within = this.comments.before(node.end).map((doc) => ({ doc, start: from }));
    const behind = lines.length > 0 ? this.comments.after(node.end) : undefined;
    const written = lines.map((doc, i) => ({
      doc: behind && i === lines.length - 1 ? [doc, ' ', behind] : doc,
      start: from,
    }));
    return [...before, ...within, ...written];
  }

  /** `let name!: Type;` */
  declaration(binding: Binding): Doc {
    const name = this.e.names.get(binding.name);
    const isExported = this.isModule && this.e.out.exported.has(binding) ? 'export ' : '';
    const type = this.e.printType(this.e.program.bindingType(binding));
    return `${isExported}let ${name}${type === 'any' ? ': any' : `!: ${type}`};`;
  }

  #attempt(node: Statement): Doc[] | undefined {
    try {
      return emitStatement(this, node);
    } catch (error) {
      if (!(error instanceof NotPorted)) throw error;
      return this.#stub(node);
    }
  }

  /** What stands for a statement that is not ported. What it would define is there, so that the rest can be looked at. */
  #stub(node: Statement): Doc[] {
    const { e } = this;
    const lines = notPorted(e, node);
    const last = lines.pop() as Doc;
    const isExported = (binding: Binding | undefined) =>
      this.isModule && binding && e.out.exported.has(binding) ? 'export ' : '';
    if (
      node.nodeType === 'ClassDef' ||
      node.nodeType === 'FunctionDef' ||
      node.nodeType === 'AsyncFunctionDef'
    ) {
      const binding = e.module.bindings.scopeOf(node).names.get(node.name);
      const name = e.names.get(node.name);
      const keyword = isExported(binding);
      if (node.nodeType !== 'ClassDef')
        return [...lines, [`${keyword}function ${name}(..._args: any[]): any `, block([last])]];
      const members = [
        'static [member: string]: any;',
        '[member: string]: any;',
        '',
        ['constructor(..._args: any[]) ', block([last])],
      ];
      return [...lines, [`${keyword}class ${name} `, block(members)]];
    }
    const targets =
      node.nodeType === 'Assign' ? node.targets : node.nodeType === 'AnnAssign' ? [node.target] : [];
    const bindings = targets
      .flatMap((target) => boundIn(e, target))
      .filter((binding) => this.declarations.keyword(node, [binding]) !== '');
    if (this.isModule && bindings.length === 1 && bindings[0]) {
      const name = e.names.get(bindings[0].name);
      return [...lines, [`${isExported(bindings[0])}const ${name}: any = () => `, block([last]), ';']];
    }
    return [...lines, ...bindings.map((binding) => `let ${e.names.get(binding.name)}: any;`), last];
  }
}

/** What is written, and where what it comes from begins in Python. */
interface Written {
  readonly doc: Doc;
  readonly start: number;
}

function hasBlankLine(e: Emitter, end: number, { start }: Written): boolean {
  return /\n[^\S\n]*\r?\n/.test(e.module.module.source.slice(end, start));
}

/** The Python as a comment, and a `throw` in its place. */
export function notPorted(e: Emitter, node: Node): Doc[] {
  const lines = e.source(node).split(/\r\n|\n|\r/);
  e.note(node, 'not-ported', `Not ported: ${(lines[0] as string).trim()}`, 'what-is-left-to-do');
  const quotedLines = lines.map((line) => `// ${line.trimEnd()}`);
  return [
    '// TODO(microdot-migrate): write this in TypeScript',
    ...quotedLines,
    `throw new Error(${quoted(`not ported: ${(lines[0] as string).trim()}`)});`,
  ];
}

function emitStatement(w: Writer, node: Statement): Doc[] | undefined {
  const { e } = w;
  switch (node.nodeType) {
    case 'Expr':
      return emitExpressionStatement(w, node.value);
    case 'Assign':
      return emitAssign(w, node);
    case 'AnnAssign':
      return emitAnnotated(w, node);
    case 'AugAssign':
      return emitAugmented(w, node);
    case 'Return':
      return [emitReturn(e, node as Return)];
    case 'If':
      return emitIf(w, node);
    case 'While':
      return emitWhile(w, node);
    case 'For':
    case 'AsyncFor':
      return emitFor(w, node);
    case 'Try':
      return emitTry(w, node);
    case 'With':
    case 'AsyncWith':
      return emitWith(w, node);
    case 'Raise': {
      if (!node.exc) return [`throw ${e.caught};`];
      const atom = e.type(node.exc).single;
      if (atom?.kind === 'named' && node.exc.nodeType !== 'Call')
        return [['throw new ', e.expression(node.exc).doc, '();']];
      return [['throw ', e.expression(node.exc).doc, ';']];
    }
    case 'Assert': {
      const message = node.msg ? e.expression(node.msg).doc : '';
      return [
        [
          'if (',
          condition(e, node.test, true).doc,
          ') throw new ',
          e.py('AssertionError').doc,
          '(',
          message,
          ');',
        ],
      ];
    }
    case 'Delete':
      return node.targets.map((target) => emitDelete(e, target));
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return emitFunction(w, node);
    case 'ClassDef':
      return emitClass(w, node);
    case 'Break':
      return e.brokenFlag === undefined ? ['break;'] : [`${e.brokenFlag} = true;`, 'break;'];
    case 'Continue':
      return ['continue;'];
    case 'Match':
      return emitMatchStatement(w, node);
    case 'Pass':
    case 'Import':
    case 'ImportFrom':
    case 'Global':
    case 'Nonlocal':
      return undefined;
    default:
      return e.refuse();
  }
}

/** The bindings of the names in a target. */
function boundIn(e: Emitter, target: Expression): Binding[] {
  const found: Binding[] = [];
  walk(target, (node) => {
    if (node.nodeType === 'Name' && node.ctx.nodeType === 'Store') {
      const binding = e.program.resolve(e.module, node)?.binding;
      if (binding) found.push(binding);
    }
    return node.nodeType !== 'Subscript' && node.nodeType !== 'Attribute';
  });
  return found;
}

function emitAssign(w: Writer, node: Assign): Doc[] {
  const { e } = w;
  const [first, ...more] = node.targets;
  if (!first) return [];
  if (more.length === 0) return [assignTo(w, node, first, node.value)];
  // Python evaluates once, and assigns from left to right.
  const simple = [...node.targets].reverse();
  const [last, ...others] = simple;
  if (!last) return [];
  const lines = [assignTo(w, node, last, node.value)];
  for (const target of others) {
    const value = js(emitTarget(e, last), LEVEL.primary);
    lines.push([declared(w, node, target), emitTarget(e, target), ' = ', value.doc, ';']);
  }
  return lines;
}

function declared(w: Writer, node: Statement, target: Expression): string {
  const keyword = w.declarations.keyword(node, boundIn(w.e, target));
  if (keyword === 'mixed') w.e.refuse();
  const isExported =
    w.isModule && keyword !== '' && boundIn(w.e, target).some((binding) => w.e.out.exported.has(binding));
  return (isExported ? 'export ' : '') + keyword;
}

/** `target = value`, declared where it is the first of its name. */
function assignTo(w: Writer, node: Assign | AnnAssign, target: Expression, value: Expression): Doc {
  const { e } = w;
  if (target.nodeType === 'Subscript') return assignItem(e, target, value);
  if (target.nodeType === 'Attribute') return assignAttribute(w, target, value);
  const keyword = declared(w, node, target);
  if ('elts' in target) {
    const starAt = target.elts.findIndex(({ nodeType }) => nodeType === 'Starred');
    if (starAt >= 0 && starAt < target.elts.length - 1)
      return unpackFromEnd(e, target.elts, starAt, keyword, value);
  }
  const written = e.expression(value);
  if (target.nodeType === 'Name') {
    const type = keyword === '' ? '' : typeAnnotation(w, target, value);
    return [keyword, e.names.get(target.id), type, ' = ', wrap(written, LEVEL.arrow), ';'];
  }
  return [keyword, emitTarget(e, target), ' = ', wrap(unpacked(e, value), LEVEL.arrow), ';'];
}

/** `*rest, last = items`: what follows the star is taken off the end. */
function unpackFromEnd(
  e: Emitter,
  targets: readonly Expression[],
  starAt: number,
  keyword: string,
  value: Expression,
): Doc {
  const rest = emitTarget(e, (targets[starAt] as { value: Expression }).value);
  const front = [...targets.slice(0, starAt).map((target) => emitTarget(e, target)), ['...', rest] as Doc];
  const items = iterable(e, value).doc;
  const last = targets.slice(starAt + 1).reverse();
  const taken = last.map((target): Doc => [HARD, keyword, emitTarget(e, target), ' = ', rest, '.pop()!;']);
  return [
    keyword,
    '[',
    front.flatMap((doc, i) => (i === 0 ? [doc] : [', ', doc])),
    '] = ',
    items,
    ';',
    taken,
  ];
}

/** What is unpacked, as an array. */
function unpacked(e: Emitter, value: Expression): Js {
  return e.type(value).single?.kind === 'dict' ? iterable(e, value) : e.present(value);
}

/** `: Type` where TypeScript would not find out by itself. */
export function typeAnnotation(
  w: Writer,
  target: Extract<Expression, { nodeType: 'Name' }>,
  value: Expression,
): string {
  const { e } = w;
  const binding = e.program.resolve(e.module, target)?.binding;
  if (!binding) return '';
  const type = e.program.bindingType(binding);
  const described = e.describe(type);
  const printed = () => `: ${e.printType(type)}`;
  if (described === 'any')
    return isContainer(value) || !w.declarations.isConstant(binding) || value.nodeType === 'Constant'
      ? ': any'
      : '';
  if (isContainer(value)) return isEvident(e, value, type) ? '' : printed();
  if (w.declarations.isConstant(binding)) return '';
  const isEasy =
    e.describe(e.type(value)) === described && ['string', 'number', 'boolean'].includes(described);
  return isEasy ? '' : printed();
}

function isContainer(value: Expression): boolean {
  return (
    ['List', 'Dict', 'Set', 'Tuple', 'ListComp', 'DictComp', 'SetComp'].includes(value.nodeType) ||
    (value.nodeType === 'Call' &&
      value.func.nodeType === 'Name' &&
      /^(dict|list|set|defaultdict|deque|OrderedDict)$/.test(value.func.id))
  );
}

/** Whether a literal says all that there is to know of the type. */
function isEvident(e: Emitter, value: Expression, type: ReturnType<Emitter['type']>): boolean {
  if (value.nodeType === 'ListComp' || value.nodeType === 'SetComp' || value.nodeType === 'DictComp')
    return value.nodeType !== 'DictComp';
  if (value.nodeType === 'Call')
    return value.args.length > 0 && (type.atom('list')?.cell.elem.atoms.length ?? 1) === 1;
  const cell = type.atom('dict')?.cell;
  if (value.nodeType === 'Dict') {
    if (cell && !isRecord(cell) && !isMap(cell)) return false;
    if (cell && isRecord(cell) && [...cell.fields.keys()].some((name) => cell.isOptional(name))) return false;
    if (cell && isMap(cell) && value.keys.length === 0) return false;
  }
  const list = type.atom('list')?.cell;
  if (list?.shape && e.describe(type).startsWith('[')) return false;
  if (value.nodeType === 'Tuple')
    return value.elts.every((item) => e.type(item).is('int') || e.type(item).is('str'));
  let evident =
    value.nodeType === 'Dict' ? value.keys.length > 0 : (value as { elts: Expression[] }).elts.length > 0;
  eachChild(value, (child) => {
    const node = child as Expression;
    if (node.nodeType === 'Constant' && node.type === 'none') evident = false;
    else if (isContainer(node) && !isEvident(e, node, e.type(node))) evident = false;
  });
  return evident && type.atoms.length === 1;
}

function assignItem(
  e: Emitter,
  target: Extract<Expression, { nodeType: 'Subscript' }>,
  value: Expression,
): Doc {
  if (target.slice.nodeType === 'Slice') return [emitSplice(e, target, e.present(value)).doc, ';'];
  const atom = e.type(target.value).single;
  const name = constantText(target.slice);
  const object = e.present(target.value);
  const written = wrap(e.expression(value), LEVEL.arrow);
  if (atom?.kind === 'dict') {
    if (isMap(atom.cell))
      return [call(member(object, 'set'), [e.expression(target.slice), e.expression(value)]).doc, ';'];
    if (name !== undefined && name !== '__proto__') return [element(object, name).doc, ' = ', written, ';'];
    if (e.type(target.slice).is('str'))
      return [wrap(object, LEVEL.primary), '[', e.expression(target.slice).doc, '] = ', written, ';'];
  }
  if (atom?.kind === 'instance') {
    if (/Headers$/.test(atom.name))
      return [call(member(object, 'set'), [e.present(target.slice), headerText(e, value)]).doc, ';'];
    if (atom.name === 'microdot.SessionDict' && name !== undefined)
      return [element(object, name).doc, ' = ', written, ';'];
    if (atom.name === 'os.environ')
      return [emitTarget(e, target), ' = ', wrap(e.present(value), LEVEL.arrow), ';'];
  }
  const typesMap = target.value.nodeType === 'Attribute' && target.value.attr === 'types_map';
  if (typesMap && name !== undefined) return [element(object, name).doc, ' = ', written, ';'];
  return [call(e.py('setItem'), [object, e.expression(target.slice), e.expression(value)]).doc, ';'];
}

function assignAttribute(
  w: Writer,
  target: Extract<Expression, { nodeType: 'Attribute' }>,
  value: Expression,
): Doc {
  const { e } = w;
  const text = e.source(target);
  if (target.attr === 'socket_read_timeout') {
    e.note(
      target,
      'not-ported',
      'Request.socket_read_timeout has no counterpart: the timeouts are options of app.run().',
      'what-is-left-to-do',
    );
    return `// TODO(microdot-migrate): ${text} = ${e.source(value)}: see headersTimeout and requestTimeout of app.run()`;
  }
  const name = e.type(target.value).single;
  if (name?.kind === 'named' && name.owner && 'bindings' in name.owner) return e.refuse();
  return [emitTarget(e, target), ' = ', wrap(e.expression(value), LEVEL.arrow), ';'];
}

function emitAnnotated(w: Writer, node: AnnAssign): Doc[] | undefined {
  if (!node.value) {
    if (node.target.nodeType !== 'Name') return undefined;
    const [binding] = boundIn(w.e, node.target);
    return binding && w.declarations.keyword(node, [binding]) !== '' ? [w.declaration(binding)] : undefined;
  }
  return [assignTo(w, node, node.target, node.value)];
}

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

function emitAugmented(w: Writer, node: AugAssign): Doc[] {
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

function emitDelete(e: Emitter, target: Expression): Doc {
  if (target.nodeType === 'Subscript') {
    if (target.slice.nodeType === 'Slice') return [emitSplice(e, target, undefined).doc, ';'];
    const atom = e.type(target.value).single;
    if (atom?.kind === 'instance' && /Headers$/.test(atom.name))
      return [call(member(e.present(target.value), 'delete'), [e.expression(target.slice)]).doc, ';'];
    return [call(e.py('delItem'), [e.present(target.value), e.expression(target.slice)]).doc, ';'];
  }
  if (target.nodeType === 'Attribute')
    return ['delete (', member(e.present(target.value), e.names.get(target.attr)).doc, ' as any);'];
  return e.refuse();
}

function emitIf(w: Writer, node: If): Doc[] {
  const { e } = w;
  if (isMainTest(e, node.test)) {
    const lines = w.lines(node.body, node.end);
    // One that others import may be imported without being run.
    return e.out.imported.has(e.module)
      ? [['if (process.argv[1] === import.meta.filename) ', block(lines)]]
      : lines;
  }
  const head: Doc = ['if (', condition(e, node.test).doc, ') '];
  const end = node.orelse[0] ? startOf(node.orelse[0]) : node.end;
  const body = narrowedBy(e, node.test, true, () =>
    blockOf(w, node.body, node.orelse.length > 0 ? lastEnd(node.body) : end),
  );
  if (node.orelse.length === 0) {
    return [isSimple(node.body) ? shortened(head, body) : [head, body]];
  }
  const [only] = node.orelse;
  if (node.orelse.length === 1 && only?.nodeType === 'If' && isElif(e, only)) {
    const rest = narrowedBy(e, node.test, false, () => {
      const own = w.comments.before(only.start);
      return own.length > 0 ? [block([...own, ...w.statement(only).map(({ doc }) => doc)])] : emitIf(w, only);
    });
    return [[head, body, ' else ', rest[0] as Doc]];
  }
  const other = narrowedBy(e, node.test, false, () => blockOf(w, node.orelse, node.end));
  return [[head, body, ' else ', other]];
}

/** One short statement needs no braces. */
function isSimple(body: readonly Statement[]): boolean {
  const [only, ...more] = body;
  return (
    more.length === 0 &&
    only !== undefined &&
    ['Return', 'Raise', 'Continue', 'Break', 'Expr', 'Assign', 'AugAssign'].includes(only.nodeType)
  );
}

/** On the line of the test, where it fits; in a block where it does not. */
function shortened(head: Doc, body: Doc): Doc {
  const inner = onlyLine(body);
  if (inner === undefined) return [head, body];
  return group([
    head,
    { kind: 'broken', broken: '{', flat: '' },
    indent([SOFT, inner]),
    SOFT,
    { kind: 'broken', broken: '}', flat: '' },
  ]);
}

function onlyLine(body: Doc): Doc | undefined {
  const [, indented] = body as readonly Doc[];
  if (typeof indented !== 'object' || !('kind' in indented) || indented.kind !== 'indent') return undefined;
  const [, lines] = indented.doc as readonly Doc[];
  return Array.isArray(lines) && lines.length === 1 ? (lines[0] as Doc) : undefined;
}

function lastEnd(body: readonly Statement[]): number {
  return body.at(-1)?.end ?? 0;
}

function isElif(e: Emitter, node: If): boolean {
  return (
    e.module.module.source.startsWith('elif', node.start) ||
    e.module.module.source.slice(node.start - 5, node.start).trim() === 'elif'
  );
}

/** `if __name__ == '__main__':` holds for what is started, and that is what is written here. */
export function isMainTest(e: Emitter, test: Expression): boolean {
  return /^__name__ *== *['"]__main__['"]$/.test(e.source(test));
}

function blockOf(w: Writer, body: readonly Statement[], end: number): Doc {
  return block(w.lines(body, end));
}

function emitWhile(w: Writer, node: While): Doc[] {
  const { e } = w;
  const isForever = node.test.nodeType === 'Constant' && Boolean(node.test.value);
  const head: Doc = isForever ? 'while (true) ' : ['while (', condition(e, node.test).doc, ') '];
  return narrowedBy(e, node.test, true, () => loopWithElse(w, node, head));
}

function emitFor(w: Writer, node: For): Doc[] {
  const { e } = w;
  const keyword = w.declarations.keyword(node, boundIn(e, node.target));
  const declares =
    keyword === 'mixed'
      ? e.refuse()
      : keyword === '' && boundIn(e, node.target).length === 0
        ? 'const '
        : keyword;
  const counted = declares === '' ? undefined : countedLoop(e, node);
  const head: Doc = counted ?? [
    `for ${node.nodeType === 'AsyncFor' ? 'await ' : ''}(${declares}`,
    emitTarget(e, node.target),
    ' of ',
    iterable(e, node.iter).doc,
    ') ',
  ];
  return loopWithElse(w, node, head);
}

/** `else` of a loop runs unless it was left by `break`. */
function loopWithElse(w: Writer, node: For | While, head: Doc): Doc[] {
  const { e } = w;
  const outer = e.brokenFlag;
  e.brokenFlag = node.orelse.length > 0 ? e.names.fresh('wasBroken') : undefined;
  const flag = e.brokenFlag;
  const body = blockOf(w, node.body, node.orelse[0] ? lastEnd(node.body) : node.end);
  e.brokenFlag = outer;
  if (flag === undefined) return [[head, body]];
  return [`let ${flag} = false;`, [head, body], [`if (!${flag}) `, blockOf(w, node.orelse, node.end)]];
}

/** `for (let i = 0; i < n; i++)`. */
function countedLoop(e: Emitter, node: For): Doc | undefined {
  const { iter, target } = node;
  if (iter.nodeType !== 'Call' || target.nodeType !== 'Name' || iter.keywords.length > 0) return undefined;
  const atom = e.type(iter.func).single;
  if (
    atom?.kind !== 'named' ||
    atom.name !== 'builtins.range' ||
    iter.args.length > 2 ||
    iter.args.length === 0
  )
    return undefined;
  const [first, second] = iter.args;
  const name = e.names.get(target.id);
  const start = second && first ? e.operand(first, 'int').doc : '0';
  const stop = e.operand((second ?? first) as Expression, 'int');
  // The end is found once in Python.
  if (!isSteady(second ?? (first as Expression))) return undefined;
  return [
    'for (let ',
    name,
    ' = ',
    start,
    '; ',
    name,
    ' < ',
    wrap(stop, LEVEL.compare + 0.1),
    '; ',
    name,
    '++) ',
  ];
}

function isSteady(node: Expression): boolean {
  return node.nodeType === 'Constant' || node.nodeType === 'Name';
}

function emitTry(w: Writer, node: Try): Doc[] | undefined {
  const { e } = w;
  if (isImportAttempt(node)) return undefined;
  if (
    node.handlers.length === 1 &&
    isInterrupt(e, node.handlers[0]?.type) &&
    node.orelse.length === 0 &&
    node.finalbody.length === 0
  ) {
    // Ctrl-C ends `app.run()` in good order.
    return w.lines(node.body, node.end);
  }
  const attempt: Doc[] = ['try ', blockOf(w, node.body, lastEnd(node.body))];
  const lines = node.orelse.length > 0 ? withElse(w, node, attempt) : [[...attempt, ...handlersOf(w, node)]];
  if (node.finalbody.length === 0) return lines;
  const last = [' finally ', blockOf(w, node.finalbody, node.end)];
  return node.orelse.length > 0 ? [['try ', block(lines), ...last]] : [[...(lines[0] as Doc[]), ...last]];
}

function handlersOf(w: Writer, node: Try, first: readonly Doc[] = []): Doc[] {
  return node.handlers.length > 0 ? [emitHandlers(w, node, first)] : [];
}

/** `else` runs if nothing was thrown, and what it throws itself is not caught. */
function withElse(w: Writer, node: Try, attempt: readonly Doc[]): Doc[] {
  const { e } = w;
  if (node.handlers.every((handler) => endsAlways(e, handler.body))) {
    return [[...attempt, ...handlersOf(w, node)], ...w.lines(node.orelse, lastEnd(node.orelse))];
  }
  const flag = e.names.fresh('hasFailed');
  const lines: Doc[] = [`let ${flag} = false;`, [...attempt, ...handlersOf(w, node, [`${flag} = true;`])]];
  return [...lines, [`if (!${flag}) `, blockOf(w, node.orelse, lastEnd(node.orelse))]];
}

function isInterrupt(e: Emitter, type: Expression | undefined): boolean {
  return type !== undefined && e.source(type) === 'KeyboardInterrupt';
}

/** Imports that are tried one after the other: what is imported here is always there. */
function isImportAttempt(node: Try): boolean {
  return (
    node.body.every(({ nodeType }) => nodeType === 'Import' || nodeType === 'ImportFrom') &&
    node.body.length > 0
  );
}

function emitHandlers(w: Writer, node: Try, first: readonly Doc[]): Doc {
  const { e } = w;
  const name = node.handlers.find((handler) => handler.name)?.name;
  const written = name ? e.names.get(name) : 'error';
  const usesWebSocket = mentionsWebSocket(e, node);
  const branches: Doc[] = [];
  let isAll = false;
  let single: readonly Doc[] = [];
  const outer = e.caught;
  e.caught = written;
  node.handlers.forEach((handler, i) => {
    const test = handler.type ? errorTest(e, handler.type, written, usesWebSocket) : undefined;
    const lines = w.lines(handler.body, i === node.handlers.length - 1 ? lastEnd(handler.body) : handler.end);
    const alias =
      handler.name && e.names.get(handler.name) !== written
        ? [`const ${e.names.get(handler.name)} = ${written};`]
        : [];
    single = lines;
    if (!test) {
      isAll = true;
      branches.push(branches.length > 0 ? ['else ', block([...alias, ...lines])] : [...alias, ...lines]);
    } else
      branches.push([branches.length > 0 ? 'else ' : '', 'if (', test, ') ', block([...alias, ...lines])]);
  });
  e.caught = outer;
  if (isAll && branches.length === 1) {
    const lines = branches[0] as readonly Doc[];
    const isNamed = lines.some((line) => new RegExp(`\\b${written}\\b`).test(flat(line)));
    return [isNamed ? ` catch (${written}: any) ` : ' catch ', block([...first, ...lines])];
  }
  if (!isAll && node.handlers.length === 1 && node.handlers[0]) {
    const test = errorTest(e, node.handlers[0].type as Expression, written, usesWebSocket) as string;
    return [` catch (${written}: any) `, block([`if (!(${test})) throw ${written};`, ...first, ...single])];
  }
  const chainDoc: Doc[] = first.flatMap((line) => [line, HARD]);
  branches.forEach((branch, i) => {
    if (i > 0) chainDoc.push(' ');
    chainDoc.push(branch);
  });
  if (!isAll) chainDoc.push(' else throw ', written, ';');
  return [` catch (${written}: any) {`, indent([HARD, chainDoc]), HARD, '}'];
}

function flat(doc: Doc): string {
  if (typeof doc === 'string') return doc;
  if (Array.isArray(doc)) return (doc as readonly Doc[]).map(flat).join('');
  const node = doc as Exclude<Doc, string | readonly Doc[]>;
  if (node.kind === 'verbatim') return node.text;
  return 'doc' in node ? flat(node.doc) : ' ';
}

/** `error instanceof X`; nothing where everything is caught. */
function errorTest(e: Emitter, type: Expression, error: string, usesWebSocket: boolean): string | undefined {
  const types = type.nodeType === 'Tuple' ? type.elts : [type];
  const names = types.flatMap((each) => {
    const atom = e.type(each).single;
    if (
      atom?.kind === 'named' &&
      (atom.name === 'builtins.Exception' || atom.name === 'builtins.BaseException')
    )
      return ['Error'];
    if (
      usesWebSocket &&
      atom?.kind === 'named' &&
      /^builtins\.(OSError|ConnectionError|ConnectionResetError)$|^microdot\.WebSocketError$/.test(atom.name)
    ) {
      return [e.use('@microdot/websocket', 'WebSocketError').doc as string];
    }
    if (atom?.kind === 'named' && atom.name.startsWith('builtins.'))
      return [errorName(e, atom.name.slice(9)).doc as string];
    return [flat(e.expression(each).doc)];
  });
  if (names.includes('Error')) return undefined;
  return [...new Set(names)].map((name) => `${error} instanceof ${name}`).join(' || ');
}

/** Whether a WebSocket is what may end in the middle of a block. */
function mentionsWebSocket(e: Emitter, node: Try): boolean {
  let found = false;
  for (const statement of node.body) {
    walk(statement, (inner) => {
      if (
        inner.nodeType === 'Call' &&
        inner.func.nodeType === 'Attribute' &&
        e.type(inner.func.value).has('instance microdot.WebSocket')
      )
        found = true;
      return !found;
    });
  }
  return found;
}

function emitWith(w: Writer, node: With): Doc[] {
  const { e } = w;
  const [item, ...more] = node.items;
  if (!item || more.length > 0) return e.refuse();
  const type = e.type(item.context_expr);
  const value = e.expression(item.context_expr);
  if (type.has('instance asyncio.Lock')) {
    return [
      [
        ['await ', call(member(value, 'acquire'), []).doc, ';'],
        HARD,
        'try ',
        blockOf(w, node.body, node.end),
        ' finally ',
        block([[call(member(value, 'release'), []).doc, ';']]),
      ],
    ];
  }
  if (!type.has('instance io.TextFile') && !type.has('instance io.BinaryFile')) return e.refuse();
  const target = item.optional_vars;
  const name = target?.nodeType === 'Name' ? e.names.get(target.id) : 'file';
  const keyword = target ? w.declarations.keyword(node, boundIn(e, target)) : 'const ';
  const assigned: Doc = [keyword === 'mixed' ? '' : keyword, name, ' = ', value.doc, ';'];
  const isShared = !target || boundIn(e, target).some(({ definitions }) => definitions.length > 1);
  // Another `with` may have a file of the same name.
  if (isShared && keyword !== '') {
    const inner: Doc[] = [
      assigned,
      ['try ', blockOf(w, node.body, node.end), ' finally ', block([`${name}.close();`])],
    ];
    return [block(inner)];
  }
  return [assigned, ['try ', blockOf(w, node.body, node.end), ' finally ', block([`${name}.close();`])]];
}

/** Whether nothing behind a block is reached from it. */
export function endsAlways(e: Emitter, body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (!last) return false;
  if (['Return', 'Raise', 'Continue', 'Break'].includes(last.nodeType)) return true;
  if (last.nodeType === 'If')
    return last.orelse.length > 0 && endsAlways(e, last.body) && endsAlways(e, last.orelse);
  if (last.nodeType !== 'Expr' || last.value.nodeType !== 'Call') return false;
  return isNever(e, last.value.func);
}

function isNever(e: Emitter, func: Expression): boolean {
  return e.type(func).atoms.some((atom) => {
    if (atom.kind !== 'named') return false;
    if (!atom.owner) return atom.name === 'microdot.abort' || atom.name === 'sys.exit';
    return 'isNever' in atom.owner && Boolean(atom.owner.isNever);
  });
}

function assignedIn(statement: Statement): string[] {
  const names: string[] = [];
  walk(statement, (node) => {
    if (node.nodeType === 'Name' && node.ctx.nodeType !== 'Load') names.push(node.id);
    return !['FunctionDef', 'AsyncFunctionDef', 'ClassDef', 'Lambda'].includes(node.nodeType);
  });
  return names;
}
