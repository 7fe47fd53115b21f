import type { Expression, Parameters } from '../python/ast.ts';
import { ExpressionParser } from '../python/expressionParser.ts';
import { Unparsable } from '../python/unparsable.ts';
import type { Node, Template } from './nodes.ts';
import { parseStatement } from './parseStatement.ts';
import { Misplaced, type Piece, toPieces } from './pieces.ts';

/** What a template without `{% args %}` takes. */
const ANYTHING: Parameters = { list: [], rest: 'a', keywords: 'd' };

/** A block that has been begun. */
interface Block {
  readonly keyword: 'if' | 'for' | 'while';
  readonly piece: Piece;
  /** What the next nodes are added to. */
  nodes: Node[];
  /** Whether `else` has been read. */
  isLast: boolean;
}

/**
 * Parses a template in utemplate's syntax.
 *
 * @throws Misplaced
 */
export function parseTemplate(source: string): Template {
  return new TemplateParser().parse(source);
}

class TemplateParser {
  readonly #body: Node[] = [];
  readonly #blocks: Block[] = [];
  #parameters: Parameters = ANYTHING;
  #hasBegun = false;

  /** Blocks that are never closed end with the template, as they do in Python. */
  parse(source: string): Template {
    for (const piece of toPieces(source)) {
      if (piece.type === 'statement') this.#statement(piece);
      else if (piece.type === 'text') this.#add({ type: 'text', text: piece.code, line: piece.line });
      else this.#print(piece);
    }
    return { parameters: this.#parameters, body: this.#body };
  }

  #add(node: Node): void {
    this.#hasBegun = true;
    (this.#blocks.at(-1)?.nodes ?? this.#body).push(node);
  }

  #print(piece: Piece): void {
    // As in utemplate, what is between the braces is what `str()` is given.
    const args = parsed(piece, piece.code, 0, (tokens) => tokens.arguments());
    const [only, ...more] = args.positional;
    const isOne = only && only.type !== 'starred' && more.length === 0 && args.keywords.length === 0;
    const str: Expression = { type: 'name', name: 'str' };
    const value: Expression = isOne ? only : { type: 'call', callee: str, arguments: args };
    this.#add({ type: 'print', value, line: piece.line });
  }

