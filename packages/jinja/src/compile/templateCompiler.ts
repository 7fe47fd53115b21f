import type { Node, NodeList } from '../nunjucks.ts';
import { RUNTIME_NAMES } from '../runtime/names.ts';
import {
  type AttributeNode,
  type BlockNode,
  type CallNode,
  childrenOf,
  type FromImportNode,
  type ImportNode,
  type IncludeNode,
  type SymbolNode,
} from '../syntax/nodes.ts';
import { some, storedNames } from './analysis.ts';
import { LoopCompiler } from './loopCompiler.ts';
import type { Scope } from './scope.ts';
import { type CompilerOptions, quote } from './writer.ts';

/** What else is there depends on other templates: such a template may ask its context for any name. */
const OPEN: ReadonlySet<string> = new Set([
  'IncludeTag',
  'Extends',
  'CallExtension',
  'CallExtensionAsync',
  'BlockTag',
]);

/** The body of a function that is given the runtime, and gives the functions of a template. */
export function compileTemplate(root: NodeList, options: CompilerOptions): string {
  return new TemplateCompiler(options).template(root);
}

/** Writes a template: its root, its blocks, and what they have to do with other templates. */
class TemplateCompiler extends LoopCompiler {
  #extends = false;
  #isInRoot = false;
  #block: { readonly name: string; readonly js: string } | undefined;

  template(root: NodeList): string {
    this.#extends = some([root], ({ typename }) => typename === 'Extends');
    const blocks = this.#findBlocks(root);
    const functions = [this.#rootFunction(root), ...blocks.map((block, i) => this.#blockFunction(block, i))];
    const table = blocks.map(({ name }, i) => `[${quote(name)}]:b${i}`).join(',');
    const isOpen = some([root], ({ typename }) => OPEN.has(typename));
    return [
      '"use strict";',
      `const {${RUNTIME_NAMES.join(',')}}=runtime;`,
      `const NAME=${quote(this.options.name)};`,
      ...functions,
      `return{root,blocks:{__proto__:null,${table}},free:${JSON.stringify(this.free)},isOpen:${isOpen}};`,
    ].join('\n');
  }

  #findBlocks(root: Node): BlockNode[] {
    const found = new Map<string, BlockNode>();
    const visit = (node: Node): void => {
      if (node.typename === 'BlockTag') {
        const block = node as BlockNode;
        if (found.has(block.name)) this.failAssertion(`block '${block.name}' defined twice`, node);
        found.set(block.name, block);
      }
      for (const child of childrenOf(node)) visit(child);
    };
    visit(root);
    return [...found.values()];
  }

  #rootFunction(root: NodeList): string {
    const scope = this.root(true);
    if (this.#extends) scope.frame.declarations.push('let parent=null;\n');
    this.#isInRoot = true;
    const code = this.writeFunction('function* root(ctx,out)', scope.frame, 'const R=ctx.run;', () => {
      this.declareStored(storedNames([root]), scope);
      this.compile(root, scope);
      if (this.#extends) this._emitLine('if(parent!==null)return yield* parent.root(ctx,out);');
    });
    this.#isInRoot = false;
    this.isSilent = false;
    return code;
  }

  #blockFunction({ name, body }: BlockNode, i: number): string {
    const scope = this.root(false);
    this.#block = { name, js: `b${i}` };
    this.escaping = this.options.autoescape;
    return this.writeFunction(`function* b${i}(ctx,out)`, scope.frame, 'const R=ctx.run;', () => {
      this._emitLine('R.enter();');
      this.declareStored(storedNames([body]), scope);
      this.compile(body, scope);
      this._emitLine('R.leave();');
    });
  }

  protected override guard(write: () => void): void {
    const isOutput = this.#isInRoot && this.depth === 1 && this.buffer === 'out';
    const isGuarded = isOutput && this.#extends;
    if (isGuarded) this._emitLine('if(parent===null){');
    write();
    if (isGuarded) this._emitLine('}');
  }

  compileBlockTag(node: Node, scope: Scope): void {
    // In a template whose parent is shown, a block is a definition. One within a loop or the like is shown all the same, as in Jinja.
    if (this.isSilent && scope.isTop) return;
    const { name, isScoped, isRequired } = node as BlockNode;
    this.mark(node);
    const guard = scope.isTop
      ? (write: () => void): void => this.guard(write)
      : (write: () => void): void => write();
    guard(() => {
      if (isRequired) this._emitLine(`checkRequired(ctx,${quote(name)});`);
      const context = isScoped ? `ctx.scoped(R,${this.#locals(scope)})` : 'ctx';
      this.delegate((text) => `ctx.blocks.first(${quote(name)})(${context},${text})`);
    });
  }

