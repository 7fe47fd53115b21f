import { factsOf } from '../../flow/facts.ts';
import { enclosingFunction } from '../../flow/functions.ts';
import { threadOf } from '../../flow/threads.ts';
import type { Call, Expression } from '../../python/tree.ts';
import type { FileContext, Rule } from '../context.ts';

const NAME = 'async';

/** What has become asynchronous runs on the loop: a thread that would run it becomes a task. */
export const threads: Rule = {
  name: NAME,
  run(context) {
    for (const call of factsOf(context.module).calls) {
      const thread = threadOf(call);
      if (thread === null || !becomesAsync(context, call, thread.target)) continue;
      const whole = startedAtOnce(call);
      const owner = enclosingFunction(call);
      if (whole !== null && owner !== null && context.asyncness.isAsync(owner)) {
        const asyncio = context.imports.want('asyncio');
        const text = `${asyncio}.create_task(${context.text(thread.target)}(${thread.args.map((each) => context.text(each)).join(', ')}))`;
        context.replace(NAME, whole, text);
        context.note(NAME, call, {
          message:
            'This thread is a task on the loop now: what it waits for has to be awaited, or nobody else is served meanwhile.',
          guide: 'what-becomes-asynchronous',
        });
      } else {
        context.note(NAME, call, {
          message: 'A thread cannot run what is a coroutine function in Microdot 2.',
          suggestion: `asyncio.create_task(${context.text(thread.target)}(...)), in an \`async def\` function`,
          guide: 'what-becomes-asynchronous',
        });
      }
    }
  },
};

function becomesAsync(context: FileContext, call: Call, target: Expression): boolean {
  const { flow, asyncness, module } = context;
  const callees = flow.callees(module, { ...call, func: target, args: [], keywords: [] });
  return callees.some(({ node }) => asyncness.functions.has(node));
}

// The statement `start_new_thread(...)`, or `Thread(...).start()`.
function startedAtOnce(call: Call): Call | null {
  const { func, parent } = call;
  const name = func.nodeType === 'Attribute' ? func.attr : func.nodeType === 'Name' ? func.id : '';
  if (name === 'start_new_thread') return parent?.nodeType === 'Expr' ? call : null;
  if (name !== 'Thread' || parent?.nodeType !== 'Attribute' || parent.attr !== 'start') return null;
  const start = parent.parent;
  return start?.nodeType === 'Call' && start.func === parent && start.parent?.nodeType === 'Expr'
    ? start
    : null;
}
