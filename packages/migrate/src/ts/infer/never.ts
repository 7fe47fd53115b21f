import { walk } from '../../python/fields.ts';
import type { Call, Node, Statement } from '../../python/tree.ts';
import { type FunctionInfo, isOverridden, type Program } from '../program.ts';
import { functionsOf } from './decorators.ts';

/** Finds the functions that never return: they raise, or call what does. */
export function findNever(program: Program): void {
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const info of program.functions.values()) {
      if (info.isNever || info.isGenerator || info.isCoroutine || !neverReturns(program, info)) continue;
      if (isOverridden(program, info)) continue;
      info.isNever = true;
      isNew = true;
    }
  }
}

function neverReturns(program: Program, info: FunctionInfo): boolean {
  if (info.node.nodeType === 'Lambda') return false;
  let returns = false;
  for (const statement of info.node.body) {
    walk(statement, (node) => {
      if (node.nodeType === 'Return') returns = true;
      return !['FunctionDef', 'AsyncFunctionDef', 'Lambda'].includes(node.nodeType);
    });
  }
  const last = info.node.body.at(-1);
  if (returns || !last) return false;
  return (
    last.nodeType === 'Raise' ||
    (last.nodeType === 'Expr' && last.value.nodeType === 'Call' && isNeverCall(program, last.value))
  );
}

/** A call that does not come back. */
export function isNeverCall(program: Program, node: Call): boolean {
  const atom = program.typeOf(node.func).single;
  if (atom?.kind === 'named' && !atom.owner)
    return atom.name === 'microdot.abort' || atom.name === 'sys.exit';
  return functionsOf(program, node.func).some((each) => each.isNever);
}

/** Whether the end of a block is reached. */
export function fallsThrough(program: Program, body: readonly Statement[]): boolean {
  const last = body.at(-1);
  switch (last?.nodeType) {
    case 'Return':
    case 'Raise':
    case 'Continue':
    case 'Break':
      return false;
    case 'If':
      return (
        last.orelse.length === 0 || fallsThrough(program, last.body) || fallsThrough(program, last.orelse)
      );
    case 'Try':
      if (last.finalbody.length > 0 && !fallsThrough(program, last.finalbody)) return false;
      return (
        fallsThrough(program, last.orelse.length > 0 ? last.orelse : last.body) ||
        last.handlers.some((handler) => fallsThrough(program, handler.body))
      );
    case 'With':
    case 'AsyncWith':
      return fallsThrough(program, last.body);
    case 'While':
      return !isEndless(last.test, last.body);
    case 'Match': {
      const isWhole = last.cases.some(
        ({ guard, pattern }) => !guard && pattern.nodeType === 'MatchAs' && !pattern.pattern,
      );
      return !isWhole || last.cases.some((each) => fallsThrough(program, each.body));
    }
    case 'Expr':
      return !(last.value.nodeType === 'Call' && isNeverCall(program, last.value));
    default:
      return true;
  }
}

function isEndless(test: Node, body: readonly Statement[]): boolean {
  if (test.nodeType !== 'Constant' || !test.value) return false;
  let breaks = false;
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.nodeType === 'Break') breaks = true;
      return !['For', 'AsyncFor', 'While', 'FunctionDef', 'AsyncFunctionDef'].includes(node.nodeType);
    });
  }
  return !breaks;
}
