import { type Node, type NodeList, type Token, tokenTypes as types } from '../nunjucks.ts';
import { ExpressionParser } from './expressionParser.ts';
import {
  Assign,
  AssignBlock,
  Autoescape,
  BlockTag,
  Break,
  CallBlock,
  Continue,
  Do,
  FilterBlock,
  ForLoop,
  FromImportTag,
  ImportTag,
  IncludeTag,
  isNode,
  MacroBlock,
  NamespaceTarget,
  type SymbolNode,
  With,
} from './nodes.ts';
import { parseTrans } from './trans.ts';

/** Jinja's extensions that are built in: each brings tags of its own, and none is on unless it is asked for. */
export type BuiltInExtension = 'do' | 'loopcontrols' | 'i18n';

export interface ParserOptions {
  readonly builtIn: ReadonlySet<string>;
  readonly newStyleGettext: boolean;
}

interface Signature {
  readonly params: string[];
  readonly defaults: Node[];
}

/** Tags. What Jinja does not have (`switch`, and the tags of others) is left to nunjucks. */
export class StatementParser extends ExpressionParser {
  options: ParserOptions = { builtIn: new Set(), newStyleGettext: false };
  /** How many loops are open here: `break` and `continue` need one. */
  #loops = 0;
  readonly #open: string[] = [];

  override parseNodes(): Node[] {
    const nodes: Node[] = [];
    for (let token = this.nextToken(); token; token = this.nextToken()) {
      if (token.type === types.TOKEN_BLOCK_START) {
        const node = this.parseStatement();
        if (!node) break;
        nodes.push(node);
      } else nodes.push(this.node('Output', token, [this.#parseOutput(token)]));
    }
    return nodes;
  }

  #parseOutput(token: Token): Node {
    if (token.type === types.TOKEN_DATA) return this.node('TemplateData', token, token.value);
    const value = this.parseTuple();
    this.expect(types.TOKEN_VARIABLE_END);
    return value;
  }

  /**
   * The end of a tag, which may have a colon before it as in Python, and a body up to one of the tags in question; the name of that
   * one is the next token.
   */
  parseBody(...ends: string[]): NodeList {
    this.skip(types.TOKEN_COLON);
    this.endTag();
    const body = this.parseUntilBlocks(...ends);
    if (!this.peekToken()) this.#failUnclosed(ends);
    return body;
  }

  #failUnclosed(ends: string[]): never {
    const tags = ends.map((name) => `'${name}'`).join(' or ');
    return this.fail(
      `Unexpected end of template. Jinja was looking for the following tags: ${tags}. ` +
        `The innermost block that needs to be closed is '${this.#open.at(-1)}'.`,
    );
  }

  endTag(): void {
    this.expect(types.TOKEN_BLOCK_END);
  }

  /** The end of a tag, with the name of the tag before it unless that is given: nunjucks' method, for tags of others. */
  advanceAfterBlockEnd(name?: string): Token {
    if (name === undefined) this.expectSymbol();
    return this.expect(types.TOKEN_BLOCK_END);
  }

  override parseStatement(): Node | null {
    const token = this.current();
    if (token.type !== types.TOKEN_SYMBOL) this.fail('tag name expected', token.lineno, token.colno);
    const name = token.value as string;
    if (this.breakOnBlocks?.includes(name)) return null;
    this.#open.push(name);
    const node = this.#parseTag(name, token);
    this.#open.pop();
    return node;
  }

  #parseTag(name: string, token: Token): Node {
    switch (name) {
      case 'for':
      // nunjucks has loops that wait and loops that do not: here every loop waits for what is a promise.
      case 'asyncEach':
      case 'asyncAll':
        return this.#parseFor(token, { for: 'endfor', asyncEach: 'endeach', asyncAll: 'endall' }[name]);
      case 'if':
      case 'ifAsync':
        return this.#parseIf();
      case 'set':
        return this.#parseSet();
      case 'block':
        return this.#parseBlock();
      case 'extends':
        this.nextToken();
        return this.#ended(this.node('Extends', token, this.parseExpression()));
      case 'include':
        return this.#parseInclude();
      case 'import':
        return this.#parseImport();
      case 'from':
        return this.#parseFrom();
      case 'macro':
        return this.#parseMacro();
      case 'call':
        return this.#parseCall();
      case 'filter':
        return this.#parseFilterBlock();
      case 'with':
        return this.#parseWith();
      case 'autoescape':
        return this.#parseAutoescape();
      case 'print':
        return this.#parsePrint();
      case 'switch':
        return this.parseSwitch();
    }
    return this.#parseExtensionTag(name, token);
  }

