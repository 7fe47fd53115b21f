import type { AnyNode, CallExpression } from 'acorn';
import type { Code, Edit } from './code.ts';
import { isFunction, isReference, loopBody, type Visited, visit } from './syntaxTree.ts';

/** The statement of a tag that prints: `__run.text+=VALUE;`, and where in it the value is. */
export interface Printed {
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly isRaw: boolean;
}

export interface InstrumentOptions {
  /** The name of the data, `it`. */
  readonly varName: string;
  readonly useWith: boolean;
  readonly autoFilter: boolean;
  /** Whether output, iterations are bounded. */
  readonly limitsOutput: boolean;
  readonly counts: boolean;
  /** What is around a value where it is printed: the functions that it goes through. */
  readonly shown: (isRaw: boolean) => readonly [before: string, after: string];
  readonly lineOf: (position: number) => number;
}

/** What has been found out about a template, and what makes it stream. */
export interface Instrumented {
  readonly edits: readonly Edit[];
  /** Whether it has an `await` that is in no function of its own. */
  readonly isAsync: boolean;
  readonly usesLayout: boolean;
  /** Whether it prints its body, if it does anything with it at all, and asks for no blocks: then the body may come later. */
  readonly onlyPrintsBody: boolean;
  /** Whether it does anything with a body or blocks that a layout has passed on to it. */
  readonly usesBody: boolean;
  /** The templates that it includes; `undefined` where that cannot be told. */
  readonly includes: readonly string[] | undefined;
}

const FLUSH_TEXT = `if(__run.text!=='')yield __eta.flush;`;
const FLUSH_LONG = 'if(__run.text.length>__run.limit)yield __eta.flush;';
const CHECK = 'if(__run.text.length>__run.limit)__eta.check();';
const TICK = '__run.limits.tick();';

/**
 * Finds the places of a template where it can be interrupted, which is everywhere but in functions of its own, and what is
 * to be done there: flush, wait for a promise, render another template.
 */
export function instrument(
  root: AnyNode,
  code: Code,
  printed: readonly Printed[],
  options: InstrumentOptions,
): Instrumented {
  return new Instrumentation(code, printed, options).run(root);
}

class Instrumentation {
  readonly #code: Code;
  readonly #printed: ReadonlyMap<number, Printed>;
  readonly #options: InstrumentOptions;
  readonly #edits: Edit[] = [];
  /** Statements in a row, from the outermost on, of the node that is visited. */
  readonly #statements: Visited[] = [];
  readonly #flushed: Set<number> = new Set();
  /** Where the statements are that print, and have been taken care of. */
  readonly #replaced: Set<number> = new Set();
  readonly #bodies: Set<number> = new Set();
  readonly #layouts: Visited[] = [];
  readonly #includes: (string | undefined)[] = [];
  #isAsync = false;
  #layoutNames = 0;
  #usesBlocks = false;
  #usesData = false;

  constructor(code: Code, printed: readonly Printed[], options: InstrumentOptions) {
    this.#code = code;
    this.#printed = new Map(printed.map((one) => [one.start, one]));
    this.#options = options;
  }

  run(root: AnyNode): Instrumented {
    visit(root, (visited) => this.#visit(visited));
    this.#announceLayout();
    const usesBody = this.#usesData || this.#usesBlocks || this.#options.useWith;
    return {
      edits: this.#edits,
      isAsync: this.#isAsync,
      usesLayout: this.#layoutNames > 0,
      onlyPrintsBody: !usesBody,
      usesBody: usesBody || this.#bodies.size > 0,
      includes: this.#includes.every((name) => name !== undefined) ? (this.#includes as string[]) : undefined,
    };
  }

  #visit(visited: Visited): void {
    const { node, depth, isInList } = visited;
    while (this.#statements.length > 0 && (this.#statements.at(-1)?.node.end as number) <= node.start)
      this.#statements.pop();
    if (isInList) this.#statements.push(visited);
    const print = node.type === 'ExpressionStatement' ? this.#printed.get(node.start) : undefined;
    if (print && node.end === print.end) this.#print(visited, print);
    else if (isInList && this.#code.isOfTemplate(node.start))
      this.#insert(node.start, this.#line(node.start));
    const body = loopBody(node);
    if (body) this.#loop(body, depth, node.type === 'ForOfStatement' && node.await);
    if (isFunction(node)) this.#function(node);
    if (depth === 0) this.#waits(node);
    this.#names(visited);
  }

  #print({ node, depth }: Visited, print: Printed): void {
    this.#replaced.add(print.start);
    const expression = (node as { expression?: { right?: AnyNode } }).expression?.right as AnyNode;
    const value = this.#valueIn(expression, print);
    const line = this.#line(print.valueStart);
    const [before, after] = this.#options.shown(print.isRaw);
    const includes = print.isRaw && !this.#options.autoFilter ? includeCall(value) : undefined;
    if (depth > 0) {
      // Nothing can wait in a function of the template.
      this.#wrap(print, `{${line}__run.text+=${before}__eta.now(`, `\n)${after};}`);
    } else if (includes) {
      this.#replace(print.start, includes.callee.end, `{${line}yield __eta.part`);
      this.#replace(includes.end, print.end, ';}');
    } else if (print.isRaw && !this.#options.autoFilter && this.#isBody(value)) {
      this.#bodies.add(value.start);
      this.#wrap(print, `{${line}if(__t=__eta.body())yield __t;else __run.text+=`, ';}');
    } else {
      const flush = hasAwait(value) ? FLUSH_TEXT : '';
      const wait = 'if(__eta.isThenable(__t))__t=yield __t;';
      this.#wrap(print, `{${line}${flush}__t=(`, `\n);${wait}__run.text+=${before}__t${after};}`);
    }
  }

  /** The value within the functions that it goes through. */
  #valueIn(expression: AnyNode, { valueStart }: Printed): AnyNode {
    let node = expression;
    while (node.type === 'CallExpression' && node.start < valueStart) node = node.arguments[0] as AnyNode;
    return node;
  }

