import { TemplateAssertionError } from '../errors.ts';
import { type Node, NunjucksCompiler } from '../nunjucks.ts';
import { locateSyntaxError } from '../syntax/syntaxErrors.ts';
import { isReadFirst } from './readFirst.ts';
import { FunctionFrame, Scope, type Variable } from './scope.ts';
import { type Origin, ScopeNames } from './scopeNames.ts';
import { seeNames } from './seeNames.ts';
import type { Survey } from './survey.ts';

export type UndefinedMode = 'default' | 'strict' | 'chainable' | 'debug';

export interface CompilerOptions {
  readonly name: string;
  readonly source: string;
  readonly autoescape: boolean;
  readonly undefined: UndefinedMode;
  readonly hasFilter: (name: string) => boolean;
  readonly hasTest: (name: string) => boolean;
  /** How many arguments a filter or test takes besides its subject; nothing where it takes any. */
  readonly arityOf: (
    kind: 'filter' | 'test',
    name: string,
  ) => { readonly min: number; readonly max: number } | undefined;
  readonly isAsyncFilter: (name: string) => boolean;
  /** Counts rounds of loops. */
  readonly countIterations: boolean;
  /** Checks the length of text wherever it grows. */
  readonly checkOutput: boolean;
}

/** From how many characters on text goes out while a loop is running. */
const PIECE = 16_384;

/** Writes JavaScript: functions, their variables, the text that they add to, and where they have to wait. */
export class CodeWriter extends NunjucksCompiler {
  readonly options: CompilerOptions;
  /** The variable that text is added to. */
  protected buffer = 'out';
  /** Whether printing escapes here; `undefined` where that is known only when it runs. */
  protected escaping: boolean | undefined;
  protected survey: Survey = { kinds: new Set(), names: new Set(), blocks: [], showsNames: false };
  /** How many conditions have to hold for this place to be reached. */
  protected conditions = 0;
  /** How many functions are being written, each within the one before. */
  protected depth = 0;
  #code: string[] = [];
  #line = -1;
  readonly #free: Set<string> = new Set();

  constructor(options: CompilerOptions) {
    super(options.name, options.undefined === 'strict');
    this.options = options;
    this.escaping = options.autoescape;
  }

  override _emit(code: string): void {
    this.#code.push(code);
  }

  override getCode(): string {
    return this.#code.join('');
  }

