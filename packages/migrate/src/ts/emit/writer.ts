import { walk } from '../../python/fields.ts';
import type { Binding } from '../../python/scopes.ts';
import type { Node, Statement } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { block, quoted } from '../js.ts';
import { factsOf } from '../known/facts.ts';
import type { Comments } from './comments.ts';
import { endsAlways } from './control.ts';
import { type Declarations, startOf } from './declare.ts';
import { type Emitter, NotPorted } from './emitter.ts';
import { boundIn } from './targets.ts';

/** What writes a statement; nothing where none is needed. */
export type WriteStatement = (w: Writer, node: Statement) => Doc[] | undefined;

/** Writes statements: what the functions below share. */
export class Writer {
  readonly e: Emitter;
  readonly comments: Comments;
  readonly declarations: Declarations;
  /** Within the module itself, and in no function. */
  readonly isModule: boolean;

  readonly #write: WriteStatement;

  constructor(
    e: Emitter,
    comments: Comments,
    declarations: Declarations,
    isModule: boolean,
    write: WriteStatement,
  ) {
    this.#write = write;
    this.e = e;
    this.comments = comments;
    this.declarations = declarations;
    this.isModule = isModule;
  }

  /** One for the body of a function. */
  within(declarations: Declarations): Writer {
    return new Writer(this.e, this.comments, declarations, false, this.#write);
  }

  /** The lines of a block, with the comments and the empty lines that it has in Python. */
  lines(body: readonly Statement[], end: number): Doc[] {
    const lines: Doc[] = [];
    const { narrowed, isUnreachable } = this.e;
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
    this.e.isUnreachable = isUnreachable;
    const rest = this.comments.before(end);
    return [...lines, ...rest];
  }

  /** What is known behind `if not x: return`. */
  #learn(statement: Statement): void {
    if (statement.nodeType === 'If' && statement.orelse.length === 0 && endsAlways(this.e, statement.body)) {
      this.e.narrowed = new Set([
        ...this.e.narrowed,
        ...factsOf((part) => this.e.source(part), statement.test, false),
      ]);
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
      return this.#write(this, node);
    } catch (error) {
      if (!(error instanceof NotPorted)) throw error;
      return this.#stub(node);
    }
  }

  /** What stands for a statement that is not ported. What it would define is there, so that the rest can be looked at. */
  #stub(node: Statement): Doc[] {
    const { e } = this;
    e.isUnreachable = true;
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
      if (binding && this.declarations.isHoisted(binding))
        return [...lines, [`${name} = () => `, block([last]), ';']];
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

function assignedIn(statement: Statement): string[] {
  const names: string[] = [];
  walk(statement, (node) => {
    if (node.nodeType === 'Name' && node.ctx.nodeType !== 'Load') names.push(node.id);
    return !['FunctionDef', 'AsyncFunctionDef', 'ClassDef', 'Lambda'].includes(node.nodeType);
  });
  return names;
}
