import { walk } from '../../python/fields.ts';
import type { Attribute, Call, Expression, FunctionDef, Statement } from '../../python/tree.ts';
import { type ClassInfo, type FunctionInfo, firstParameter, lineage, methodOf } from '../program.ts';
import type { Emitter } from './emitter.ts';
import { withoutDocstring } from './functions.ts';

/** The call of what a method overrides, whether by `super()` or by the name of the class, without the object. */
export function superCall(e: Emitter, node: Call): Call | undefined {
  const { func } = node;
  if (func.nodeType !== 'Attribute') return undefined;
  const { value } = func;
  if (value.nodeType === 'Call' && value.func.nodeType === 'Name' && value.func.id === 'super') return node;
  const base = e.type(value).single;
  const own = e.fn?.owner;
  const [self] = node.args;
  if (!own || base?.kind !== 'named' || !self || !isSelf(e.fn as FunctionInfo, self)) return undefined;
  const isOfBase = lineage(own)
    .slice(1)
    .includes(base.owner as ClassInfo);
  return isOfBase ? { ...node, args: node.args.slice(1) } : undefined;
}

function isSelf(fn: FunctionInfo, node: Expression): boolean {
  return node.nodeType === 'Name' && node.id === firstParameter(fn.node);
}

/**
 * The statements of a constructor with the call of the other one where JavaScript has to have it: before anything is done with the
 * object. `undefined` where that would be something else.
 */
export function superFirst(e: Emitter, fn: FunctionInfo): readonly Statement[] | undefined {
  const body = withoutDocstring((fn.node as FunctionDef).body);
  const at = body.findIndex(
    (statement) =>
      statement.nodeType === 'Expr' && statement.value.nodeType === 'Call' && isInit(e, fn, statement.value),
  );
  const before = body.slice(0, Math.max(at, 0));
  if (!before.some((statement) => uses(statement, firstParameter(fn.node)))) return body;
  const parent = fn.owner?.bases.map((base) => methodOf(base, '__init__')).find((found) => found);
  const call = body[at] as Statement;
  const isFree =
    !before.some((statement) => assigned(statement).some((name) => uses(call, name))) &&
    countOf(call, firstParameter(fn.node)) <= (isByName(call) ? 1 : 0);
  if (!isFree || (parent && !isInert(parent))) return undefined;
  return [call, ...before, ...body.slice(at + 1)];
}

function isInit(e: Emitter, fn: FunctionInfo, node: Call): boolean {
  const outer = e.fn;
  e.fn = fn;
  const isIt =
    node.func.nodeType === 'Attribute' && node.func.attr === '__init__' && superCall(e, node) !== undefined;
  e.fn = outer;
  return isIt;
}

/** `Base.__init__(self)`, which names the object. */
function isByName(statement: Statement): boolean {
  const call = (statement as Extract<Statement, { nodeType: 'Expr' }>).value as Call;
  return call.func.nodeType === 'Attribute' && call.func.value.nodeType === 'Name';
}

/** Whether a constructor does nothing with its object but to give it attributes: then it may as well run sooner. */
function isInert({ node }: FunctionInfo): boolean {
  const self = firstParameter(node);
  const known = new Set<string>();
  let isIt = true;
  for (const statement of (node as FunctionDef).body) {
    walk(statement, (inner) => {
      if (inner.nodeType !== 'Name' || inner.id !== self) return isIt;
      const { parent } = inner;
      const isRead = parent?.nodeType === 'Attribute' && (isSet(parent) || known.has(parent.attr));
      const isCalled = parent?.parent?.nodeType === 'Call' && parent.parent.func === parent;
      if (!isRead || isCalled) isIt = false;
      return isIt;
    });
    walk(statement, (inner) => {
      if (inner.nodeType === 'Attribute' && isSet(inner)) known.add(inner.attr);
      if (inner.nodeType === 'Name' && inner.id === 'super') isIt = false;
      return true;
    });
  }
  return isIt;
}

function isSet(node: Attribute): boolean {
  const { parent } = node;
  return (
    (parent?.nodeType === 'Assign' && parent.targets.includes(node)) ||
    (parent?.nodeType === 'AnnAssign' && parent.target === node)
  );
}

function uses(statement: Statement, name: string | undefined): boolean {
  return countOf(statement, name) > 0;
}

function countOf(statement: Statement, name: string | undefined): number {
  let count = 0;
  walk(statement, (node) => {
    if (node.nodeType === 'Name' && node.id === name) count++;
    return true;
  });
  return count;
}

function assigned(statement: Statement): string[] {
  const names: string[] = [];
  walk(statement, (node) => {
    if (node.nodeType === 'Name' && node.ctx.nodeType === 'Store') names.push(node.id);
    return true;
  });
  return names;
}
