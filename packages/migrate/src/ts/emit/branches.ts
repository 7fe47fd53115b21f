import type { If, Statement } from '../../python/tree.ts';
import { type Doc, group, indent, SOFT } from '../doc.ts';
import { block } from '../js.ts';
import { blockOf, isMainTest, lastEnd } from './control.ts';
import { startOf } from './declare.ts';
import type { Emitter } from './emitter.ts';
import { narrowedBy } from './narrowing.ts';
import { condition } from './operators.ts';
import type { Writer } from './writer.ts';

export function emitIf(w: Writer, node: If): Doc[] {
  const { e } = w;
  if (isMainTest(e, node.test)) {
    const lines = w.lines(node.body, node.end);
    // One that others import may be imported without being run.
    return e.out.imported.has(e.module)
      ? [['if (process.argv[1] === import.meta.filename) ', block(lines)]]
      : lines;
  }
  const head: Doc = ['if (', condition(e, node.test).doc, ') '];
  const end = node.orelse[0] ? startOf(node.orelse[0]) : node.end;
  const body = narrowedBy(e, node.test, true, () =>
    blockOf(w, node.body, node.orelse.length > 0 ? lastEnd(node.body) : end),
  );
  if (node.orelse.length === 0) {
    return [isSimple(node.body) ? shortened(head, body) : [head, body]];
  }
  const [only] = node.orelse;
  if (node.orelse.length === 1 && only?.nodeType === 'If' && isElif(e, only)) {
    const rest = narrowedBy(e, node.test, false, () => {
      const own = w.comments.before(only.start);
      return own.length > 0 ? [block([...own, ...w.statement(only).map(({ doc }) => doc)])] : emitIf(w, only);
    });
    return [[head, body, ' else ', rest[0] as Doc]];
  }
  const other = narrowedBy(e, node.test, false, () => blockOf(w, node.orelse, node.end));
  return [[head, body, ' else ', other]];
}

/** One short statement needs no braces. */
function isSimple(body: readonly Statement[]): boolean {
  const [only, ...more] = body;
  return (
    more.length === 0 &&
    only !== undefined &&
    ['Return', 'Raise', 'Continue', 'Break', 'Expr', 'Assign', 'AugAssign'].includes(only.nodeType)
  );
}

/** On the line of the test, where it fits; in a block where it does not. */
function shortened(head: Doc, body: Doc): Doc {
  const inner = onlyLine(body);
  if (inner === undefined || isDeclaration(inner)) return [head, body];
  return group([
    head,
    { kind: 'broken', broken: '{', flat: '' },
    indent([SOFT, inner]),
    SOFT,
    { kind: 'broken', broken: '}', flat: '' },
  ]);
}

function onlyLine(body: Doc): Doc | undefined {
  const [, indented] = body as readonly Doc[];
  if (typeof indented !== 'object' || !('kind' in indented) || indented.kind !== 'indent') return undefined;
  const [, lines] = indented.doc as readonly Doc[];
  return Array.isArray(lines) && lines.length === 1 ? (lines[0] as Doc) : undefined;
}

function isElif(e: Emitter, node: If): boolean {
  return (
    e.module.module.source.startsWith('elif', node.start) ||
    e.module.module.source.slice(node.start - 5, node.start).trim() === 'elif'
  );
}

/** `const x = ...` needs a block, even if nobody reads it. */
function isDeclaration(line: Doc): boolean {
  const first = Array.isArray(line) ? (line as readonly Doc[]).find((part) => part !== '') : line;
  return typeof first === 'string'
    ? /^(const|let) /.test(first)
    : Array.isArray(first) && isDeclaration(first);
}
