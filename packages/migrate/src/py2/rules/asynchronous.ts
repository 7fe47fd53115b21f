import { factsOf } from '../../flow/facts.ts';
import type { PythonModule } from '../../python/parse.ts';
import type { Call, Node } from '../../python/tree.ts';
import { partOf } from '../byModule.ts';
import type { FileContext, Rule } from '../context.ts';
import { isGenerator } from '../functions.ts';
import type { Poll } from '../polls.ts';
import { isTestMethod } from '../testCases.ts';

const NAME = 'async';

/** Functions become `async def`, calls are waited for, loops become `async for`. */
export const asynchronous: Rule = {
  name: NAME,
  run(context) {
    const { asyncness, module } = context;
    for (const node of factsOf(module).functions) {
      if (!asyncness.functions.has(node)) continue;
      context.insert(NAME, node.start, 'async ');
      if (LIFECYCLE.has(node.name) && isTestMethod(context.flow, node))
        renameLifecycle(context, node.start, node.name);
    }
    for (const [list] of inOrder(asyncness.lists, module)) bracket(context, list);
    for (const [call, { how, reason }] of inOrder(asyncness.calls, module)) {
      if (how === 'run') runCall(context, call);
      else awaitCall(context, call);
      if (reason === 'decorated' && context.flow.callees(module, call).length > 0)
        noteDecorated(context, call);
    }
    for (const [, { poll, inThread }] of inOrder(asyncness.polls, module))
      writePoll(context, poll, inThread ? `${context.imports.want('asyncio')}.to_thread` : null);
    for (const [loop] of partOf(asyncness.loops, module, ([, owner]) => [owner])) loopAsync(context, loop);
    for (const [node, { why }] of partOf(asyncness.stuck, module, ([, { module }]) => [module])) {
      const isIterated =
        node.nodeType === 'Call' &&
        context.flow.callees(module, node).some((callee) => isGenerator(callee.node));
      context.note(NAME, node, {
        message: `This is asynchronous in Microdot 2, and stands ${why}, where it cannot be waited for.`,
        suggestion: isIterated
          ? `[each async for each in ${context.text(node)}], in an \`async def\` function`
          : 'Move the call to an `async def` function, and write `await` before it.',
        guide: 'what-becomes-asynchronous',
      });
    }
  },
};

// Of two calls that begin at the same place the outer one is first, and so is what is put before it.
function inOrder<N extends Node, V extends { module: PythonModule }>(
  nodes: ReadonlyMap<N, V>,
  module: PythonModule,
): [N, V][] {
  return [...partOf(nodes, module, ([, value]) => [value.module])].sort(
    ([a], [b]) => a.start - b.start || b.end - a.end,
  );
}

const LIFECYCLE: ReadonlyMap<string, string> = new Map([
  ['setUp', 'asyncSetUp'],
  ['tearDown', 'asyncTearDown'],
]);

function renameLifecycle(context: FileContext, start: number, name: string): void {
  const at = context.source.indexOf(name, start);
  context.replace(NAME, { start: at, end: at + name.length }, LIFECYCLE.get(name) ?? name);
}

function awaitCall(context: FileContext, call: Call): void {
  const { func } = call;
  if (func.nodeType === 'Attribute' && LIFECYCLE.has(func.attr) && func.value.nodeType === 'Call') {
    context.replace(
      NAME,
      { start: func.end - func.attr.length, end: func.end },
      LIFECYCLE.get(func.attr) ?? func.attr,
    );
  }
  const isTight = needsParentheses(call);
  context.insert(NAME, call.start, isTight ? '(await ' : 'await ');
  if (isTight) context.insert(NAME, call.end, ')');
}

/** Whether `await` and a call have to be put in parentheses: `await x.y` waits for `x.y`. */
export function needsParentheses(call: Call): boolean {
  const { parent } = call;
  if (parent?.nodeType === 'Attribute' || parent?.nodeType === 'Subscript') return parent.value === call;
  return parent?.nodeType === 'Call' && parent.func === call;
}

function runCall(context: FileContext, call: Call): void {
  const asyncio = context.imports.want('asyncio');
  context.insert(NAME, call.start, `${asyncio}.run(`);
  context.insert(NAME, call.end, ')');
  context.note(NAME, call, {
    message: 'The test client is asynchronous in Microdot 2. Each call runs in a loop of its own here.',
    suggestion:
      'With anyio or pytest-asyncio the test can be an `async def` function that awaits the client.',
    guide: 'test-clients',
  });
}

// A loop begins with its target, in a comprehension; the `for` is before that.
function loopAsync(context: FileContext, loop: Node): void {
  const isStatement = loop.nodeType === 'For';
  const start = isStatement ? loop.start : context.source.lastIndexOf('for', loop.start);
  context.insert(NAME, start, 'async ');
}

// `for text in iter(lambda: f(x), b'')` becomes `while (text := await f(x)) != b''`; the `await` before `f` is there already
// where it was called. What waits for a thread is called by `thread`.
function writePoll(context: FileContext, { loop, target, asked, end }: Poll, thread: string | null): void {
  const opening = `while (${context.text(target)} := `;
  const begin = thread === null ? `${opening}await ` : `${opening}await ${thread}(`;
  const isLoose = LOOSE.has(end.nodeType);
  if (asked.nodeType === 'Lambda') {
    context.replace(NAME, { start: loop.start, end: asked.body.start }, opening);
  } else if (asked.nodeType === 'Call') {
    // `partial(f, x)` is `f(x)`.
    const [func, ...given] = [...asked.args, ...asked.keywords].sort((a, b) => a.start - b.start);
    if (func === undefined) return;
    context.replace(NAME, { start: loop.start, end: func.start }, begin);
    const [next] = given;
    const separator = next === undefined ? '' : ', ';
    context.replace(
      NAME,
      { start: func.end, end: next?.start ?? asked.end - 1 },
      thread === null ? '(' : separator,
    );
  } else {
    context.replace(NAME, { start: loop.start, end: asked.start }, begin);
    context.insert(NAME, asked.end, thread === null ? '()' : ')');
  }
  const asks = asked.nodeType === 'Lambda' ? asked.body : asked;
  context.replace(NAME, { start: asks.end, end: end.start }, `) != ${isLoose ? '(' : ''}`);
  context.replace(NAME, { start: end.end, end: loop.iter.end }, isLoose ? ')' : '');
}

// What binds less than `!=`, or as much.
const LOOSE: ReadonlySet<Node['nodeType']> = new Set<Node['nodeType']>([
  'BoolOp',
  'Compare',
  'IfExp',
  'Lambda',
  'UnaryOp',
]);

function bracket(context: FileContext, node: { start: number; end: number }): void {
  // The parentheses of the call are those of the generator expression.
  context.insert(NAME, node.start + 1, '[');
  context.insert(NAME, node.end - 1, ']');
}

function noteDecorated(context: FileContext, call: Call): void {
  context.note(NAME, call, {
    message:
      'What is called here is decorated, and so a coroutine function in Microdot 2: the call is awaited.',
    guide: 'what-becomes-asynchronous',
  });
}
