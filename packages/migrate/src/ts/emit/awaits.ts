import { eachChild } from '../../python/fields.ts';
import type { Call, Node } from '../../python/tree.ts';
import { functionsOf } from '../infer/decorators.ts';
import { baseNameOf, type ClassInfo, type FunctionInfo, methodOf, type Program } from '../program.ts';
import type { Emitter } from './emitter.ts';

/** Methods that are promises here, by the class of their object. */
const METHODS =
  /^microdot\.(WebSocket\.(receive|send|close)|Stream\.(read|readline|readexactly)|Session\.get|SSE\.send|Microdot\.(run|start_server))$|^threading\.(Thread\.join|Event\.wait|Lock\.acquire)$/;
/** Functions that are promises here. */
const FUNCTIONS =
  /^(time\.sleep|time\.sleep_ms|time\.sleep_us|microdot\.websocket_upgrade|microdot\.get_session|asyncio\.sleep|asyncio\.sleep_ms|asyncio\.run|microdot\.invoke_handler)$/;

/** Whether a call gives a promise here whose value Python has at once. */
export function needsAwait(program: Program, node: Call): boolean {
  if (node.parent?.nodeType === 'Await') return false;
  const { func } = node;
  const atom = program.typeOf(func).single;
  if (atom?.kind === 'named' && !atom.owner && FUNCTIONS.test(atom.name)) return !isTask(program, node);
  if (func.nodeType === 'Attribute') {
    for (const each of program.typeOf(func.value).atoms) {
      if (each.kind !== 'instance') continue;
      const name = each.owner ? baseNameOf(each.owner) : each.name;
      const isOwn = each.owner && methodOf(each.owner as ClassInfo, func.attr);
      if (!isOwn && METHODS.test(`${name}.${func.attr}`)) return !isTask(program, node);
      if (each.name === 'asyncio.Loop' && /^run_/.test(func.attr)) return true;
    }
  }
  return functionsOf(program, func).some((info) => info.isAsync && !info.isCoroutine && !info.isGenerator);
}

/** What is given to `create_task`, `run` and their like is not waited for where it stands. */
function isTask(program: Program, node: Call): boolean {
  const { parent } = node;
  if (parent?.nodeType !== 'Call' || !parent.args.includes(node)) return false;
  const atom = program.typeOf(parent.func).single;
  if (atom?.kind === 'named')
    return /^asyncio\.(create_task|ensure_future|gather|wait_for|run)$/.test(atom.name);
  return parent.func.nodeType === 'Attribute' && /^(create_task|run_until_complete)$/.test(parent.func.attr);
}

/** Whether something is waited for within a node, functions in it left out. */
export function hasAwait(e: Emitter, node: Node): boolean {
  return waits(e.program, node);
}

export function waits(program: Program, node: Node): boolean {
  if (node.nodeType === 'Await' || node.nodeType === 'AsyncFor' || node.nodeType === 'AsyncWith') return true;
  if (node.nodeType === 'Call' && needsAwait(program, node)) return true;
  if (node.nodeType === 'Comprehension' && node.is_async) return true;
  let found = false;
  eachChild(node, (child) => {
    found ||= !isFunction(child) && waits(program, child);
  });
  return found;
}

function isFunction(node: Node): boolean {
  return ['FunctionDef', 'AsyncFunctionDef', 'Lambda', 'ClassDef'].includes(node.nodeType);
}

/** Finds the functions that have to become `async`, because they wait here for what Python 1.x did not. */
export function spreadAsync(program: Program): void {
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const info of program.functions.values()) {
      if (info.isAsync || info.isCoroutine || !bodyWaits(program, info)) continue;
      info.isAsync = true;
      isNew = true;
    }
  }
}

export function bodyWaits(program: Program, info: FunctionInfo): boolean {
  const { body } = info.node;
  const wrapped = info.wraps === 'wrapper' ? wrappedName(program, info) : undefined;
  return (Array.isArray(body) ? body : [body]).some(
    (statement: Node) =>
      !isFunction(statement) && (waits(program, statement) || (wrapped && usesResult(statement, wrapped))),
  );
}

/** The function that a wrapper wraps is the parameter of the decorator around it. */
function wrappedName(program: Program, info: FunctionInfo): string | undefined {
  for (let node = info.node.parent; node; node = node.parent) {
    const decorator = program.functions.get(node);
    if (decorator) return decorator.node.args.args[0]?.arg;
  }
  return undefined;
}

/** Whether the result of a function is looked at, and not only returned: it may be a promise. */
function usesResult(node: Node, name: string): boolean {
  if (node.nodeType === 'Call' && node.func.nodeType === 'Name' && node.func.id === name)
    return node.parent?.nodeType !== 'Return';
  let found = false;
  eachChild(node, (child) => {
    found ||= !isFunction(child) && usesResult(child, name);
  });
  return found;
}
