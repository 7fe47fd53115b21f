import { factsOf } from '../../flow/facts.ts';
import { enclosingFunction, isFunction } from '../../flow/functions.ts';
import { registrationOf } from '../../flow/registrations.ts';
import { bindingsOf } from '../../python/bindings.ts';
import type { Call } from '../../python/tree.ts';
import { type FileContext, type Rule, rootName } from '../context.ts';
import { isGenerator, isSleep, outsideName } from '../functions.ts';
import { isTestMethod } from '../testCases.ts';
import { callsWaiter, isWait } from '../waits.ts';
import { needsParentheses } from './asynchronous.ts';

const NAME = 'sleep';

/** `time.sleep()` and `queue.get()` in what becomes asynchronous would stop the whole server. */
export const sleep: Rule = {
  name: NAME,
  run(context) {
    for (const call of factsOf(context.module).calls) {
      const owner = enclosingFunction(call);
      if (owner === null) continue;
      if (isSleep(context.flow, context.module, call)) {
        if (context.asyncness.functions.has(owner) && !isTestMethod(context.flow, owner))
          sleepOnLoop(context, call);
        else if (!isTestMethod(context.flow, owner) && (isHandler(context, owner) || isGenerator(owner))) {
          noteSleep(context, call, isGenerator(owner));
        }
      } else if (waits(context, call)) {
        if (context.asyncness.functions.has(owner) && !isTestMethod(context.flow, owner))
          waitInThread(context, call);
        else if (isGenerator(owner) && isWait(context.flow, context.module, call)) noteWait(context, call);
      } else if (context.asyncness.functions.has(owner) && isBlocking(context, call)) {
        context.note(NAME, call, {
          message:
            'This waits, and is now in a function that runs on the loop: meanwhile nobody else is served.',
          suggestion: `await asyncio.get_running_loop().run_in_executor(None, lambda: ${context.text(call).split(/[\r\n]/)[0]})`,
          guide: 'waiting-in-handlers',
        });
      }
    }
  },
};

const BLOCKING =
  /^(?:u?requests\.(?:get|post|put|patch|delete|head|request)|urllib\.request\.urlopen|subprocess\.(?:run|call|check_output|check_call)|os\.system|input)$/;

// Whether a call waits for another thread, itself or in what it calls.
function waits({ flow, module, asyncness }: FileContext, call: Call): boolean {
  if (asyncness.calls.has(call) || call.parent?.nodeType === 'Await' || isInGenerator(call)) return false;
  return isWait(flow, module, call) || callsWaiter(flow, module, call, (node) => asyncness.isAsync(node));
}

function isInGenerator(call: Call): boolean {
  for (let at = call.parent; at !== null && !isFunction(at); at = at.parent)
    if (at.nodeType === 'GeneratorExp') return true;
  return false;
}

// What stood in a thread of its own, and is on the loop now, waits in a thread.
function waitInThread(context: FileContext, call: Call): void {
  const [open, close] = needsParentheses(call) ? ['(', ')'] : ['', ''];
  const [first] = [...call.args, ...call.keywords].sort((a, b) => a.start - b.start);
  context.insert(NAME, call.start, `${open}await ${context.imports.want('asyncio')}.to_thread(`);
  context.replace(
    NAME,
    { start: call.func.end, end: first?.start ?? call.end - 1 },
    first === undefined ? '' : ', ',
  );
  context.insert(NAME, call.end, close);
}

function noteWait(context: FileContext, call: Call): void {
  context.note(NAME, call, {
    message:
      'Microdot 2 iterates the generator of a response on the loop: while this waits nobody is served.',
    suggestion: `await asyncio.to_thread(${context.text(call.func)}), in an asynchronous generator`,
    guide: 'waiting-in-handlers',
  });
}

function isBlocking(context: FileContext, call: Call): boolean {
  return BLOCKING.test(outsideName(context.flow, context.module, call.func) ?? '');
}

function isHandler(context: FileContext, owner: Parameters<typeof isGenerator>[0]): boolean {
  return owner.decorator_list.some((each) => registrationOf(context.flow, context.module, each) !== null);
}

function sleepOnLoop(context: FileContext, call: Call): void {
  const method = call.func.nodeType === 'Attribute' ? call.func.attr : 'sleep';
  const asyncio = asyncioName(context);
  context.replace(NAME, call.func, `await ${asyncio}.${method}`);
  const root = rootName(call.func);
  if (root !== null && call.func.nodeType === 'Name') context.imports.replaced.add(root);
}

// What the file calls asyncio already, uasyncio included.
function asyncioName(context: FileContext): string {
  for (const binding of bindingsOf(context.module).scope.names.values()) {
    const isAsyncio = binding.definitions.some(
      (each) => each.kind === 'import' && /^u?asyncio$/.test(each.node.name),
    );
    if (isAsyncio) return binding.name;
  }
  return context.imports.want('asyncio');
}

function noteSleep(context: FileContext, call: Call, isInGenerator: boolean): void {
  const message = isInGenerator
    ? 'Microdot 2 iterates a generator on the loop: while it sleeps nobody else is served.'
    : 'Microdot 2 runs this in a thread of a pool on CPython, and on the loop on MicroPython, where nobody else is served meanwhile.';
  context.note(NAME, call, {
    message,
    suggestion: `Make it an \`async def\` function, and write \`await asyncio.sleep(${call.args.map((each) => context.text(each)).join(', ')})\`.`,
    guide: 'waiting-in-handlers',
  });
}
