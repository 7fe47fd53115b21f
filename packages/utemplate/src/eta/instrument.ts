import type { AnyNode, ForOfStatement } from 'acorn';
import type { Code, Edit } from './code.ts';
import { type PrintingLoopOptions, printingLoop, printingsOf } from './printingLoop.ts';
import { type Print, type Printed, Prints } from './prints.ts';
import { hasAwait, isAwait, isFunction, isReference, loopBody, type Visited, visit } from './syntaxTree.ts';

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
  return new Instrumentation(root, code, printed, options).run();
}

class Instrumentation {
  readonly #root: AnyNode;
  readonly #code: Code;
  readonly #prints: Prints;
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
  readonly #isAsync: boolean;
  /** The body of the last loop that only prints, where nothing is left to do. */
  #done = { start: 0, end: 0 };
  #printingLoops = 0;
  #layoutNames = 0;
  #usesBlocks = false;
  #usesData = false;

  constructor(root: AnyNode, code: Code, printed: readonly Printed[], options: InstrumentOptions) {
    this.#root = root;
    this.#isAsync = hasAwait(root);
    this.#code = code;
    this.#prints = new Prints(printed, options.varName, options.autoFilter);
    this.#options = options;
  }

  run(): Instrumented {
    visit(this.#root, (visited) => this.#visit(visited));
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
    const { node, isInList } = visited;
    while (this.#statements.length > 0 && (this.#statements.at(-1)?.node.end as number) <= node.start)
      this.#statements.pop();
    if (isInList) this.#statements.push(visited);
    if (node.start < this.#done.start || node.start >= this.#done.end) this.#instrument(visited);
    this.#names(visited);
  }

  #instrument(visited: Visited): void {
    const { node, depth, isInList } = visited;
    const print = this.#prints.at(node);
    if (print) this.#print(depth, print);
    else if (isInList && this.#code.isOfTemplate(node.start))
      this.#insert(node.start, this.#line(node.start));
    if (depth === 0 && this.#printingLoop(node)) return;
    const body = loopBody(node);
    if (body) this.#loop(body, depth, node.type === 'ForOfStatement' && node.await);
    if (isFunction(node)) this.#function(node);
    if (depth === 0) this.#waits(node);
  }

  #print(depth: number, print: Print): void {
    this.#replaced.add(print.start);
    const { value, include } = print;
    const line = this.#line(print.valueStart);
    const [before, after] = this.#options.shown(print.isRaw);
    if (depth > 0) {
      // Nothing can wait in a function of the template.
      this.#wrap(print, `{${line}__run.text+=${before}__eta.now(`, `\n)${after};}`);
    } else if (include) {
      this.#replace(print.start, include.callee.end, `{${line}yield __eta.part`);
      this.#replace(include.end, print.end, ';}');
    } else if (print.isBody) {
      this.#bodies.add(value.start);
      this.#wrap(print, `{${line}if(__t=__eta.body())yield __t;else __run.text+=`, ';}');
    } else {
      const flush = hasAwait(value) ? FLUSH_TEXT : '';
      const wait = `if(__eta.isThenable(__t)){${this.#wait()}}`;
      this.#wrap(print, `{${line}${flush}__t=(`, `\n);${wait}__run.text+=${before}__t${after};}`);
    }
  }

  /** To yield a promise is to await it, in a function that can. */
  #wait(): string {
    return this.#isAsync ? `${FLUSH_TEXT}__t=await __t;` : '__t=yield __t;';
  }

  /** Whether a loop does nothing but to print; then it is taken care of. */
  #printingLoop(node: AnyNode): boolean {
    const { counts, shown, lineOf } = this.#options;
    const options: PrintingLoopOptions = {
      number: this.#printingLoops + 1,
      code: this.#code,
      lineOf,
      before: counts ? TICK : '',
      wait: this.#wait(),
      flushLong: FLUSH_LONG,
      print: (variable, isRaw) => shown(isRaw).join(variable),
    };
    const printings = printingsOf(node, this.#prints, options);
    if (!printings) return false;
    const { start, end, right } = node as ForOfStatement;
    const [before, after] = printingLoop(node as ForOfStatement, printings, options);
    this.#printingLoops++;
    this.#replace(start, right.start, before);
    this.#replace(right.end, end, after);
    this.#done = { start: right.end, end };
    return true;
  }

  #wrap({ start, end, valueStart, valueEnd }: Printed, before: string, after: string): void {
    this.#replace(start, valueStart, before);
    this.#replace(valueEnd, end, after);
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
    if (!isAwait(node)) return;
    if (node.type === 'ForOfStatement') {
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
    return `__line=${this.#options.lineOf(position)};`;
  }

  #insert(at: number, text: string): void {
    if (text !== '') this.#edits.push({ start: at, end: at, text });
  }

  #replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }
}

function includedName(call: AnyNode): string | undefined {
  const [name] = call.type === 'CallExpression' ? call.arguments : [];
  return name?.type === 'Literal' && typeof name.value === 'string' ? name.value : undefined;
}
