import type { AnyNode, CallExpression } from 'acorn';
import { hasAwait } from './syntaxTree.ts';

/** The statement of a tag that prints: `__run.text+=VALUE;`, and where in it the value is. */
export interface Printed {
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly isRaw: boolean;
}

/** What is printed there. */
export interface Print extends Printed {
  readonly value: AnyNode;
  /** The call whose template is rendered in the place of what is printed. */
  readonly include: CallExpression | undefined;
  /** Whether it is the page, in a layout. */
  readonly isBody: boolean;
}

/** The tags of a template that print. */
export class Prints {
  readonly #printed: ReadonlyMap<number, Printed>;
  readonly #varName: string;
  readonly #filters: boolean;

  /** @param filters whether what is printed goes through a filter, so that it has to be there as a whole. */
  constructor(printed: readonly Printed[], varName: string, filters: boolean) {
    this.#printed = new Map(printed.map((one) => [one.start, one]));
    this.#varName = varName;
    this.#filters = filters;
  }

  /** The tag that has become a statement; `undefined` where its value goes on in other tags. */
  at(node: AnyNode): Print | undefined {
    if (node.type !== 'ExpressionStatement') return undefined;
    const printed = this.#printed.get(node.start);
    if (!printed || node.end !== printed.end) return undefined;
    const value = valueIn((node.expression as { right?: AnyNode }).right as AnyNode, printed);
    const streams = printed.isRaw && !this.#filters;
    return {
      ...printed,
      value,
      include: streams ? includeCall(value) : undefined,
      isBody: streams && this.#isBody(value),
    };
  }

  /** `it.body`, and nothing else. */
  #isBody(node: AnyNode): boolean {
    if (node.type !== 'MemberExpression' || node.computed) return false;
    const { object, property } = node;
    return (
      object.type === 'Identifier' &&
      object.name === this.#varName &&
      property.type === 'Identifier' &&
      property.name === 'body'
    );
  }
}

/** The value within the functions that it goes through. */
function valueIn(expression: AnyNode, { valueStart }: Printed): AnyNode {
  let node = expression;
  while (node.type === 'CallExpression' && node.start < valueStart) node = node.arguments[0] as AnyNode;
  return node;
}

/** `include(...)` or `includeAsync(...)`, with or without `await`. */
function includeCall(node: AnyNode): CallExpression | undefined {
  const call = node.type === 'AwaitExpression' ? node.argument : node;
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') return undefined;
  const isPlain =
    call.arguments.every(({ type }) => type !== 'SpreadElement') && !call.arguments.some(hasAwait);
  return isPlain && /^include(?:Async)?$/.test(call.callee.name) ? call : undefined;
}
