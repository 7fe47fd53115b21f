import { type Node, type Token, tokenTypes as types } from '../nunjucks.ts';
import { type CallNode, Trans } from './nodes.ts';
import type { StatementParser } from './statementParser.ts';

interface Message {
  readonly text: string;
  readonly names: readonly string[];
}

/**
 * `{% trans %}`, Jinja's way to translate text with values in it: the text becomes a message with `%(name)s` in it, and the tag a
 * call of `gettext`, `ngettext`, `pgettext` or `npgettext`.
 */
export function parseTrans(parser: StatementParser, isNewStyle: boolean): Node {
  const token = parser.nextToken() as Token;
  const context = parser.isNext(types.TOKEN_STRING) ? (parser.nextToken() as Token).value : undefined;
  const head = parseVariables(parser);
  const { variables } = head;
  let { plural } = head;
  parser.expect(types.TOKEN_BLOCK_END);

  const singular = parseMessage(parser, true);
  plural ??= singular.names[0];
  let many: Message | undefined;
  if (parser.skipSymbol('pluralize')) {
    if (parser.isNext(types.TOKEN_SYMBOL)) plural = parsePluralName(parser, variables);
    parser.expect(types.TOKEN_BLOCK_END);
    many = parseMessage(parser, false);
    if (plural === undefined) parser.fail('pluralize without variables', token.lineno, token.colno);
  }
  parser.expectSymbol('endtrans');
  parser.expect(types.TOKEN_BLOCK_END);

  const names = [...singular.names, ...(many?.names ?? [])];
  for (const name of names) if (!variables.has(name)) variables.set(name, parser.node('Symbol', token, name));
  const finish = ({ text }: Message): string => {
    const trimmed = head.isTrimmed ? text.trim().replace(/\s*\n\s*/g, ' ') : text;
    // Where nothing is formatted, a percent sign is one. The new functions always format.
    return isNewStyle || names.length > 0 ? trimmed : trimmed.replaceAll('%%', '%');
  };
  const literal = (value: unknown): Node => parser.node('Literal', token, value);
  const args = [literal(finish(singular))];
  if (context !== undefined) args.unshift(literal(context));
  if (many) args.push(literal(finish(many)), variables.get(plural as string) as Node);
  const name = `${many ? 'n' : ''}${context === undefined ? '' : 'p'}gettext`;
  const call = parser.node(
    'FunCall',
    token,
    parser.node('Symbol', token, name),
    parser.nodeList(token, args),
  ) as CallNode;
  // The functions know the number by this name already.
  if (isNewStyle && many && plural === 'num') variables.delete('num');
  return parser.node(Trans, token, call, names.length > 0 || isNewStyle ? [...variables] : [], isNewStyle);
}

function parseVariables(parser: StatementParser): {
  variables: Map<string, Node>;
  plural: string | undefined;
  isTrimmed: boolean;
} {
  const variables = new Map<string, Node>();
  let plural: string | undefined;
  let isTrimmed: boolean | undefined;
  while (!parser.isNext(types.TOKEN_BLOCK_END)) {
    if (variables.size > 0) parser.expect(types.TOKEN_COMMA, ',');
    if (parser.skip(types.TOKEN_COLON)) break;
    const token = parser.current();
    const name = parser.expectSymbol();
    if (variables.has(name)) parser.failAssertion(`translatable variable '${name}' defined twice.`, token);
    if (parser.skipValue(types.TOKEN_OPERATOR, '=')) variables.set(name, parser.parseExpression());
    else if (isTrimmed === undefined && (name === 'trimmed' || name === 'notrimmed')) {
      isTrimmed = name === 'trimmed';
      continue;
    } else variables.set(name, parser.node('Symbol', token, name));
    plural ??= name;
  }
  return { variables, plural, isTrimmed: isTrimmed ?? false };
}

function parsePluralName(parser: StatementParser, variables: ReadonlyMap<string, Node>): string {
  const token = parser.current();
  const name = parser.expectSymbol();
  if (!variables.has(name)) parser.failAssertion(`unknown variable '${name}' for pluralization`, token);
  return name;
}

/** Text and names up to the next tag, which is `pluralize` or `endtrans`. */
function parseMessage(parser: StatementParser, mayPluralize: boolean): Message {
  const names: string[] = [];
  let text = '';
  for (let token = parser.nextToken(); token; token = parser.nextToken()) {
    if (token.type === types.TOKEN_DATA) text += String(token.value).replaceAll('%', '%%');
    else if (token.type === types.TOKEN_VARIABLE_START) {
      const name = parser.expectSymbol();
      parser.expect(types.TOKEN_VARIABLE_END);
      names.push(name);
      text += `%(${name})s`;
    } else if (parser.isSymbol('endtrans')) return { text, names };
    else if (!parser.isSymbol('pluralize')) {
      parser.fail('control structures in translatable sections are not allowed');
    } else if (mayPluralize) return { text, names };
    else parser.fail('a translatable section can have only one pluralize section');
  }
  return parser.fail('unclosed translation block');
}
