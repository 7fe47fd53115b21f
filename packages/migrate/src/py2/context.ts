import type { Edit, Note } from '../edit/edit.ts';
import { factsOf } from '../flow/facts.ts';
import type { Flow } from '../flow/flow.ts';
import { microdotOf } from '../flow/microdot.ts';
import { bindingsOf } from '../python/bindings.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Attribute, Call, Expression, Name, Node, Statement } from '../python/tree.ts';
import type { RuleSelection } from '../target.ts';
import type { Asyncness } from './asyncness.ts';
import { ImportPlan } from './imports/plan.ts';

/** What a note says. */
export interface NoteText {
  message: string;
  suggestion?: string;
  guide: string;
}

/** One file while its rules run. */
export class FileContext {
  readonly flow: Flow;
  readonly asyncness: Asyncness;
  readonly module: PythonModule;
  readonly imports: ImportPlan;
  readonly edits: Edit[] = [];
  readonly notes: Note[] = [];
  /** Statements that go, with the rule that wants it. */
  readonly removed: Map<Statement, string> = new Map();

  #uses: Map<string, Use[]> | undefined;

  readonly rules: RuleSelection;

  constructor(flow: Flow, asyncness: Asyncness, module: PythonModule, rules: RuleSelection = {}) {
    this.rules = rules;
    this.flow = flow;
    this.asyncness = asyncness;
    this.module = module;
    this.imports = new ImportPlan(flow.program, module);
  }

  /** All uses of the names of a module of 1.x, in the order of the text. */
  uses(module: string): readonly Use[] {
    this.#uses ??= this.#findUses();
    return this.#uses.get(module) ?? [];
  }

  #findUses(): Map<string, Use[]> {
    const found = new Map<string, Use[]>();
    const { all, free } = bindingsOf(this.module);
    const isReplaced = ({ parent }: Name) => parent?.nodeType === 'Attribute' && this.symbol(parent) !== null;
    // All reads of a name mean the same.
    const bound = all.flatMap(({ references }) => {
      const [first] = references;
      return first !== undefined && this.symbol(first) !== null ? references : [];
    });
    const names = [...bound, ...free].filter((name) => !isReplaced(name));
    for (const expression of [...names, ...factsOf(this.module).attributes]) {
      const symbol = this.symbol(expression);
      if (symbol === null) continue;
      const { parent } = expression;
      const call = parent?.nodeType === 'Call' && parent.func === expression ? parent : null;
      const module = symbol.slice(0, symbol.lastIndexOf('.'));
      const uses = found.get(module);
      if (uses === undefined) found.set(module, [{ symbol, expression, call }]);
      else uses.push({ symbol, expression, call });
    }
    for (const uses of found.values()) uses.sort((a, b) => a.expression.start - b.expression.start);
    return found;
  }

  get source(): string {
    return this.module.source;
  }

  /** The end of line that the file has. */
  get newline(): string {
    return /\r\n|\r|\n/.exec(this.source)?.[0] ?? '\n';
  }

  text(node: { readonly start: number; readonly end: number }): string {
    return this.module.text(node);
  }

  replace(rule: string, node: { readonly start: number; readonly end: number }, text: string): void {
    this.edits.push({ start: node.start, end: node.end, text, rule });
  }

  insert(rule: string, at: number, text: string): void {
    this.edits.push({ start: at, end: at, text, rule });
  }

  note(rule: string, node: { readonly start: number }, text: NoteText): void {
    const { line, column } = this.module.lines.position(node.start);
    if (this.notes.some((note) => note.line === line && note.rule === rule && note.message === text.message))
      return;
    this.notes.push({ line, column, rule, ...text });
  }

  /** The name of Microdot 1.x that an expression is: `microdot_session.get_session`. */
  symbol(expression: Expression): string | null {
    const found = microdotOf(this.flow.program, this.module, expression);
    return found?.path.length === 1 ? `${found.module}.${found.path[0]}` : null;
  }
}

/** A use of something of Microdot 1.x: the whole expression, and the call of it, if it is called. */
export interface Use {
  symbol: string;
  expression: Name | Attribute;
  call: Call | null;
}

/** A rule: what it is called, and what it does with a file. */
export interface Rule {
  name: string;
  run(context: FileContext): void;
}

/** The name that an expression begins with: `a` in `a.b.c`. */
export function rootName(expression: Node): Name | null {
  let at = expression;
  while (at.nodeType === 'Attribute') at = at.value;
  return at.nodeType === 'Name' ? at : null;
}
