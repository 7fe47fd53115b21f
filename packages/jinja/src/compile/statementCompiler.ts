import type { Node, NodeList } from '../nunjucks.ts';
import type {
  AssignBlockNode,
  AssignNode,
  AutoescapeNode,
  CallBlockNode,
  CallExtensionNode,
  CallNode,
  ConditionNode,
  FilterBlockNode,
  MacroNode,
  NamespaceTargetNode,
  SymbolNode,
  TransNode,
  ValueNode,
  WithNode,
} from '../syntax/nodes.ts';
import { describe } from './describe.ts';
import { ExpressionCompiler } from './expressionCompiler.ts';
import { targetNames } from './parts.ts';
import { FunctionFrame, type Scope } from './scope.ts';
import { quote } from './writer.ts';

/** What a macro is given beside its parameters, if it asks for it. */
const EXTRAS = ['caller', 'kwargs', 'varargs'] as const;
type Uses = [usesCaller: boolean, usesKwargs: boolean, usesVarargs: boolean];

/** Writes what is no loop and no other template: output, conditions, assignments, macros, and blocks of text. */
export class StatementCompiler extends ExpressionCompiler {
  /** Code that prints is left out: the template shows what its parent shows. */
  protected isSilent = false;
  /** The template shows its parent, or may do so. */
  protected isExtending = false;

  compileNodeList({ children }: NodeList, scope: Scope): void {
    for (const child of children) this.compile(child, scope);
  }

  compileRoot(node: NodeList, scope: Scope): void {
    this.compileNodeList(node, scope);
  }

  compileOutput({ children }: NodeList, scope: Scope): void {
    if (this.isSilent) return;
    this.guard(() => {
      for (const child of children) this.#print(child, scope);
    });
  }

