import type { Node } from '../nunjucks.ts';
import type { BlockNode, ForNode, SymbolNode } from '../syntax/nodes.ts';
import { looksBackOnly, some } from './analysis.ts';
import { targetNames } from './parts.ts';
import { FunctionFrame, type Scope, type Variable } from './scope.ts';
import { StatementCompiler } from './statementCompiler.ts';

/** Writes loops: over lists, and over what comes in while the page goes out. */
export class LoopCompiler extends StatementCompiler {
  /** The labels of the loops that are open, for `break` and `continue`. */
  readonly #labels: string[] = [];

  compileForLoop(node: Node, scope: Scope): void {
    const loop = node as ForNode;
    this.mark(node);
    const values = this.strict(loop.iter, scope);
    if (loop.isRecursive) this.#writeRecursive(loop, values, scope);
    else this.#writeLoop(loop, values, scope);
    this.forgetLine();
  }

  /** A function that runs the loop on any values, and that `loop(...)` within it calls. */
  #writeRecursive(node: ForNode, values: string, scope: Scope): void {
    const frame = new FunctionFrame(scope.frame);
    const name = this.unique('r');
    const code = this.writeFunction(`const ${name}=function*(values,depth,out)`, frame, '', () =>
      this.#writeLoop(node, 'values', scope.enter(frame), name),
    );
    this._emitLine(`${code};`);
    const run = (): void => this.delegate((text) => `${name}(${values},0,${text})`);
    // What else than printing is in it is done also by a template whose parent is to be shown.
    if (this.isSilent) run();
    else this.guard(run);
  }

  #writeLoop(node: ForNode, values: string, scope: Scope, recursive?: string): void {
    const { target, filter, body, else_ } = node;
    const hasLoop = recursive !== undefined || this.#needsLoop(node);
    // What is to come is known only when all of it has been filtered.
    const isFilteredFirst = filter !== null && hasLoop && !looksBackOnly([body]);
    const source = isFilteredFirst ? this.#writeFilter(node, values, scope) : values;
    // Jinja takes a loop for empty until the end of a round was reached.
    const isCut = else_ && some([body], isControl) ? this.temporary(scope) : undefined;
    if (isCut) this._emitLine(`${isCut}=false;`);
    const cursor = this.unique('c');
    const depth = recursive === undefined ? '0' : 'depth';
    const again =
      recursive === undefined
        ? ''
        : `,(values)=>renderedText(R,${recursive}(values,depth+1,""),${this.escapes})`;
    const made = hasLoop ? `new Loop(${source},${depth}${again})` : `new Cursor(${source})`;
    this.#writeRounds(cursor, made, (label) => {
      const inner = scope.enter();
      this.#takeItem(target, cursor, inner);
      if (filter && !isFilteredFirst) {
        const holds = this.#filterScope(node, scope, inner);
        this._emitLine(`if(!${this.truth(filter, holds)}){${cursor}.skip();continue ${label};}`);
      }
      const given = targetNames(target);
      const names = this.see([body], inner, hasLoop ? ['loop', ...given] : given);
      if (hasLoop) inner.declare('loop', this.#loopVariable(cursor, names.isAssigned('loop')));
      this.declareNames(names, inner);
      this.forgetLine();
      this.compileWithin(body, inner);
      if (isCut) this._emitLine(`${isCut}=true;`);
      this.flush();
    });
    if (else_) {
      this._emitLine(`if(${isCut ? `!${isCut}` : `${cursor}.index0<0`}){`);
      this.forgetLine();
      this.body(else_, scope);
      this._emitLine('}');
    }
  }

  /** Whether `loop` can be seen from within a loop. As in Jinja, an included template alone is no reason. */
  #needsLoop({ body, else_ }: ForNode): boolean {
    if (this.isReadFirst(body, 'loop')) return true;
    const isScoped = (node: Node): boolean => node.typename === 'BlockTag' && (node as BlockNode).isScoped;
    return this.survey.kinds.has('BlockTag') && some([body, else_], isScoped);
  }

  /** A macro may have the name, or what is imported. */
  #loopVariable(cursor: string, isAssigned: boolean): Variable {
    const js = isAssigned ? this.unique('v') : cursor;
    if (isAssigned) this._emitLine(`let ${js}=${cursor};`);
    return { js, state: 'set' };
  }

  /** A filter sees the item and what is around the loop, and so no `loop` but that of a loop around. */
  #filterScope({ target, filter }: ForNode, scope: Scope, taken: Scope): Scope {
    const inner = scope.enter();
    const given = targetNames(target);
    for (const name of given) inner.declare(name, this.variable(name, taken));
    this.declareNames(this.see([filter], inner, given), inner);
    return inner;
  }

  /** The values that a filter lets through, as a list. */
  #writeFilter(node: ForNode, values: string, scope: Scope): string {
    const list = this.temporary(scope);
    const cursor = this.unique('c');
    this._emitLine(`${list}=[];`);
    this.#writeRounds(cursor, `new Cursor(${values})`, () => {
      const inner = scope.enter();
      this.#takeItem(node.target, cursor, inner);
      const holds = this.#filterScope(node, scope, inner);
      this._emitLine(`if(${this.truth(node.filter as Node, holds)})${list}.push(${cursor}.item);`);
    });
    return list;
  }

  #writeRounds(cursor: string, made: string, round: (label: string) => void): void {
    const label = this.unique('L');
    this.#labels.push(label);
    this._emitLine(`const ${cursor}=${made};try{`);
    this._emitLine(`${label}:while(${cursor}.step()||${cursor}.isLive&&${this.wait(`${cursor}.pull()`)}){`);
    if (this.options.countIterations) this._emitLine('R.countIteration();');
    round(label);
    this._emitLine(`}}finally{if(${cursor}.isLive&&isT(T=${cursor}.close()))yield T;}`);
    this.#labels.pop();
  }

  #takeItem(target: Node, cursor: string, scope: Scope): void {
    if (target.typename === 'Symbol') {
      const js = this.unique('v');
      this._emitLine(`let ${js}=${this.wait(`${cursor}.item`)};`);
      scope.declare((target as SymbolNode).value, { js, state: 'set' });
      return;
    }
    const item = this.unique('t');
    this._emitLine(`const ${item}=${this.wait(`${cursor}.item`)};`);
    this.declareTarget(target, scope);
    this.assign(target, item, scope);
  }

  compileBreak(): void {
    this._emitLine(`break ${this.#labels.at(-1)};`);
  }

  compileContinue(): void {
    this.flush();
    this._emitLine(`continue ${this.#labels.at(-1)};`);
  }
}

function isControl({ typename }: Node): boolean {
  return typename === 'Break' || typename === 'Continue';
}
