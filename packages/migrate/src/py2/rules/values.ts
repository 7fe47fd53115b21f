import { factsOf } from '../../flow/facts.ts';
import { CLIENT_METHODS } from '../../flow/flow.ts';
import { ADDING } from '../../flow/infer.ts';
import { injectedBy, registrationOf } from '../../flow/registrations.ts';
import { threadOf } from '../../flow/threads.ts';
import { bindingsOf } from '../../python/bindings.ts';
import type { Attribute, Name, Node } from '../../python/tree.ts';
import type { FileContext, Rule } from '../context.ts';
import { outsideName } from '../functions.ts';

const NAME = 'async-values';

/** What has become asynchronous and is handed over as a value: whoever calls it has to wait for it. */
export const values: Rule = {
  name: NAME,
  run(context) {
    const { module, flow } = context;
    for (const attribute of factsOf(module).attributes) {
      if (isCalled(attribute)) continue;
      const kinds = flow.kinds(module, attribute.value);
      const isMethod =
        (kinds.has('client') && CLIENT_METHODS.has(attribute.attr)) ||
        (kinds.has('websocket') && /^(?:receive|send|close)$/.test(attribute.attr)) ||
        (kinds.has('stream') && /^(?:read|readline|readexactly)$/.test(attribute.attr));
      if ((isMethod && !isPolled(context, attribute)) || namesAsync(context, attribute))
        note(context, attribute);
    }
    noteStreams(context);
    for (const name of bindingsOf(module).all.flatMap(({ references }) => references)) {
      if (!isCalled(name) && !isPart(name) && namesAsync(context, name)) note(context, name);
    }
    for (const call of factsOf(module).calls) {
      for (const argument of [...call.args, ...call.keywords.map(({ value }) => value)]) {
        if (!flow.is(module, argument, 'stream') || flow.callees(module, call).length > 0) continue;
        context.note(NAME, argument, {
          message:
            'The stream of a request is asynchronous in Microdot 2: what it is given to here cannot read it.',
          suggestion: 'Read it with `await request.stream.read()` first, or use request.body.',
          guide: 'request-streams',
        });
      }
    }
  },
};

const OF_FILES: ReadonlySet<string> = new Set(['readinto', 'readlines', 'readall', 'seek', 'tell']);

// What the stream was asked as a file, and cannot be asked as what it is now.
function noteStreams(context: FileContext): void {
  const { module, flow } = context;
  const { attributes, loops } = factsOf(module);
  const asked = attributes
    .filter(({ attr, value }) => OF_FILES.has(attr) && flow.is(module, value, 'stream'))
    .map((attribute) => ({ node: attribute, what: `${attribute.attr}()` }));
  const iterated = loops
    .filter((loop) => flow.is(module, loop.iter, 'stream') && !('is_async' in loop && loop.is_async))
    .map(({ iter }) => ({ node: iter, what: 'iteration' }));
  for (const { node, what } of [...asked, ...iterated]) {
    context.note(NAME, node, {
      message: `The stream of a request is asynchronous in Microdot 2, and has no ${what}.`,
      suggestion:
        'await request.stream.readline(), until there is nothing left, or await request.stream.read()',
      guide: 'request-streams',
    });
  }
}

function isCalled(node: Node): boolean {
  return node.parent?.nodeType === 'Call' && node.parent.func === node;
}

function isPart(node: Node): boolean {
  return node.parent?.nodeType === 'Attribute';
}

// A function of the program that becomes asynchronous, and is no handler that is being registered.
function namesAsync(context: FileContext, node: Name | Attribute): boolean {
  if (isRegistered(context, node) || isFollowed(context, node)) return false;
  return context.flow.program
    .meaningsOf(context.module, node)
    .some(
      (meaning) =>
        meaning.kind === 'definition' &&
        meaning.definition.kind === 'def' &&
        context.asyncness.functions.has(meaning.definition.node),
    );
}

// What the program itself keeps, or hands to its own functions, is followed to where it is called.
function isFollowed(context: FileContext, node: Name | Attribute): boolean {
  const parent = node.parent?.nodeType === 'Keyword' ? node.parent.parent : node.parent;
  if (isPolled(context, node)) return true;
  switch (parent?.nodeType) {
    case 'Dict':
    case 'List':
    case 'Tuple':
    case 'Set':
    case 'Assign':
      return true;
    case 'Call': {
      const { func } = parent;
      if (context.flow.callees(context.module, parent).length > 0) return true;
      if (outsideName(context.flow, context.module, func) === 'functools.partial') return true;
      return func.nodeType === 'Attribute' && ADDING.has(func.attr);
    }
    default:
      return false;
  }
}

// In `iter(f, end)`, which becomes a loop that waits.
function isPolled({ asyncness }: FileContext, { parent }: Node): boolean {
  const iter = parent?.parent?.nodeType === 'Call' ? parent.parent : parent;
  const loop = iter?.parent;
  return loop?.nodeType === 'For' && loop.iter === iter && asyncness.polls.has(loop);
}

function isRegistered(context: FileContext, node: Name | Attribute): boolean {
  const { parent } = node;
  if (parent?.nodeType === 'FunctionDef' || parent?.nodeType === 'AsyncFunctionDef') return true;
  // What a decorator returns is what Microdot calls, and Microdot waits.
  if (parent?.nodeType === 'Return') return true;
  const call = parent?.nodeType === 'Keyword' ? parent.parent : parent;
  // The rule for threads tells of these.
  if (call?.nodeType === 'Call' && threadOf(call)?.target === node) return true;
  if (parent?.nodeType !== 'Call') return false;
  const { func } = parent;
  return (
    registrationOf(context.flow, context.module, func) !== null ||
    injectedBy(context.flow, context.module, func) !== null
  );
}

function note(context: FileContext, node: Node): void {
  context.note(NAME, node, {
    message: `${context.text(node)} is asynchronous in Microdot 2, and handed over here: whoever calls it has to wait for it.`,
    suggestion: `Call it from an \`async def\` function, as \`await ${context.text(node)}(...)\`.`,
    guide: 'what-becomes-asynchronous',
  });
}