  #statement(piece: Piece): void {
    const [, before = '', keyword = '', rest = ''] = /^(\s*)(\S*)(.*)$/s.exec(piece.code) ?? [];
    const offset = before.length + keyword.length;
    const hasRest = rest.trim() !== '';
    switch (keyword) {
      case 'args':
        this.#args(piece, rest, offset);
        break;
      case 'set':
        this.#set(piece, rest, offset);
        break;
      case 'include':
        this.#include(piece, rest, offset);
        break;
      case 'if':
      case 'while':
        if (!hasRest) throw misplaced(piece, `${keyword} needs a condition`);
        this.#condition(piece, keyword, rest, offset);
        break;
      case 'for':
        if (!hasRest) throw misplaced(piece, 'for needs a name, in, and a list');
        this.#for(piece, rest, offset);
        break;
      case 'elif':
        if (!hasRest) throw misplaced(piece, 'elif needs a condition');
        this.#elif(piece, rest, offset);
        break;
      case 'else':
        if (hasRest) throw misplaced(piece, 'else has nothing behind it');
        this.#else(piece);
        break;
      case 'endif':
      case 'endfor':
      case 'endwhile':
        if (hasRest) throw misplaced(piece, `${keyword} has nothing behind it`);
        this.#end(piece, keyword.slice(3));
        break;
      default:
        throw misplaced(piece, keyword === '' ? 'a statement is expected' : unknownStatement(keyword));
    }
  }

  #args(piece: Piece, rest: string, offset: number): void {
    if (this.#hasBegun) throw misplaced(piece, 'args comes before all else, empty lines included');
    this.#parameters = parsed(piece, rest, offset, (tokens) => tokens.parameters(''));
  }

  #set(piece: Piece, rest: string, offset: number): void {
    const isInLoop = this.#blocks.some(({ keyword }) => keyword !== 'if');
    this.#add({
      ...parsed(piece, rest, offset, (tokens) => parseStatement(tokens, isInLoop)),
      line: piece.line,
    });
  }

  #include(piece: Piece, rest: string, offset: number): void {
    const [whole, before = '', quoted, dynamic] =
      /^(\s*)(?:["']([^"']*)["']|\{\{(.*?)\}\})/s.exec(rest) ?? [];
    if (whole === undefined)
      throw misplaced(piece, 'include needs the name of a template in quotes, or {{ name }}');
    const name =
      dynamic === undefined
        ? (quoted as string)
        : parsed(piece, dynamic, offset + before.length + 2, (tokens) => tokens.expression());
    const args = parsed(piece, rest.slice(whole.length), offset + whole.length, (tokens) =>
      tokens.arguments(),
    );
    const column = piece.column + offset + before.length;
    this.#add({ type: 'include', name, arguments: args, line: piece.line, column });
  }

  #for(piece: Piece, rest: string, offset: number): void {
    const { target, source } = parsed(piece, rest, offset, (tokens) => {
      const target = tokens.targets('in');
      tokens.expect('in');
      return { target, source: tokens.expressions() };
    });
    const body: Node[] = [];
    this.#add({ type: 'for', target, source, body, line: piece.line });
    this.#blocks.push({ keyword: 'for', piece, nodes: body, isLast: true });
  }

  #condition(piece: Piece, keyword: 'if' | 'while', rest: string, offset: number): void {
    const test = parsed(piece, rest, offset, (tokens) => tokens.named());
    const nodes: Node[] = [];
    const { line } = piece;
    if (keyword === 'while') this.#add({ type: 'while', test, body: nodes, line });
    else this.#add({ type: 'if', test, consequent: nodes, alternate: [], line });
    this.#blocks.push({ keyword, piece, nodes, isLast: false });
  }

  #elif(piece: Piece, rest: string, offset: number): void {
    const block = this.#open(piece, 'elif');
    const test = parsed(piece, rest, offset, (tokens) => tokens.named());
    const consequent: Node[] = [];
    this.#alternate(block).push({ type: 'if', test, consequent, alternate: [], line: piece.line });
    block.nodes = consequent;
  }

  #else(piece: Piece): void {
    const block = this.#open(piece, 'else');
    block.nodes = this.#alternate(block);
    block.isLast = true;
  }

  /** The `if` that an `elif` or `else` belongs to. */
  #open(piece: Piece, keyword: string): Block {
    const block = this.#blocks.at(-1);
    if (block?.keyword === 'if' && !block.isLast) return block;
    const why =
      block?.keyword === 'if'
        ? 'else was there already'
        : `it belongs to if, not to ${block?.keyword ?? 'nothing'}`;
    throw misplaced(piece, `${keyword} has no place here: ${why}`);
  }

  /** What the last condition of a block has if it does not hold. */
  #alternate(block: Block): Node[] {
    const owner = this.#blocks.at(-2)?.nodes ?? this.#body;
    let node = owner.at(-1) as Extract<Node, { type: 'if' }>;
    while (node.consequent !== block.nodes) node = node.alternate.at(-1) as Extract<Node, { type: 'if' }>;
    return node.alternate as Node[];
  }

  #end(piece: Piece, keyword: string): void {
    const block = this.#blocks.at(-1);
    if (block?.keyword !== keyword) {
      const open = block ? `${block.keyword} of line ${block.piece.line} is open` : 'nothing is open';
      throw misplaced(piece, `end${keyword} has no ${keyword}: ${open}`);
    }
    this.#blocks.pop();
  }
}

const INSTEAD: Readonly<Record<string, string>> = {
  block: 'there are no blocks: include what pages have in common',
  extends: 'there are no layouts: include what pages have in common',
  macro: 'write {% set f = lambda x: ... %}, or include a template with arguments',
  break: 'write {% set break %}',
  continue: 'write {% set continue %}',
  with: 'write {% set name = value %}',
};

function unknownStatement(keyword: string): string {
  const known = 'there are args, set, include, if, elif, else, for, while, endif, endfor and endwhile';
  return `there is no statement ${keyword}: ${Object.hasOwn(INSTEAD, keyword) ? INSTEAD[keyword] : known}`;
}

/** Parses code of a piece, all of it. @param offset where in the piece the code begins. */
function parsed<T>(piece: Piece, code: string, offset: number, parse: (tokens: ExpressionParser) => T): T {
  try {
    const tokens = new ExpressionParser(code);
    const result = parse(tokens);
    tokens.end();
    return result;
  } catch (error) {
    if (!(error instanceof Unparsable)) throw error;
    const place = { line: piece.line, column: piece.column + offset + error.offset };
    throw new Misplaced(error.message, place, error.isPython);
  }
}

function misplaced({ line, column, code }: Piece, message: string): Misplaced {
  return new Misplaced(message, { line, column: column + (code.length - code.trimStart().length) });
}