  compileExtends(node: Node, scope: Scope): void {
    const { template } = node as unknown as { template: Node };
    if (!scope.isTop) this.failAssertion('cannot use extend from a non top-level scope', node);
    this.mark(node);
    this._emitLine('if(parent!==null)failExtends();');
    this._emitLine(`parent=${this.#load(template, scope)};`);
    this._emitLine('ctx.extend(parent);');
    // What comes after is shown only if this one is conditional, and did not hold.
    if (this.conditions === 0) this.isSilent = true;
  }

  compileIncludeTag(node: Node, scope: Scope): void {
    const { template, ignoreMissing, withContext } = node as IncludeNode;
    this.mark(node);
    const program = this.unique('p');
    // Included also in a template whose parent is to be shown: what it prints comes before that.
    this._emitLine(`const ${program}=${this.#loadFirst(template, scope, ignoreMissing)};`);
    if (ignoreMissing) this._emitLine(`if(${program}!==null)`);
    const locals = withContext ? this.#locals(scope) : 'null';
    this.delegateOnce((text) => `${program}.root(ctx.enter(R,${program},${locals}),${text})`);
  }

  /** The same as one statement, for behind a condition. */
  protected delegateOnce(rendering: (text: string) => string): void {
    this._emitLine('{');
    this.delegate(rendering);
    this._emitLine('}');
  }

  compileImportTag(node: Node, scope: Scope): void {
    const { target, ...rest } = node as ImportNode;
    this.mark(node);
    this.store(target, this.#module(rest as ImportNode, scope), scope, true);
  }

  compileFromImportTag(node: Node, scope: Scope): void {
    const { names, ...rest } = node as FromImportNode;
    this.mark(node);
    const module = this.temporary(scope);
    this._emitLine(`${module}=${this.#module(rest as FromImportNode, scope)};`);
    for (const [name, alias] of names) this.store(alias, `exported(${module},${quote(name)})`, scope, true);
  }

  #module({ template, withContext }: { template: Node; withContext: boolean }, scope: Scope): string {
    const program = this.#load(template, scope);
    return this.wait(`${program}.import(R,ctx,${withContext ? this.#locals(scope) : 'null'})`);
  }

  /** The template that another one extends or imports. */
  #load(template: Node, scope: Scope): string {
    return this.wait(`load(ctx,R,NAME,templateName(${this.defined(template, scope)}),false)`);
  }

  /** The first of several. */
  #loadFirst(template: Node, scope: Scope, ignoreMissing: boolean): string {
    const names = this.wait(`settleDeep(${this.defined(template, scope)})`);
    return this.wait(`load(ctx,R,NAME,${names},${ignoreMissing})`);
  }

  /** The names of the scope as an object, without those that the context has. */
  #locals(scope: Scope): string {
    const locals = [...scope.locals()];
    const entries = locals.map(([name, { js }]) => `[${quote(name)}]:${js}`);
    const code = `{__proto__:null,${entries.join(',')}}`;
    return locals.some(([, { isLazy }]) => isLazy) ? `withoutUnset(${code})` : code;
  }

  protected override printInStep(node: Node, scope: Scope): boolean {
    const rendering = this.#blockCall(node, scope);
    if (rendering === undefined) return false;
    this.delegate(rendering);
    return true;
  }

  protected override call(node: CallNode, scope: Scope, extra: readonly string[] = []): string {
    const rendering = this.#blockCall(node, scope);
    if (rendering === undefined) return super.call(node, scope, extra);
    return this.wait(`renderedText(R,${rendering('""')},${this.escapes})`);
  }

  protected override expression(node: Node, scope: Scope): string {
    const isSelf = node.typename === 'Symbol' && (node as SymbolNode).value === 'self' && !scope.find('self');
    return isSelf ? `blocksOf(ctx,R,${this.escapes})` : super.expression(node, scope);
  }

  /** The rendering that `super()` and `self.name()` stand for. */
  #blockCall(node: Node, scope: Scope): ((text: string) => string) | undefined {
    if (node.typename !== 'FunCall') return undefined;
    const { name } = node as CallNode;
    const levels = superLevels(name);
    if (levels > 0 && !scope.find('super')) {
      const block = this.#block;
      if (!block || this.#isInRoot) return undefined;
      return (text) => `ctx.blocks.after(${quote(block.name)},${block.js},${levels})(ctx,${text})`;
    }
    if (name.typename !== 'Attribute') return undefined;
    const { target, name: attribute } = name as AttributeNode;
    if (target.typename !== 'Symbol' || (target as SymbolNode).value !== 'self' || scope.find('self'))
      return undefined;
    return (text) => `ctx.blocks.first(${quote(attribute)})(ctx,${text})`;
  }
}

/** How many blocks up `super`, `super.super` and so on lead. */
function superLevels(node: Node): number {
  if (node.typename === 'Symbol') return (node as SymbolNode).value === 'super' ? 1 : 0;
  if (node.typename !== 'Attribute' || (node as AttributeNode).name !== 'super') return 0;
  const below = superLevels((node as AttributeNode).target);
  return below > 0 ? below + 1 : 0;
}
