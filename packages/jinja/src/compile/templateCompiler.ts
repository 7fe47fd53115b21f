import type { Node, NodeList } from '../nunjucks.ts';
import { RUNTIME_NAMES } from '../runtime/names.ts';
import type {
  AttributeNode,
  BlockNode,
  CallNode,
  FromImportNode,
  ImportNode,
  IncludeNode,
  SymbolNode,
} from '../syntax/nodes.ts';
import { isInMacro } from './analysis.ts';
import { LoopCompiler } from './loopCompiler.ts';
import type { Scope } from './scope.ts';
import { surveyOf } from './survey.ts';
import { type CompilerOptions, quote } from './writer.ts';

/** What else is there depends on other templates: such a template may ask its context for any name. */
const OPEN = ['IncludeTag', 'Extends', 'CallExtension', 'CallExtensionAsync', 'BlockTag'];

/** `self`: the blocks of the template. */
const SELF = 'blocksOf(ctx,R)';

interface BlockFunction {
  readonly name: string;
  readonly js: string;
}

/** `super`: the block that this one stands for. */
function superOf({ name, js }: BlockFunction): string {
  return `superOf(ctx,R,${quote(name)},${js})`;
}

/** The body of a function that is given the runtime, and gives the functions of a template. */
export function compileTemplate(root: NodeList, options: CompilerOptions): string {
  return new TemplateCompiler(options).template(root);
}

/** Writes a template: its root, its blocks, and what they have to do with other templates. */
class TemplateCompiler extends LoopCompiler {
  #isInRoot = false;
  #block: BlockFunction | undefined;

  template(root: NodeList): string {
    this.survey = surveyOf(root);
    this.isExtending = this.survey.kinds.has('Extends');
    const blocks = this.#checkBlocks();
    const functions = [this.#rootFunction(root), ...blocks.map((block, i) => this.#blockFunction(block, i))];
    const table = blocks.map(({ name }, i) => `[${quote(name)}]:b${i}`).join(',');
    const isOpen = OPEN.some((kind) => this.survey.kinds.has(kind));
    return [
      '"use strict";',
      `const {${RUNTIME_NAMES.join(',')}}=runtime;`,
      `const NAME=${quote(this.options.name)};`,
      ...functions,
      `return{root,blocks:{__proto__:null,${table}},free:${JSON.stringify(this.free)},isOpen:${isOpen}};`,
    ].join('\n');
  }

  #checkBlocks(): readonly BlockNode[] {
    const { blocks } = this.survey;
    const names = new Set<string>();
    for (const block of blocks) {
      if (names.has(block.name)) this.failAssertion(`block '${block.name}' defined twice`, block);
      names.add(block.name);
    }
    return blocks;
  }

  #rootFunction(root: NodeList): string {
    const scope = this.root(true);
    if (this.isExtending) scope.frame.declarations.push('let parent=null;\n');
    this.#isInRoot = true;
    const code = this.writeFunction('function* root(ctx,out)', scope.frame, 'const R=ctx.run;', () => {
      this.#declareOutermost(root, scope, { self: SELF });
      this.compile(root, scope);
      if (this.isExtending) this.#showParent(root, scope);
    });
    this.#isInRoot = false;
    this.isSilent = false;
    return code;
  }

  /** The parent may set names that this template knows: its macros keep what they were for it. */
  #showParent(root: NodeList, { frame }: Scope): void {
    const kept = [...frame.context].filter(([name]) => isInMacro([root], name));
    const keep = kept.map(([name, { js }]) => `if(${js}===UNSET)${js}=ctx.resolve(${quote(name)});`);
    this._emitLine(`if(parent!==null){${keep.join('')}return yield* parent.root(ctx,out);}`);
  }

  /** Declares the names of a template or block, with what Jinja gives under some of them. */
  #declareOutermost(nodes: NodeList, scope: Scope, given: Readonly<Record<string, string>>): void {
    const used = Object.entries(given).filter(([name]) => this.isReadFirst(nodes, name));
    const names = this.see(
      [nodes],
      scope,
      used.map(([name]) => name),
    );
    for (const [name, value] of used) {
      const isAssigned = names.isAssigned(name);
      const js = isAssigned ? this.unique('v') : value;
      if (isAssigned) this._emitLine(`let ${js}=${value};`);
      // An included template has a \`self\` of its own.
      scope.declare(name, { js, state: 'set' }, name !== 'self');
    }
    this.declareNames(names, scope);
  }

  #blockFunction({ name, body }: BlockNode, i: number): string {
    const scope = this.root(false);
    const block = { name, js: `b${i}` };
    this.#block = block;
    this.escaping = this.options.autoescape;
    return this.writeFunction(`function* b${i}(ctx,out)`, scope.frame, 'const R=ctx.run;', () => {
      this._emitLine('R.enter();');
      this.#declareOutermost(body, scope, { self: SELF, super: superOf(block) });
      this.compile(body, scope);
      this._emitLine('R.leave();');
    });
  }

  protected override guard(write: () => void): void {
    const isOutput = this.#isInRoot && this.depth === 1 && this.buffer === 'out';
    const isGuarded = isOutput && this.isExtending;
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
    const names = this.wait(`settleDeep(R,${this.defined(template, scope)})`);
    return this.wait(`load(ctx,R,NAME,${names},${ignoreMissing})`);
  }

  /** The names of the scope as an object, without those that the context has. */
  #locals(scope: Scope): string {
    // A parent sets names in the same context. What is called from there has its own nevertheless.
    const locals = [...scope.stored(this.isExtending && this.depth > 1)];
    const entries = locals.map(([name, { js }]) => `[${quote(name)}]:${js}`);
    const code = `{__proto__:null,${entries.join(',')}}`;
    return locals.some(([, { state }]) => state !== 'set') ? `withoutUnset(${code})` : code;
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

  /** The rendering that `super()` and `self.name()` stand for. */
  #blockCall(node: Node, scope: Scope): ((text: string) => string) | undefined {
    if (node.typename !== 'FunCall') return undefined;
    const { name } = node as CallNode;
    const levels = superLevels(name);
    const block = this.#block;
    if (levels > 0 && block && scope.find('super')?.js === superOf(block)) {
      return (text) => `ctx.blocks.after(${quote(block.name)},${block.js},${levels})(ctx,${text})`;
    }
    if (name.typename !== 'Attribute') return undefined;
    const { target, name: attribute } = name as AttributeNode;
    if (target.typename !== 'Symbol' || scope.find((target as SymbolNode).value)?.js !== SELF)
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