  #print(node: Node, scope: Scope): void {
    if (node.typename === 'TemplateData') {
      const { value } = node as ValueNode<string>;
      if (value !== '') this.append(quote(value));
      return;
    }
    this.mark(node);
    if (this.printInStep(node, scope)) return;
    if (this.isSimple(node, scope)) this.append(this.printed(this.strict(node, scope), node));
    else {
      // On its own, as text must not be read before a value that is waited for.
      const t = this.temporary(scope);
      this._emitLine(`${t}=${this.strict(node, scope)};`);
      this._emitLine(
        `if(typeof ${t}==="object"&&isT(T=settleDeep(R,${t}))){R.pending=out;out="";${t}=yield T;}`,
      );
      this.append(this.printed(t, node));
    }
  }

  /** Prints what is a rendering itself without collecting it first, if it is one. */
  protected printInStep(_node: Node, _scope: Scope): boolean {
    return false;
  }

  /** Runs output where the template may turn out to extend another. */
  protected guard(write: () => void): void {
    write();
  }

  protected printed(code: string, node: Node): string {
    const value = this.options.undefined === 'debug' ? `shown(${code},${quote(describe(node))})` : code;
    const checked = this.options.checkOutput ? `R.checked(${value})` : value;
    if (this.escaping === undefined) return `(ctx.autoescape?toHtml:toText)(${checked})`;
    return `${this.escaping ? 'toHtml' : 'toText'}(${checked})`;
  }

  /** Text that a template has made: markup, unless nothing is escaped here. */
  protected safe(code: string, text: string = code): string {
    if (this.escaping === undefined) return `(ctx.autoescape?markup(${text}):${code})`;
    return this.escaping ? `markup(${text})` : code;
  }

  protected get escapes(): string {
    return this.escaping === undefined ? 'ctx.autoescape' : String(this.escaping);
  }

  /** A body with a scope of its own. */
  protected body(nodes: NodeList, scope: Scope): void {
    const inner = scope.enter();
    this.declareNames(this.see([nodes], inner), inner);
    this.compileWithin(nodes, inner);
  }

  /** A body that is a scope: a condition around it says nothing about what is in it, for Jinja. */
  protected compileWithin(nodes: NodeList, inner: Scope): void {
    const outer = this.conditions;
    this.conditions = 0;
    this.compile(nodes, inner);
    this.conditions = outer;
  }

  compileIf({ cond, body, else_ }: ConditionNode, scope: Scope): void {
    this.mark(cond);
    this.conditions++;
    this._emitLine(`if(${this.truth(cond, scope)}){`);
    this.compile(body, scope);
    this.forgetLine();
    if (else_) {
      this._emitLine('}else{');
      this.compile(else_, scope);
      this.forgetLine();
    }
    this.conditions--;
    this._emitLine('}');
  }

  /** nunjucks' `switch`: the first case that is the same value, and through to the next where a case is empty. */
  compileSwitch(node: Node, scope: Scope): void {
    const { expr, cases } = node as unknown as { expr: Node; cases: { cond: Node; body: NodeList }[] };
    const otherwise = (node as unknown as { default: NodeList | null }).default;
    this.mark(expr);
    this._emitLine(`switch(${this.expression(expr, scope)}){`);
    for (const { cond, body } of cases) {
      this._emitLine(`case ${this.expression(cond, scope)}:`);
      this.forgetLine();
      this.compile(body, scope);
      if (body.children.length > 0) this._emitLine('break;');
    }
    if (otherwise) {
      this._emitLine('default:');
      this.forgetLine();
      this.compile(otherwise, scope);
    }
    this._emitLine('}');
    this.forgetLine();
  }

  compileAssign(node: Node, scope: Scope): void {
    const { target, value } = node as AssignNode;
    this.mark(node);
    if (target.typename === 'Symbol') {
      this.store((target as SymbolNode).value, this.expression(value, scope), scope);
    } else if (target.typename === 'NamespaceTarget') {
      this.#setAttribute(target as NamespaceTargetNode, this.expression(value, scope), scope);
    } else {
      const t = this.temporary(scope);
      this._emitLine(`${t}=${this.strict(value, scope)};`);
      this.assign(target, t, scope);
    }
  }

  /** Only a namespace has attributes that can be set, which is looked at before the value is. */
  #setAttribute({ name, attribute, ...target }: NamespaceTargetNode, value: string, scope: Scope): void {
    const namespace = this.expression({ ...target, typename: 'Symbol', value: name } as SymbolNode, scope);
    this._emitLine(`setAttribute(namespaceOf(${namespace}),${quote(attribute)},${value});`);
  }

  /** Gives a value, which must be a variable, to a name or to several. */
  protected assign(target: Node, value: string, scope: Scope): void {
    if (target.typename === 'Symbol') this.store((target as SymbolNode).value, value, scope);
    else if (target.typename === 'NamespaceTarget') {
      this.#setAttribute(target as NamespaceTargetNode, value, scope);
    } else {
      const { children } = target as NodeList;
      const list = this.unique('t');
      this._emitLine(`const ${list}=unpack(${value},${children.length});`);
      children.forEach((child, i) => {
        const part = this.unique('t');
        this._emitLine(`const ${part}=${this.wait(`${list}[${i}]`)};`);
        this.assign(child, part, scope);
      });
    }
  }

  protected store(name: string, code: string, scope: Scope, isImported = false): void {
    const { js } = this.variable(name, scope);
    this._emitLine(`${js}=${code};`);
    if (scope.isTop) this._emitLine(`ctx.set(${quote(name)},${js}${isImported ? ',true' : ''});`);
  }

  compileAssignBlock(node: Node, scope: Scope): void {
    const { target, filter, body } = node as AssignBlockNode;
    this.mark(node);
    const t = this.temporary(scope);
    this.captureText(body, filter, scope, (text, inner) => {
      this.captured = this.safe(text);
      this._emitLine(`${t}=${filter ? this.expression(filter, inner) : this.captured};`);
    });
    // What a filter makes of it is text of the template's own.
    if (filter) this._emitLine(`${t}=${this.safe(t, `toText(${t})`)};`);
    this.assign(target, t, scope);
  }

  compileFilterBlock(node: Node, scope: Scope): void {
    const { filter, body } = node as FilterBlockNode;
    this.mark(node);
    const t = this.temporary(scope);
    const { isSilent } = this;
    this.captureText(
      body,
      filter,
      scope,
      (text, inner) => {
        this.captured = this.safe(text);
        this._emitLine(`${t}=${this.expression(filter, inner)};`);
      },
      isSilent,
    );
    // What the filter gives is not escaped again, also where it is no markup.
    const write = (): void => this.append(`filtered(${t})`);
    // Blocks and includes in it are shown also by a template whose parent is to be shown.
    if (isSilent) write();
    else this.guard(write);
  }

  /** Captures the text of a body in a variable. A filter that takes it then sees the names that the body has set. */
  protected captureText(
    body: NodeList,
    filter: Node | null,
    scope: Scope,
    take: (text: string, inner: Scope) => void,
    isSilent = false,
  ): void {
    const outer = { buffer: this.buffer, isSilent: this.isSilent };
    const inner = scope.enter();
    const buffer = this.temporary(scope);
    this._emitLine(`${buffer}="";{`);
    this.buffer = buffer;
    this.isSilent = isSilent;
    this.declareNames(this.see([body, filter], inner), inner);
    this.compileWithin(body, inner);
    Object.assign(this, outer);
    take(buffer, inner);
    this._emitLine('}');
  }

  compileWith(node: Node, scope: Scope): void {
    const { targets, values, body } = node as WithNode;
    this.mark(node);
    const inner = scope.enter();
    this._emitLine('{');
    const computed = values.map((value) => {
      const t = this.unique('t');
      this._emitLine(`const ${t}=${this.expression(value, scope)};`);
      return t;
    });
    targets.forEach((target, i) => {
      this.declareTarget(target, inner);
      this.assign(target, computed[i] as string, inner);
    });
    this.declareNames(this.see([body], inner, targets.flatMap(targetNames)), inner);
    this.compileWithin(body, inner);
    this._emitLine('}');
    this.forgetLine();
  }

  /** Declares the names of a target, which are about to get their values. */
  protected declareTarget(target: Node, scope: Scope): void {
    if (target.typename === 'Symbol') {
      const js = this.unique('v');
      this._emitLine(`let ${js};`);
      scope.declare((target as SymbolNode).value, { js, state: 'set' });
    } else for (const part of (target as NodeList).children) this.declareTarget(part, scope);
  }

  compileAutoescape(node: Node, scope: Scope): void {
    const { value, body } = node as AutoescapeNode;
    this.mark(node);
    const outer = this.escaping;
    const before = this.unique('t');
    const isConstant = value.typename === 'Literal';
    this._emitLine(`{const ${before}=ctx.autoescape;`);
    const inner = scope.enter();
    this.declareNames(this.see([value, body], inner), inner);
    this._emitLine(`ctx.autoescape=${this.truth(value, inner)};try{`);
    this.escaping = isConstant ? Boolean((value as ValueNode<unknown>).value) : undefined;
    this.compileWithin(body, inner);
    this.escaping = outer;
    this._emitLine(`}finally{ctx.autoescape=${before};}}`);
    this.forgetLine();
  }

  compileDo(node: Node, scope: Scope): void {
    this.mark(node);
    this._emitLine(`${this.expression((node as ValueNode<Node>).value, scope)};`);
  }

  compileMacroBlock(node: Node, scope: Scope): void {
    const { name, params, defaults, body } = node as MacroNode;
    this.mark(node);
    this.store(name, this.macro(name, params, defaults, body, scope), scope);
  }

  /** A function that renders a body with arguments. */
  protected macro(
    name: string | null,
    params: readonly string[],
    defaults: readonly Node[],
    body: NodeList,
    scope: Scope,
  ): string {
    const [usesCaller, usesKwargs, usesVarargs] = EXTRAS.map((extra) =>
      this.isReadFirst(body, extra),
    ) as Uses;
    if (usesCaller && params.slice(0, params.length - defaults.length).includes('caller')) {
      this.failAssertion('the parameter "caller" of a macro needs a default', body);
    }
    // What a macro asks for may change between calls where the template that it is from has a parent, which sets names too.
    const frame = new FunctionFrame(scope.frame, this.isExtending);
    const inner = scope.enter(frame);
    const extras = EXTRAS.filter(
      (extra, i) => [usesCaller, usesKwargs, usesVarargs][i] && !params.includes(extra),
    );
    const variables = params.map(() => this.unique('v'));
    const outer = this.isSilent;
    this.isSilent = false;
    const code = this.writeFunction(
      `function*(R,extras${variables.map((js) => `,${js}`).join('')})`,
      frame,
      'let out="";',
      () => {
        const names = this.see([...defaults, body], inner, params);
        for (const extra of extras) {
          names.give(extra);
          const js = this.unique('v');
          this._emitLine(`let ${js}=extras.${extra};`);
          inner.declare(extra, { js, state: 'set' });
        }
        this.declareNames(names, inner);
        this.#takeArguments(params, variables, defaults, inner);
        this.compile(body, inner);
      },
    );
    this.isSilent = outer;
    const shape = JSON.stringify({ name, params, usesCaller, usesKwargs, usesVarargs });
    return `makeMacro(R,${this.escapes},${shape},${code})`;
  }

  /** Defaults see the parameters, and those that are still to come as far as they were passed. */
  #takeArguments(
    params: readonly string[],
    variables: readonly string[],
    defaults: readonly Node[],
    scope: Scope,
  ): void {
    params.forEach((param, i) => {
      scope.declare(param, { js: `(${variables[i]}===MISSING?undefined:${variables[i]})`, state: 'set' });
    });
    params.forEach((param, i) => {
      const js = variables[i] as string;
      const fallback = defaults[i - (params.length - defaults.length)];
      this._emitLine(
        `if(${js}===MISSING)${js}=${fallback ? this.expression(fallback, scope) : 'undefined'};`,
      );
      scope.declare(param, { js, state: 'set' });
    });
  }

  compileCallBlock(node: Node, scope: Scope): void {
    const { call, params, defaults, body } = node as CallBlockNode;
    this.mark(node);
    const t = this.temporary(scope);
    const caller = `["caller"]:${this.macro(null, params, defaults, body, scope)}`;
    this._emitLine(`${t}=${this.call(call, scope, [caller])};`);
    // Shown also by a template whose parent is to be shown, before that.
    this.append(this.printed(t, call));
  }

  compileTrans(node: Node, scope: Scope): void {
    if (this.isSilent) return;
    const { call, variables, isNewStyle } = node as TransNode;
    this.mark(node);
    const pairs = variables.map(([name, value]) => {
      const t = this.temporary(scope);
      this._emitLine(`${t}=${this.expression(value, scope)};`);
      // The number that decides about the plural is one of the variables, and computed once.
      this.computed.set(value, t);
      return `[${quote(name)}]:${t}`;
    });
    const t = this.temporary(scope);
    const code = this.call(call as CallNode, scope, isNewStyle ? pairs : []);
    this._emitLine(`${t}=${code};`);
    if (!isNewStyle) {
      const message = this.safe(`toText(${t})`);
      this._emitLine(
        `${t}=${pairs.length > 0 ? `modulo(${message},{__proto__:null,${pairs.join(',')}})` : message};`,
      );
    }
    this.guard(() => this.append(this.printed(t, call)));
  }

  compileCallExtension(node: CallExtensionNode, scope: Scope): void {
    this.#callExtension(node, scope, false);
  }

  compileCallExtensionAsync(node: CallExtensionNode, scope: Scope): void {
    this.#callExtension(node, scope, true);
  }

  /** A tag of others: its method gets the context, the arguments of the tag, and functions that render what is within it. */
  #callExtension(node: CallExtensionNode, scope: Scope, isAsync: boolean): void {
    if (this.isSilent) return;
    const { extName, prop, args, contentArgs, autoescape } = node;
    const { list, keywords } = this.arguments(args ?? ({ children: [] } as unknown as NodeList), scope);
    const bodies = contentArgs.map((content) => {
      if (!content) return 'null';
      const frame = new FunctionFrame(scope.frame);
      return `contentOf(R,${this.writeFunction('function*()', frame, 'let out="";', () =>
        this.body(content as NodeList, scope.enter(frame)),
      )})`;
    });
    const t = this.temporary(scope);
    const extension = `ctx.env.getExtension(${quote(extName)})`;
    const values = ['ctx', ...list, ...(keywords ? [keywords] : []), ...bodies];
    this._emitLine(
      isAsync
        ? `${t}=${this.wait(`fromCallback(${extension}[${quote(prop)}],${extension},[${values.join(',')}])`)};`
        : `${t}=${this.wait(`${extension}[${quote(prop)}](${values.join(',')})`)};`,
    );
    this.guard(() =>
      this.append(autoescape === false ? `printRaw(${t})` : `printOther(${t},${this.escapes})`),
    );
  }
}