  #parseExtensionTag(name: string, token: Token): Node {
    const { builtIn } = this.options;
    if (name === 'do' && builtIn.has('do')) {
      this.nextToken();
      return this.#ended(this.node(Do, token, this.parseTuple()));
    }
    if ((name === 'break' || name === 'continue') && builtIn.has('loopcontrols')) {
      this.nextToken();
      const node = this.#ended(this.node(name === 'break' ? Break : Continue, token));
      return this.#loops === 0 ? this.failPython(`'${name}' outside of a loop`, token) : node;
    }
    if (name === 'trans' && builtIn.has('i18n')) return parseTrans(this, this.options.newStyleGettext);
    if (this.extensions.some(({ tags }) => tags?.includes(name))) return super.parseStatement() as Node;
    return this.#failUnknown(name, token);
  }

  #failUnknown(name: string, token: Token): never {
    const ends = (this.breakOnBlocks ?? []).map((end) => `'${end}'`).join(' or ');
    const wanted = ends === '' ? '' : ` Jinja was looking for the following tags: ${ends}.`;
    return this.fail(`Encountered unknown tag '${name}'.${wanted}`, token.lineno, token.colno);
  }

  #ended(node: Node): Node {
    this.endTag();
    return node;
  }

  #parseFor(token: Token, end = 'endfor'): Node {
    this.nextToken();
    const target = this.#parseTarget(() => this.isSymbol('in'));
    this.expectSymbol('in');
    const iter = this.parseTuple({
      parse: () => this.parseOr(),
      isEnd: () => this.isSymbol('recursive') || this.isSymbol('if'),
    });
    const filter = this.skipSymbol('if') ? this.parseExpression() : null;
    const isRecursive = this.skipSymbol('recursive');
    this.#loops++;
    const body = this.parseBody(end, 'else');
    this.#loops--;
    let otherwise: NodeList | null = null;
    if (this.skipSymbol('else')) {
      otherwise = this.parseBody(end);
    }
    this.advanceAfterBlockEnd();
    return this.node(ForLoop, token, target, iter, filter, body, otherwise, isRecursive);
  }

  /** A name, or several, as deep as they may be: `for (a, b), c in ...`. */
  #parseTarget(isEnd: () => boolean, mayBeNamespace = false): Node {
    const parse = (): Node => this.parsePrimary(true);
    const start = this.current();
    let target = this.parseTuple({ parse, isEnd });
    if (mayBeNamespace && target.typename === 'Symbol' && this.skipValue(types.TOKEN_OPERATOR, '.')) {
      target = this.node(NamespaceTarget, start, (target as SymbolNode).value, this.expectSymbol());
    }
    this.#checkTarget(target);
    return target;
  }

  #checkTarget(target: Node): void {
    if (target.typename === 'Tuple') {
      for (const part of (target as NodeList).children) this.#checkTarget(part);
    } else if (target.typename !== 'Symbol' && target.typename !== 'NamespaceTarget') {
      this.fail(`can't assign to '${target.typename.toLowerCase()}'`, target.lineno, target.colno);
    } else if ((target as SymbolNode).value === 'loop' && this.#isStoringInLoop()) {
      this.failAssertion("can't assign to special loop variable in for-loop target", target);
    }
  }

  /** What `with` sets is a parameter for Jinja, and not forbidden. */
  #isStoringInLoop(): boolean {
    return this.#open.includes('for') && this.#open.at(-1) !== 'with';
  }

  #parseIf(): Node {
    const token = this.nextToken() as Token;
    const condition = this.parseTuple({ parse: () => this.parseOr() });
    const body = this.parseBody('elif', 'else', 'endif');
    let otherwise: Node | null = null;
    if (this.isSymbol('elif')) otherwise = this.#parseIf();
    else if (this.skipSymbol('else')) {
      otherwise = this.parseBody('endif');
      this.advanceAfterBlockEnd();
    } else this.advanceAfterBlockEnd();
    return this.node('If', token, condition, body, otherwise);
  }

  #parseSet(): Node {
    const token = this.nextToken() as Token;
    const target = this.#parseTarget(() => this.isOperator('='), true);
    if (this.skipValue(types.TOKEN_OPERATOR, '=')) {
      return this.#ended(this.node(Assign, token, target, this.parseTuple()));
    }
    const filter = this.skip(types.TOKEN_PIPE) ? this.parseBlockFilters() : null;
    const body = this.parseBody('endset');
    this.advanceAfterBlockEnd();
    return this.node(AssignBlock, token, target, filter, body);
  }

  #parseBlock(): Node {
    const token = this.nextToken() as Token;
    const name = this.expectSymbol();
    if (this.isOperator('-')) {
      this.fail(
        'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
      );
    }
    const isScoped = this.skipSymbol('scoped');
    const isRequired = this.skipSymbol('required');
    const body = this.parseBody('endblock');
    if (isRequired && !body.children.every(isBlank)) {
      this.fail('Required blocks can only contain comments or whitespace', token.lineno, token.colno);
    }
    this.expectSymbol('endblock');
    if (this.isNext(types.TOKEN_SYMBOL)) this.expectSymbol(name);
    this.endTag();
    return this.node(BlockTag, token, name, body, isScoped, isRequired);
  }

  #parseInclude(): Node {
    const token = this.nextToken() as Token;
    const template = this.parseExpression();
    const ignoreMissing = this.skipSymbol('ignore');
    if (ignoreMissing) this.expectSymbol('missing');
    return this.#ended(this.node(IncludeTag, token, template, ignoreMissing, this.#parseWithContext(true)));
  }

  #parseWithContext(byDefault: boolean): boolean {
    if (!this.isSymbol('with') && !this.isSymbol('without')) return byDefault;
    const withContext = this.expectSymbol() === 'with';
    this.expectSymbol('context');
    return withContext;
  }

  #parseImport(): Node {
    const token = this.nextToken() as Token;
    const template = this.parseExpression();
    this.expectSymbol('as');
    const target = this.expectSymbol();
    return this.#ended(this.node(ImportTag, token, template, target, this.#parseWithContext(false)));
  }

  #parseFrom(): Node {
    const token = this.nextToken() as Token;
    const template = this.parseExpression();
    this.expectSymbol('import');
    const names: [string, string][] = [];
    do {
      if (names.length > 0 && (this.isSymbol('with') || this.isSymbol('without'))) break;
      const place = this.current();
      const name = this.expectSymbol();
      if (name.startsWith('_')) {
        this.failAssertion('names starting with an underline can not be imported', place);
      }
      names.push([name, this.skipSymbol('as') ? this.expectSymbol() : name]);
    } while (this.skip(types.TOKEN_COMMA));
    return this.#ended(this.node(FromImportTag, token, template, names, this.#parseWithContext(false)));
  }

  #parseMacro(): Node {
    const token = this.nextToken() as Token;
    const name = this.expectSymbol();
    const { params, defaults } = this.#parseParameters();
    const body = this.#parseFunctionBody('endmacro');
    this.advanceAfterBlockEnd();
    return this.node(MacroBlock, token, name, params, defaults, body);
  }

  /** A function is no part of the loop around it. */
  #parseFunctionBody(end: string): NodeList {
    const loops = this.#loops;
    this.#loops = 0;
    const body = this.parseBody(end);
    this.#loops = loops;
    return body;
  }

  #parseParameters(): Signature {
    this.expect(types.TOKEN_LEFT_PAREN, '(');
    const params: string[] = [];
    const defaults: Node[] = [];
    while (!this.isNext(types.TOKEN_RIGHT_PAREN)) {
      if (params.length > 0) this.expect(types.TOKEN_COMMA, ',');
      const place = this.current();
      const name = this.expectSymbol();
      if (params.includes(name))
        this.failPython(`duplicate argument '${name}' in function definition`, place);
      params.push(name);
      if (this.skipValue(types.TOKEN_OPERATOR, '=')) defaults.push(this.parseExpression());
      else if (defaults.length > 0) this.fail('non-default argument follows default argument');
    }
    this.expect(types.TOKEN_RIGHT_PAREN);
    return { params, defaults };
  }

  #parseCall(): Node {
    const token = this.nextToken() as Token;
    const signature = this.isNext(types.TOKEN_LEFT_PAREN)
      ? this.#parseParameters()
      : { params: [], defaults: [] };
    const call = this.parseExpression();
    if (call.typename !== 'FunCall') this.fail('expected call', token.lineno, token.colno);
    const body = this.#parseFunctionBody('endcall');
    this.advanceAfterBlockEnd();
    return this.node(CallBlock, token, call, signature.params, signature.defaults, body);
  }

  #parseFilterBlock(): Node {
    const token = this.nextToken() as Token;
    const filter = this.parseBlockFilters();
    const body = this.parseBody('endfilter');
    this.advanceAfterBlockEnd();
    return this.node(FilterBlock, token, filter, body);
  }

  #parseWith(): Node {
    const token = this.nextToken() as Token;
    const targets: Node[] = [];
    const values: Node[] = [];
    while (!this.isNext(types.TOKEN_BLOCK_END)) {
      if (targets.length > 0) this.expect(types.TOKEN_COMMA, ',');
      targets.push(this.#parseTarget(() => this.isOperator('=')));
      this.expect(types.TOKEN_OPERATOR, '=');
      values.push(this.parseExpression());
    }
    const body = this.parseBody('endwith');
    this.advanceAfterBlockEnd();
    return this.node(With, token, targets, values, body);
  }

  #parseAutoescape(): Node {
    const token = this.nextToken() as Token;
    const value = this.parseExpression();
    const body = this.parseBody('endautoescape');
    this.advanceAfterBlockEnd();
    return this.node(Autoescape, token, value, body);
  }

  #parsePrint(): Node {
    const token = this.nextToken() as Token;
    const values: Node[] = [];
    while (!this.isNext(types.TOKEN_BLOCK_END)) {
      if (values.length > 0) this.expect(types.TOKEN_COMMA, ',');
      values.push(this.parseExpression());
    }
    return this.#ended(this.node('Output', token, values));
  }
}

function isBlank(node: Node): boolean {
  return (
    node.typename === 'Output' &&
    (node as NodeList).children.every((child) => {
      const { value } = child as unknown as { value: unknown };
      return isNode(child) && child.typename === 'TemplateData' && String(value).trim() === '';
    })
  );
}
