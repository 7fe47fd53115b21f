import { factsOf } from '../../flow/facts.ts';
import { isFunction } from '../../flow/functions.ts';
import { bindingsOf } from '../../python/bindings.ts';
import { walk } from '../../python/fields.ts';
import type { PythonModule } from '../../python/parse.ts';
import type { ExceptHandler, Expression, Node, Try } from '../../python/tree.ts';
import type { FileContext, Rule } from '../context.ts';
import { ownNodes } from '../functions.ts';

const NAME = 'websocket-errors';
const OS_ERRORS: ReadonlySet<string> = new Set(['OSError', 'IOError', 'EnvironmentError']);

/** A peer that closes raises `WebSocketError`, where `receive()` raised an `OSError`. */
export const websocketErrors: Rule = {
  name: NAME,
  run(context) {
    for (const node of factsOf(context.module).tries) {
      if (node.nodeType !== 'Try' || !receives(context, context.module, node.body, new Set())) continue;
      const handler = firstFor(context, node);
      if (handler?.type !== undefined) catchBoth(context, handler, handler.type);
    }
  },
};

// The handler that an OSError from `receive()` went to.
function firstFor(context: FileContext, node: Try): ExceptHandler | null {
  for (const handler of node.handlers) {
    const names = namesOf(tupleOf(context, handler.type) ?? handler.type);
    if (names === null || names.some((name) => name === 'Exception' || name === 'BaseException')) return null;
    if (names.includes('WebSocketError')) return null;
    if (names.some((name) => OS_ERRORS.has(name))) return handler;
  }
  return null;
}

// The tuple that a name stands for: `ERRORS = (OSError, ValueError)`.
function tupleOf(context: FileContext, type: Expression | undefined): Expression | null {
  if (type?.nodeType !== 'Name') return null;
  const bindings = bindingsOf(context.module);
  const binding = bindings.resolve(type);
  if (binding === null) return null;
  const values = factsOf(context.module).assigns.flatMap(({ targets, value }) =>
    targets.some((each) => each.nodeType === 'Name' && bindings.resolve(each) === binding) ? [value] : [],
  );
  const [value] = values;
  return values.length === 1 && value?.nodeType === 'Tuple' ? value : null;
}

function namesOf(type: Expression | undefined): string[] | null {
  if (type === undefined) return null;
  const parts = type.nodeType === 'Tuple' ? type.elts : [type];
  return parts.map((part) =>
    part.nodeType === 'Name' ? part.id : part.nodeType === 'Attribute' ? part.attr : '',
  );
}

function catchBoth(context: FileContext, handler: ExceptHandler, type: Expression): void {
  const error = context.imports.want('microdot.websocket', 'WebSocketError');
  if (type.nodeType === 'Tuple') {
    const last = type.elts.at(-1) as Expression;
    context.insert(NAME, last.end, `, ${error}`);
  } else {
    const star = tupleOf(context, type) === null ? '' : '*';
    context.replace(NAME, type, `(${star}${context.text(type)}, ${error})`);
  }
  const { name } = handler;
  if (name !== undefined) for (const statement of handler.body) askOtherwise(context, statement, name);
}

// What 1.x raised was `OSError(32)`; a WebSocketError has a message alone.
function askOtherwise(context: FileContext, body: Node, name: string): void {
  walk(body, (each) => {
    if (each.nodeType !== 'Attribute' || each.value.nodeType !== 'Name' || each.value.id !== name)
      return true;
    if (each.attr === 'errno') {
      context.replace(NAME, each, `getattr(${name}, 'errno', 32)`);
    } else if (each.attr === 'strerror' || each.attr === 'args') {
      context.note(NAME, each, {
        message: `When the peer has closed, ${name}.${each.attr} is not what it was: a WebSocketError has a message, and no number.`,
        suggestion: `getattr(${name}, 'errno', 32)`,
        guide: 'websockets',
      });
    }
    return true;
  });
}

// Whether statements wait for a message, themselves or in a function that they call.
function receives(
  context: FileContext,
  module: PythonModule,
  body: readonly Node[],
  seen: Set<Node>,
): boolean {
  let found = false;
  for (const statement of body) {
    walk(statement, (each) => {
      if (found || isFunction(each) || each.nodeType === 'Lambda' || each.nodeType === 'ClassDef')
        return false;
      // What is caught within is not caught here.
      if (each.nodeType !== 'Call') return true;
      if (each.func.nodeType === 'Attribute' && each.func.attr === 'receive') {
        found = context.flow.is(module, each.func.value, 'websocket', 'asyncwebsocket');
      }
      if (found) return false;
      for (const { node } of context.flow.callees(module, each)) {
        if (seen.has(node)) continue;
        seen.add(node);
        const owner = context.flow.program.moduleOf(node);
        if (owner !== null && mentionsSocket(context, owner, node)) {
          found ||= receives(context, owner, node.body, seen);
        }
      }
      return true;
    });
  }
  return found;
}

function mentionsSocket(
  context: FileContext,
  module: PythonModule,
  node: Parameters<typeof ownNodes>[0],
): boolean {
  return ownNodes(node).some(
    (each) => each.nodeType === 'Call' && (context.flow.callees(module, each).length > 0 || isReceive(each)),
  );
}

function isReceive(each: Node): boolean {
  return each.nodeType === 'Call' && each.func.nodeType === 'Attribute' && each.func.attr === 'receive';
}
