import type { Expression, For, While } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { LEVEL, wrap } from '../js.ts';
import { blockOf, lastEnd } from './control.ts';
import type { Emitter } from './emitter.ts';
import { iterable } from './iteration.ts';
import { narrowedBy } from './narrowing.ts';
import { condition } from './operators.ts';
import { boundIn, emitTarget } from './targets.ts';
import type { Writer } from './writer.ts';

export function emitWhile(w: Writer, node: While): Doc[] {
  const { e } = w;
  const isForever = node.test.nodeType === 'Constant' && Boolean(node.test.value);
  const head: Doc = isForever ? 'while (true) ' : ['while (', condition(e, node.test).doc, ') '];
  return narrowedBy(e, node.test, true, () => loopWithElse(w, node, head));
}

export function emitFor(w: Writer, node: For): Doc[] {
  const { e } = w;
  const keyword = w.declarations.keyword(node, boundIn(e, node.target));
  const declares =
    keyword === 'mixed'
      ? e.refuse()
      : keyword === '' && boundIn(e, node.target).length === 0
        ? 'const '
        : keyword;
  const counted = declares === '' ? undefined : countedLoop(e, node);
  const head: Doc = counted ?? [
    `for ${node.nodeType === 'AsyncFor' ? 'await ' : ''}(${declares}`,
    emitTarget(e, node.target),
    ' of ',
    iterable(e, node.iter).doc,
    ') ',
  ];
  return loopWithElse(w, node, head);
}

/** `else` of a loop runs unless it was left by `break`. */
function loopWithElse(w: Writer, node: For | While, head: Doc): Doc[] {
  const { e } = w;
  const outer = e.brokenFlag;
  e.brokenFlag = node.orelse.length > 0 ? e.names.fresh('wasBroken') : undefined;
  const flag = e.brokenFlag;
  const body = blockOf(w, node.body, node.orelse[0] ? lastEnd(node.body) : node.end);
  e.brokenFlag = outer;
  if (flag === undefined) return [[head, body]];
  return [`let ${flag} = false;`, [head, body], [`if (!${flag}) `, blockOf(w, node.orelse, node.end)]];
}

/** `for (let i = 0; i < n; i++)`. */
function countedLoop(e: Emitter, node: For): Doc | undefined {
  const { iter, target } = node;
  if (iter.nodeType !== 'Call' || target.nodeType !== 'Name' || iter.keywords.length > 0) return undefined;
  const atom = e.type(iter.func).single;
  if (
    atom?.kind !== 'named' ||
    atom.name !== 'builtins.range' ||
    iter.args.length > 2 ||
    iter.args.length === 0
  )
    return undefined;
  const [first, second] = iter.args;
  const name = e.names.get(target.id);
  const start = second && first ? e.operand(first, 'int').doc : '0';
  const stop = e.operand((second ?? first) as Expression, 'int');
  // The end is found once in Python.
  if (!isSteady(second ?? (first as Expression))) return undefined;
  return [
    'for (let ',
    name,
    ' = ',
    start,
    '; ',
    name,
    ' < ',
    wrap(stop, LEVEL.compare + 0.1),
    '; ',
    name,
    '++) ',
  ];
}

function isSteady(node: Expression): boolean {
  return node.nodeType === 'Constant' || node.nodeType === 'Name';
}
