import { factsOf } from '../../flow/facts.ts';
import { enclosingFunction } from '../../flow/functions.ts';
import { type ThreadCall, threadOf } from '../../flow/threads.ts';
import type { Call, Expression, Statement } from '../../python/tree.ts';
import type { FileContext, Rule } from '../context.ts';
import { blockOf, isAloneOnLine, statementOf } from '../statements.ts';
import { type ThreadStart, threadStart } from '../threadStarts.ts';

const NAME = 'async';

/** What has become asynchronous runs on the loop: a thread that would run it becomes a task. */
export const threads: Rule = {
  name: NAME,
  run(context) {
    const besideServer: { server: Call; task: string }[] = [];
    for (const call of factsOf(context.module).calls) {
      const thread = threadOf(call);
      if (thread === null || !becomesAsync(context, call, thread.target)) continue;
      const start = threadStart(context.module, call);
      const owner = start === null ? null : enclosingFunction(start.call);
      const isOnLoop = owner !== null && context.asyncness.isAsync(owner);
      const server = start === null || isOnLoop ? null : serverAfter(context, start);
      if (start !== null && isOnLoop) context.replace(NAME, start.call, taskOf(context, thread));
      else if (start !== null && server !== null) {
        besideServer.push({ server, task: taskOf(context, thread) });
        context.removed.set(statementOf(start.call), NAME);
      } else {
        noteThread(context, call, thread);
        continue;
      }
      for (const statement of start.preparations) context.removed.set(statement, NAME);
      context.note(NAME, call, {
        message:
          'This thread is a task on the loop now: what it waits for has to be awaited, or nobody else is served meanwhile.',
        guide: 'what-becomes-asynchronous',
      });
    }
    const servers = new Set(besideServer.map(({ server }) => server));
    for (const server of servers) {
      const tasks = besideServer.filter((each) => each.server === server).map(({ task }) => task);
      serveWith(context, server, tasks);
    }
  },
};

function becomesAsync(context: FileContext, call: Call, target: Expression): boolean {
  const { flow, asyncness, module } = context;
  const callees = flow.callees(module, { ...call, func: target, args: [], keywords: [] });
  return callees.some(({ node }) => asyncness.functions.has(node));
}

function taskOf(context: FileContext, { target, args }: ThreadCall): string {
  const given = args.map((each) => context.text(each)).join(', ');
  return `${context.imports.want('asyncio')}.create_task(${context.text(target)}(${given}))`;
}

// The `app.run()` that a thread is started before: at the level of the module, or in the same block.
function serverAfter(context: FileContext, { call }: ThreadStart): Call | null {
  const { module, flow, asyncness } = context;
  const runs = factsOf(module).calls.filter(
    ({ func, parent }) =>
      func.nodeType === 'Attribute' &&
      func.attr === 'run' &&
      parent?.nodeType === 'Expr' &&
      flow.is(module, func.value, 'app', 'asyncapp'),
  );
  const [run, ...others] = runs;
  if (run === undefined || others.length > 0) return null;
  const [start, server] = [statementOf(call), statementOf(run)];
  const owner = enclosingFunction(run);
  if (!isAloneOnLine(context, server) || (owner !== null && asyncness.isAsync(owner))) return null;
  if (start.parent?.nodeType === 'Module' && owner !== null) return run;
  return start.start < server.start && isWithin(server, blockOf(start)) ? run : null;
}

function isWithin(statement: Statement, block: readonly Statement[]): boolean {
  return block.some(({ start, end }) => start <= statement.start && statement.end <= end);
}

// `app.run(x)` is `asyncio.run(app.start_server(x))`, and on that loop the tasks run too.
function serveWith(context: FileContext, server: Call, tasks: readonly string[]): void {
  const { newline, module, source } = context;
  const indentation = module.lines.indentation(server.start);
  const line = newline + indentation;
  const inner = line + (/^\t/m.test(source) ? '\t' : '    ');
  const name = context.imports.freeName('serve');
  const text = [`async def ${name}():`, ...tasks, 'await '].join(inner);
  context.insert(NAME, server.start, text);
  context.replace(NAME, { start: server.func.end - 'run'.length, end: server.func.end }, 'start_server');
  context.insert(NAME, server.end, `${line}${context.imports.want('asyncio')}.run(${name}())`);
}

function noteThread(context: FileContext, call: Call, { target }: ThreadCall): void {
  context.note(NAME, call, {
    message: 'A thread cannot run what is a coroutine function in Microdot 2.',
    suggestion: `asyncio.create_task(${context.text(target)}(...)), in an \`async def\` function`,
    guide: 'what-becomes-asynchronous',
  });
}