  get free(): readonly string[] {
    return [...this.#free];
  }

  protected unique(prefix: string): string {
    return `${prefix}${++this.lastId}`;
  }

  /** A variable of the function for a value on its way. */
  protected temporary(scope: Scope): string {
    const name = this.unique('t');
    scope.frame.temporaries.push(name);
    return name;
  }

  /** What is written meanwhile, on its own. */
  protected capture(write: () => void): string {
    const outer = this.#code;
    this.#code = [];
    try {
      write();
      return this.getCode();
    } finally {
      this.#code = outer;
    }
  }

  /** Tells the function where in the template it is, for its errors. */
  protected mark(node: Node): void {
    if (node.lineno === undefined || node.lineno === this.#line) return;
    this.#line = node.lineno;
    this._emitLine(`line=${node.lineno + 1};`);
  }

  /** Code that may be reached from elsewhere: the line is not known there. */
  protected forgetLine(): void {
    this.#line = -1;
  }

  /**
   * Writes a generator with all that its code needs. `parameters` come after those that every function has.
   */
  protected writeFunction(head: string, frame: FunctionFrame, first: string, body: () => void): string {
    const outer = { buffer: this.buffer, conditions: this.conditions };
    this.buffer = 'out';
    this.conditions = 0;
    this.depth++;
    this.forgetLine();
    const code = this.capture(body);
    this.forgetLine();
    this.depth--;
    Object.assign(this, outer);
    const lazy = frame.asked.map(({ js }) => `${js}=UNSET`);
    const variables = ['T', 'line=1', ...lazy, ...frame.temporaries].join(',');
    return (
      `${head}{\n${first}let ${variables};\n${frame.declarations.join('')}` +
      `try{\n${code}return out;\n}catch(e){throw locate(e,NAME,line);}}`
    );
  }

  /** A filter or test, looked up once wherever a template or block begins. */
  protected hoist(scope: Scope, kind: 'filter' | 'test', name: string): string {
    const { declarations } = scope.frame.outermost;
    const key = `${kind}(ctx,${quote(name)})`;
    const known = declarations.find((line) => line.endsWith(`=${key};\n`));
    if (known) return known.slice('const '.length, known.indexOf('='));
    const js = this.unique(kind[0] as string);
    declarations.push(`const ${js}=${key};\n`);
    return js;
  }

  /** The variable of a name; where no scope knows it, one that is filled from the context. */
  protected variable(name: string, scope: Scope): Variable {
    return scope.find(name) ?? this.#asked(name, scope);
  }

  #asked(name: string, { frame: { context } }: Scope): Variable {
    const variable = context.get(name) ?? { js: this.unique('v'), state: 'lazy' };
    context.set(name, variable);
    this.#free.add(name);
    return variable;
  }

  /** Whether what Jinja gives under a name is what it means in these nodes. */
  protected isReadFirst(nodes: Node, name: string): boolean {
    return this.survey.names.has(name) && isReadFirst([nodes], name);
  }

  /** What is done to names in a scope that is entered here; `given` are those that have a value from the start. */
  protected see(nodes: readonly (Node | null)[], scope: Scope, given: readonly string[] = []): ScopeNames {
    const names = new ScopeNames((name) => scope.isKnownAround(name));
    for (const name of given) names.give(name);
    seeNames(nodes, names);
    return names;
  }

  /** Declares the names of a scope as they are where it begins, but for those that it is given. */
  protected declareNames(names: ScopeNames, scope: Scope): void {
    for (const [name, origin] of names.origins) {
      if (origin !== 'given') {
        scope.declare(name, this.#begun(name, origin, names, scope), names.isStored(name));
      }
    }
  }

  #begun(name: string, origin: Origin, names: ScopeNames, scope: Scope): Variable {
    if (origin === 'none') {
      const js = this.unique('v');
      // What is undefined hides a name of the context from a template that is included, and what has not been set does not.
      const { showsNames } = this.survey;
      this._emitLine(showsNames ? `let ${js}=UNSET;` : `let ${js};`);
      return { js, state: showsNames ? 'unset' : 'set' };
    }
    const before = origin === 'around' ? this.variable(name, scope) : this.#asked(name, scope);
    if (!names.isStored(name) || (origin === 'context' && scope.isOutermost)) return before;
    const js = this.unique('v');
    this._emitLine(`let ${js}=${before.js};`);
    return { js, state: before.state };
  }

  /** Waits for a value if it is a promise. The text so far may go out meanwhile. */
  protected wait(code: string): string {
    return `(isT(T=${code})?(R.pending=out,out="",yield T):T)`;
  }

  protected append(code: string): void {
    this._emitLine(`${this.buffer}+=${code};`);
    if (this.options.checkOutput) this._emitLine(`R.checkText(${this.buffer}.length);`);
  }

  /** In a loop: lets text go out once there is enough of it. */
  protected flush(): void {
    if (this.buffer === 'out') this._emitLine(`if(out.length>${PIECE}){yield out;out="";}`);
  }

  /** Adds all the text of another function's, in step with it where that is possible. */
  protected delegate(rendering: (text: string) => string): void {
    if (this.buffer === 'out') this._emitLine(`out=yield* ${rendering('out')};`);
    else this.append(this.wait(`collect(R,${rendering('""')})`));
  }

  protected failAssertion(message: string, node: Node): never {
    const { name, source } = this.options;
    throw locateSyntaxError(
      new TemplateAssertionError(message),
      name,
      source,
      (node.lineno ?? 0) + 1,
      (node.colno ?? 0) + 1,
    );
  }

  protected root(isTop: boolean): Scope {
    return new Scope(new FunctionFrame(), undefined, isTop);
  }
}

/** A string as JavaScript has it, also within a script of HTML. */
export function quote(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll('</', '<\\/');
}
