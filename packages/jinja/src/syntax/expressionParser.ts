import { type Node, type NodeList, type Token, tokenTypes as types } from '../nunjucks.ts';
import { BaseParser } from './baseParser.ts';
import {
  Attribute,
  Captured,
  FloatLiteral,
  Item,
  KeywordSpread,
  type PairNode,
  Slice,
  Spread,
  type SymbolNode,
  Test,
  Tuple,
} from './nodes.ts';

const CONSTANTS: ReadonlyMap<unknown, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);
const COMPARISONS: ReadonlySet<unknown> = new Set(['==', '!=', '<', '<=', '>', '>=', '===', '!==']);
const FACTORS: Readonly<Record<string, string>> = { '*': 'Mul', '/': 'Div', '//': 'FloorDiv', '%': 'Mod' };
/** Names after a test that are no argument of it. */
const AFTER_TEST: ReadonlySet<unknown> = new Set(['else', 'or', 'and', 'if', 'in', 'recursive']);

/** Expressions, with Jinja's precedence, which is neither nunjucks' nor Python's: `~` binds tighter than `+`, `**` to the left. */
export class ExpressionParser extends BaseParser {
  parseExpression(): Node {
    return this.parseInlineIf();
  }

  /** An expression, or several with commas between them, which are a tuple. */
  parseTuple(options: { parse?: () => Node; isEnd?: () => boolean; mayBeEmpty?: boolean } = {}): Node {
    const { parse = () => this.parseExpression(), isEnd = () => false, mayBeEmpty = false } = options;
    const start = this.current();
    const parts: Node[] = [];
    let isTuple = false;
    while (!this.#isTupleEnd() && !isEnd()) {
      parts.push(parse());
      if (!this.skip(types.TOKEN_COMMA)) break;
      isTuple = true;
    }
    const [only] = parts;
    if (only && !isTuple) return only;
    if (!only && !mayBeEmpty) this.#failEmpty();
    return this.node(Tuple, start, parts);
  }