  #wrap({ start, end, valueStart, valueEnd }: Printed, before: string, after: string): void {
    this.#replace(start, valueStart, before);
    this.#replace(valueEnd, end, after);
  }

  /** `it.body`, and nothing else. */
  #isBody(node: AnyNode): boolean {
    if (node.type !== 'MemberExpression' || node.computed) return false;
    const { object, property } = node;
    return (
      object.type === 'Identifier' &&
      object.name === this.#options.varName &&
      property.type === 'Identifier' &&
      property.name === 'body'
    );
  }

  #loop(body: AnyNode, depth: number, isAwaited: boolean): void {
    const { limitsOutput, counts } = this.#options;
    const check = depth === 0 ? FLUSH_LONG : limitsOutput ? CHECK : '';
    this.#around(body, (counts ? TICK : '') + check, isAwaited && depth === 0 ? FLUSH_TEXT : '');
  }

  #function(node: AnyNode): void {
    const { limitsOutput, counts } = this.#options;
    const { body } = node as { body: AnyNode };
    if (body.type === 'BlockStatement')
      this.#around(body, (counts ? TICK : '') + (limitsOutput ? CHECK : ''), '');
  }

  /** Puts something at the beginning and the end of a block, or makes one of a statement. */
  #around(body: AnyNode, before: string, after: string): void {
    if (before + after === '') return;
    if (body.type === 'BlockStatement') {
      this.#insert(body.start + 1, before);
      this.#insert(body.end - 1, after);
    } else {
      this.#insert(body.start, `{${before}`);
      this.#insert(body.end, `${after}}`);
    }
  }

  /** What has been written goes out before the template waits. */
  #waits(node: AnyNode): void {
    const isLoop = node.type === 'ForOfStatement' && node.await;
    if (node.type !== 'AwaitExpression' && !isLoop) return;
    this.#isAsync = true;
    if (isLoop) {
      this.#insert(node.right.start, '__eta.closable(');
      this.#insert(node.right.end, ')');
    }
    const statement = this.#statements.at(-1)?.node;
    if (!statement || this.#replaced.has(statement.start) || this.#flushed.has(statement.start)) return;
    this.#flushed.add(statement.start);
    this.#insert(statement.start, FLUSH_TEXT);
  }

  #names(visited: Visited): void {
    const { node, parent, depth } = visited;
    if (!this.#code.isOfTemplate(node.start)) return;
    if (isReference(visited, 'layout')) {
      this.#layoutNames++;
      const statement = this.#statements.at(-1);
      const isCall = statement?.node.type === 'ExpressionStatement' && statement.node.expression === parent;
      if (isCall && depth === 0) this.#layouts.push(statement);
    }
    if (isReference(visited, 'block') || isReference(visited, 'blockAsync')) this.#usesBlocks = true;
    if (isReference(visited, 'include') || isReference(visited, 'includeAsync'))
      this.#includes.push(includedName(parent));
    if (isReference(visited, this.#options.varName) && !this.#isProperty(parent, node)) this.#usesData = true;
  }

  /** Whether the data is asked for one property, which is not the body, or for that where it is printed. */
  #isProperty(parent: AnyNode, node: AnyNode): boolean {
    if (parent.type !== 'MemberExpression' || parent.object !== node || parent.computed) return false;
    const { property } = parent;
    return property.type === 'Identifier' && (property.name !== 'body' || this.#bodies.has(parent.start));
  }

  /** Once a page has named its layout, what is before the page in it can go out. One that has blocks is rendered first. */
  #announceLayout(): void {
    const [layout] = this.#layouts;
    if (!layout || this.#layoutNames > 1 || this.#usesBlocks) return;
    this.#insert(layout.node.end, ';if(__t=__eta.handover())yield __t;');
  }

  #line(position: number): string {
    return `__eta.line=${this.#options.lineOf(position)};`;
  }

  #insert(at: number, text: string): void {
    if (text !== '') this.#edits.push({ start: at, end: at, text });
  }

  #replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }
}

/** `include(...)` or `includeAsync(...)`, with or without `await`. */
function includeCall(node: AnyNode): CallExpression | undefined {
  const call = node.type === 'AwaitExpression' ? node.argument : node;
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') return undefined;
  const isPlain =
    call.arguments.every(({ type }) => type !== 'SpreadElement') && !call.arguments.some(hasAwait);
  return isPlain && /^include(?:Async)?$/.test(call.callee.name) ? call : undefined;
}

function includedName(call: AnyNode): string | undefined {
  const [name] = call.type === 'CallExpression' ? call.arguments : [];
  return name?.type === 'Literal' && typeof name.value === 'string' ? name.value : undefined;
}

/** Whether something waits, and not only in a function within it. */
function hasAwait(node: AnyNode): boolean {
  let found = false;
  visit(node, ({ node, depth }) => {
    if (node.type === 'AwaitExpression' && depth === 0) found = true;
  });
  return found;
}
