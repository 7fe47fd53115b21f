import type { Call, Expression } from '../python/tree.ts';

/** What a call runs in a thread of its own. */
export interface ThreadCall {
  target: Expression;
  args: readonly Expression[];
}

const THREADS: ReadonlySet<string> = new Set(['start_new_thread', 'Thread', 'Timer']);

/** What `start_new_thread(f, (a, b))` and `Thread(target=f, args=(a, b))` run; `null` for other calls. */
export function threadOf(call: Call): ThreadCall | null {
  const { func } = call;
  const name = func.nodeType === 'Attribute' ? func.attr : func.nodeType === 'Name' ? func.id : '';
  if (!THREADS.has(name)) return null;
  const keyword = (wanted: string) => call.keywords.find(({ arg }) => arg === wanted)?.value;
  const isTimer = name === 'Timer';
  const target = isTimer
    ? (keyword('function') ?? call.args[1])
    : (keyword('target') ?? call.args[name === 'Thread' ? 1 : 0]);
  const args = keyword('args') ?? (name === 'start_new_thread' ? call.args[1] : call.args[isTimer ? 2 : 3]);
  if (target === undefined) return null;
  if (args === undefined) return { target, args: [] };
  return args.nodeType === 'Tuple' || args.nodeType === 'List' ? { target, args: args.elts } : null;
}