  #isTupleEnd(): boolean {
    const ends = [types.TOKEN_VARIABLE_END, types.TOKEN_BLOCK_END, types.TOKEN_RIGHT_PAREN];
    return ends.some((type) => this.isNext(type));
  }

  #failEmpty(): never {
    const token = this.current();
    const what = token.type === types.TOKEN_VARIABLE_END ? 'end of print statement' : token.value;
    return this.fail(
      `Expected an expression, got '${what || 'end of statement block'}'`,
      token.lineno,
      token.colno,
    );
  }

  parseInlineIf(): Node {
    let node = this.parseOr();
    while (this.skipSymbol('if')) {
      const condition = this.parseOr();
      node = this.node(
        'InlineIf',
        node,
        condition,
        node,
        this.skipSymbol('else') ? this.parseInlineIf() : null,
      );
    }
    return node;
  }

  parseOr(): Node {
    let node = this.parseAnd();
    while (this.skipSymbol('or')) node = this.node('Or', node, node, this.parseAnd());
    return node;
  }

  parseAnd(): Node {
    let node = this.parseNot();
    while (this.skipSymbol('and')) node = this.node('And', node, node, this.parseNot());
    return node;
  }

  parseNot(): Node {
    const token = this.current();
    return this.skipSymbol('not') ? this.node('Not', token, this.parseNot()) : this.parseCompare();
  }

  parseCompare(): Node {
    const left = this.parseSum();
    const operands: Node[] = [];
    for (let type = this.#comparison(); type !== undefined; type = this.#comparison()) {
      operands.push(this.node('CompareOperand', this.current(), this.parseSum(), type));
    }
    return operands.length === 0 ? left : this.node('Compare', left, left, operands);
  }

  /** Takes the operator of a comparison, if there is one. */
  #comparison(): string | undefined {
    const token = this.peekToken();
    if (token?.type === types.TOKEN_OPERATOR && COMPARISONS.has(token.value)) {
      return (this.nextToken() as Token).value as string;
    }
    if (this.skipSymbol('in')) return 'in';
    if (!this.isSymbol('not')) return undefined;
    const not = this.nextToken() as Token;
    if (this.skipSymbol('in')) return 'not in';
    return this.fail("expected token 'in' after 'not'", not.lineno, not.colno);
  }

  parseSum(): Node {
    let node = this.parseConcat();
    for (;;) {
      if (this.skipValue(types.TOKEN_OPERATOR, '+')) node = this.node('Add', node, node, this.parseConcat());
      else if (this.skipValue(types.TOKEN_OPERATOR, '-'))
        node = this.node('Sub', node, node, this.parseConcat());
      else return node;
    }
  }

  parseConcat(): Node {
    let node = this.parseProduct();
    while (this.skip(types.TOKEN_TILDE)) node = this.node('Concat', node, node, this.parseProduct());
    return node;
  }

  parseProduct(): Node {
    let node = this.parsePower();
    for (;;) {
      const token = this.peekToken();
      const kind = token?.type === types.TOKEN_OPERATOR ? FACTORS[token.value as string] : undefined;
      if (kind === undefined) return node;
      this.nextToken();
      node = this.node(kind, node, node, this.parsePower());
    }
  }

  parsePower(): Node {
    let node = this.parseUnary();
    while (this.skipValue(types.TOKEN_OPERATOR, '**')) node = this.node('Pow', node, node, this.parseUnary());
    return node;
  }

  parseUnary(withFilters = true): Node {
    const token = this.current();
    let node: Node;
    if (this.skipValue(types.TOKEN_OPERATOR, '-')) node = this.node('Neg', token, this.parseUnary(false));
    else if (this.skipValue(types.TOKEN_OPERATOR, '+'))
      node = this.node('Pos', token, this.parseUnary(false));
    else node = this.parsePrimary(true);
    node = this.parsePostfix(node);
    return withFilters ? this.parseFilters(node) : node;
  }

  /** A literal, a name, or something in brackets; what follows it as well, as in nunjucks, unless that is not wanted. */
  parsePrimary(noPostfix = false): Node {
    const node = this.#parseAtom();
    return noPostfix ? node : this.parsePostfix(node);
  }

  #parseAtom(): Node {
    const token = this.current();
    switch (token.type) {
      case types.TOKEN_LEFT_PAREN:
        return this.#parseParentheses();
      case types.TOKEN_LEFT_BRACKET:
        return this.#parseList();
      case types.TOKEN_LEFT_CURLY:
        return this.#parseDict();
    }
    const { value } = token;
    switch (token.type) {
      case types.TOKEN_SYMBOL: {
        this.nextToken();
        const constant = CONSTANTS.get(value);
        return constant === undefined
          ? this.node('Symbol', token, value)
          : this.node('Literal', token, constant);
      }
      case types.TOKEN_STRING:
        return this.node('Literal', token, this.#parseStrings());
      case types.TOKEN_INT:
        this.nextToken();
        return this.node('Literal', token, value);
      case types.TOKEN_FLOAT:
        this.nextToken();
        return this.node(FloatLiteral, token, value);
      default:
        return this.unexpected(token);
    }
  }

  /** Strings beside each other are one. */
  #parseStrings(): string {
    let text = '';
    while (this.isNext(types.TOKEN_STRING)) text += (this.nextToken() as Token).value;
    return text;
  }

  #parseParentheses(): Node {
    this.expect(types.TOKEN_LEFT_PAREN);
    const node = this.parseTuple({ mayBeEmpty: true });
    this.expect(types.TOKEN_RIGHT_PAREN, ')');
    return node;
  }

  #parseList(): Node {
    const start = this.expect(types.TOKEN_LEFT_BRACKET);
    const items: Node[] = [];
    while (!this.isNext(types.TOKEN_RIGHT_BRACKET)) {
      items.push(this.parseExpression());
      if (!this.isNext(types.TOKEN_RIGHT_BRACKET)) this.expect(types.TOKEN_COMMA, ',');
    }
    this.expect(types.TOKEN_RIGHT_BRACKET);
    return this.node('Array', start, items);
  }

  #parseDict(): Node {
    const start = this.expect(types.TOKEN_LEFT_CURLY);
    const pairs: Node[] = [];
    while (!this.isNext(types.TOKEN_RIGHT_CURLY)) {
      const key = this.parseExpression();
      this.expect(types.TOKEN_COLON, ':');
      pairs.push(this.node('Pair', key, key, this.parseExpression()));
      if (!this.isNext(types.TOKEN_RIGHT_CURLY)) this.expect(types.TOKEN_COMMA, ',');
    }
    this.expect(types.TOKEN_RIGHT_CURLY);
    return this.node('Dict', start, pairs);
  }

  /** What follows an expression without a space: `.name`, `[index]`, `(arguments)`. */
  parsePostfix(start: Node): Node {
    let node = start;
    for (;;) {
      const token = this.peekToken();
      if (this.skipValue(types.TOKEN_OPERATOR, '.')) node = this.#parseAttribute(node, token as Token);
      else if (this.isNext(types.TOKEN_LEFT_BRACKET)) node = this.#parseSubscript(node);
      else if (this.isNext(types.TOKEN_LEFT_PAREN)) {
        node = this.node('FunCall', token as Token, node, this.parseSignature());
      } else return node;
    }
  }

  #parseAttribute(target: Node, dot: Token): Node {
    const token = this.current();
    if (token.type === types.TOKEN_SYMBOL) {
      this.nextToken();
      return this.node(Attribute, dot, target, token.value);
    }
    if (token.type === types.TOKEN_INT) {
      this.nextToken();
      return this.node(Item, dot, target, this.node('Literal', token, token.value));
    }
    return this.fail('expected name or number', token.lineno, token.colno);
  }

  #parseSubscript(target: Node): Node {
    const start = this.expect(types.TOKEN_LEFT_BRACKET);
    const parts: Node[] = [];
    while (!this.isNext(types.TOKEN_RIGHT_BRACKET)) {
      if (parts.length > 0) this.expect(types.TOKEN_COMMA, ',');
      parts.push(this.#parseIndex());
    }
    this.expect(types.TOKEN_RIGHT_BRACKET);
    const index = parts.length === 1 ? parts[0] : this.node(Tuple, start, parts);
    return this.node(Item, start, target, index);
  }

  #parseIndex(): Node {
    const token = this.current();
    const bounds: (Node | null)[] = [null, null, null];
    let count = 0;
    for (; count < 3; count++) {
      if (!this.#isIndexEnd() && !this.isNext(types.TOKEN_COLON)) bounds[count] = this.parseExpression();
      if (count === 2 || !this.skip(types.TOKEN_COLON)) break;
    }
    if (count > 0) return this.node(Slice, token, ...bounds);
    return bounds[0] ?? this.unexpected(token);
  }

  #isIndexEnd(): boolean {
    return this.isNext(types.TOKEN_RIGHT_BRACKET) || this.isNext(types.TOKEN_COMMA);
  }

  /**
   * The arguments of a call. With `noParens`, those of a tag, up to its end; with `tolerant`, there may be none: nunjucks' method,
   * which tags of others call.
   */
  parseSignature(tolerant = false, noParens = false): NodeList {
    const start = this.current();
    if (!this.isNext(types.TOKEN_LEFT_PAREN) && tolerant) return null as unknown as NodeList;
    const end = noParens ? types.TOKEN_BLOCK_END : types.TOKEN_RIGHT_PAREN;
    if (!noParens) this.expect(types.TOKEN_LEFT_PAREN, '(');
    const args: Node[] = [];
    const keywords: Node[] = [];
    while (!this.isNext(end)) {
      this.#parseArgument(args, keywords, start);
      if (!this.isNext(end)) this.expect(types.TOKEN_COMMA, ',');
    }
    if (!noParens) this.expect(types.TOKEN_RIGHT_PAREN);
    if (keywords.length > 0) args.push(this.node('KeywordArgs', start, keywords));
    return this.nodeList(start, args);
  }

  #parseArgument(args: Node[], keywords: Node[], start: Token): void {
    const isSpread = args.some((arg) => arg.typename === 'Spread');
    const isKeywordSpread = keywords.some((arg) => arg.typename === 'KeywordSpread');
    const ensure = (holds: boolean): void => {
      if (!holds) this.fail('invalid syntax for function call expression', start.lineno, start.colno);
    };
    const token = this.current();
    if (this.skipValue(types.TOKEN_OPERATOR, '**')) {
      ensure(!isKeywordSpread);
      keywords.push(this.node(KeywordSpread, token, this.parseExpression()));
    } else if (this.skipValue(types.TOKEN_OPERATOR, '*')) {
      ensure(!isSpread && !isKeywordSpread);
      args.push(this.node(Spread, token, this.parseExpression()));
    } else {
      const value = this.parseExpression();
      if (value.typename === 'Symbol' && this.skipValue(types.TOKEN_OPERATOR, '=')) {
        ensure(!isKeywordSpread);
        this.#checkNew(keywords, (value as SymbolNode).value, token);
        keywords.push(this.node('Pair', token, value, this.parseExpression()));
      } else {
        ensure(!isSpread && keywords.length === 0);
        args.push(value);
      }
    }
  }

  #checkNew(keywords: readonly Node[], name: string, at: Token): void {
    const isKnown = keywords.some(
      (pair) => pair.typename === 'Pair' && ((pair as PairNode).key as SymbolNode).value === name,
    );
    if (isKnown) this.failPython(`keyword argument repeated: ${name}`, at);
  }

  /** Filters, tests and calls, one after the other. */
  parseFilters(start: Node): Node {
    let node = start;
    for (;;) {
      const token = this.peekToken();
      if (this.skip(types.TOKEN_PIPE)) node = this.parseOneFilter(node);
      else if (this.skipSymbol('is')) node = this.#parseTest(node, token as Token);
      else if (this.isNext(types.TOKEN_LEFT_PAREN)) {
        node = this.node('FunCall', token as Token, node, this.parseSignature());
      } else return node;
    }
  }

  parseOneFilter(target: Node): Node {
    const token = this.current();
    const name = this.#parseDottedName();
    const args = this.isNext(types.TOKEN_LEFT_PAREN) ? this.parseSignature().children : [];
    return this.node(
      'Filter',
      token,
      this.node('Symbol', token, name),
      this.nodeList(token, [target, ...args]),
    );
  }

  /** The filters of a block: `upper`, or `upper|replace('A', 'B')`. */
  parseBlockFilters(): Node {
    let node = this.parseOneFilter(this.node(Captured, this.current()));
    while (this.skip(types.TOKEN_PIPE)) node = this.parseOneFilter(node);
    return node;
  }

  #parseDottedName(): string {
    let name = this.expectSymbol();
    while (this.skipValue(types.TOKEN_OPERATOR, '.')) name += `.${this.expectSymbol()}`;
    return name;
  }

  #parseTest(target: Node, at: Token): Node {
    const isNegated = this.skipSymbol('not');
    const name = this.#parseDottedName();
    const test = this.node(Test, at, target, name, this.#parseTestArguments());
    return isNegated ? this.node('Not', at, test) : test;
  }

  #parseTestArguments(): NodeList {
    const token = this.current();
    if (token.type === types.TOKEN_LEFT_PAREN) return this.parseSignature();
    const isValue = [
      types.TOKEN_SYMBOL,
      types.TOKEN_STRING,
      types.TOKEN_INT,
      types.TOKEN_FLOAT,
      types.TOKEN_LEFT_BRACKET,
      types.TOKEN_LEFT_CURLY,
    ].includes(token.type);
    if (!isValue || (token.type === types.TOKEN_SYMBOL && AFTER_TEST.has(token.value))) {
      return this.nodeList(token, []);
    }
    if (this.isSymbol('is')) {
      this.fail('You cannot chain multiple tests with is', token.lineno, token.colno);
    }
    return this.nodeList(token, [this.parsePrimary()]);
  }
}
