import { bindingsOf } from '../python/bindings.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Call, Name, Node, Statement } from '../python/tree.ts';
import { statementOf } from './statements.ts';

/** Where a thread is started, as a statement of its own. */
export interface ThreadStart {
  /** `start_new_thread(...)`, `Thread(...).start()` or `thread.start()`. */
  call: Call;
  /** What makes the thread ready before that. */
  preparations: Statement[];
}

/** The start of a thread that a call makes; `null` where the thread is kept for something else. */
export function threadStart(module: PythonModule, made: Call): ThreadStart | null {
  const { func, parent } = made;
  const name = func.nodeType === 'Attribute' ? func.attr : func.nodeType === 'Name' ? func.id : '';
  if (name === 'start_new_thread') return alone(made);
  if (name !== 'Thread') return null;
  if (parent?.nodeType === 'Attribute') return parent.attr === 'start' ? alone(parent.parent) : null;
  if (parent?.nodeType !== 'Assign') return null;
  const [target, ...others] = parent.targets;
  return target?.nodeType === 'Name' && others.length === 0 ? ofVariable(module, target, parent) : null;
}

function alone(call: Node | null): ThreadStart | null {
  const isAlone = call?.nodeType === 'Call' && call.parent?.nodeType === 'Expr';
  return isAlone ? { call, preparations: [] } : null;
}

// `t = Thread(...)`, `t.daemon = True`, `t.start()`, and nothing else.
function ofVariable(module: PythonModule, target: Name, made: Statement): ThreadStart | null {
  const binding = bindingsOf(module).resolve(target);
  if (binding === null || binding.definitions.length !== 1) return null;
  const preparations = [made];
  let start: ThreadStart | null = null;
  for (const { parent } of binding.references) {
    if (parent?.nodeType !== 'Attribute') return null;
    const outer = parent.parent;
    if (parent.attr === 'start' && start === null) {
      start = alone(outer);
      if (start === null) return null;
    } else if (isSetting(parent.attr, outer)) preparations.push(statementOf(parent));
    else return null;
  }
  return start && { ...start, preparations };
}

function isSetting(attribute: string, outer: Node | null): boolean {
  if (outer?.nodeType === 'Assign') return attribute === 'daemon' || attribute === 'name';
  return (
    outer?.nodeType === 'Call' && outer.parent?.nodeType === 'Expr' && /^set(?:Daemon|Name)$/.test(attribute)
  );
}
