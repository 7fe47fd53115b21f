import type { Expression } from '../python/ast.ts';
import type { ExpressionParser } from '../python/expressionParser.ts';
import { Unparsable, untranslated } from '../python/unparsable.ts';
import type { Statement } from './nodes.ts';

/** Statements of Python that templates get along without, and how. */
const INSTEAD: Readonly<Record<string, string>> = {
  import: 'give the template what it needs as an argument, or in the option globals',
  from: 'give the template what it needs as an argument, or in the option globals',
  del: 'leave it, or use the pop() of a list or a dict',
  def: 'write {% set f = lambda x: ... %}, or give the template a function',
  class: 'give the template an object',
  with: 'do it before, and give the template the result',
  try: 'do it before, and give the template the result',
  raise: 'do it before the template is rendered',
  assert: 'do it before the template is rendered',
  global: 'every name of a template is its own',
  nonlocal: 'every name of a template is its own',
  async: 'leave it out: promises are waited for wherever they are',
  if: 'write {% if ... %}',
  for: 'write {% for ... %}',
  while: 'write {% while ... %}',
};

/**
 * What may stand behind `set`: an assignment, or an expression for what it does, such as `items.append(x)`.
 *
 * @param isInLoop whether `break` and `continue` have a loop.
 * @throws Unparsable
 */
export function parseStatement(tokens: ExpressionParser, isInLoop: boolean): Statement {
  const statement = one(tokens, isInLoop);
  if (tokens.at(';')) {
    throw untranslated('a second statement in a tag', 'write {% set %} once more', tokens.token.start);
  }
  return statement;
}

function one(tokens: ExpressionParser, isInLoop: boolean): Statement {
  const { text, start, kind } = tokens.token;
  if (kind === 'name' && Object.hasOwn(INSTEAD, text))
    throw untranslated(text, INSTEAD[text] as string, start);
  if (tokens.accept('pass')) return { type: 'pass' };
  for (const keyword of ['break', 'continue', 'return'] as const) {
    if (!tokens.accept(keyword)) continue;
    if (keyword !== 'return' && !isInLoop) throw new Unparsable(`${keyword} outside of a loop`, start);
    return { type: 'leave', keyword };
  }
  const first = tokens.expressions();
  if (tokens.accept(':')) throw untranslated('the type of a variable', 'leave it out', start);
  const operator = augmentation(tokens);
  if (operator) {
    const target = tokens.toTarget(first, start);
    if (target.type === 'targets') throw new Unparsable(`${operator}= has one name before it`, start);
    return { type: 'augment', target, operator, value: tokens.expressions() };
  }
  return assignment(tokens, first, start);
}

/** The operator of `+=` and its kin. */
function augmentation(tokens: ExpressionParser): string | undefined {
  const { kind, text } = tokens.token;
  if (kind !== 'operator' || text.length < 2 || !text.endsWith('=') || /^[=!<>:]=$/.test(text))
    return undefined;
  tokens.take();
  return text.slice(0, -1);
}

/** `a = b = 1` assigns to both. */
function assignment(tokens: ExpressionParser, first: Expression, start: number): Statement {
  const parts = [{ expression: first, start }];
  while (tokens.accept('=')) {
    const { start } = tokens.token;
    parts.push({ expression: tokens.expressions(), start });
  }
  const value = (parts.pop() as (typeof parts)[0]).expression;
  if (parts.length === 0) return { type: 'expression', value };
  return {
    type: 'assign',
    targets: parts.map((part) => tokens.toTarget(part.expression, part.start)),
    value,
  };
}
