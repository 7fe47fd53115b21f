import type { Expression, Statement } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { isNeverCall } from '../infer/never.ts';
import { block } from '../js.ts';
import type { Emitter } from './emitter.ts';
import type { Writer } from './writer.ts';

export function lastEnd(body: readonly Statement[]): number {
  return body.at(-1)?.end ?? 0;
}

/** `if __name__ == '__main__':` holds for what is started, and that is what is written here. */
export function isMainTest(e: Emitter, test: Expression): boolean {
  return /^__name__ *== *['"]__main__['"]$/.test(e.source(test));
}

export function blockOf(w: Writer, body: readonly Statement[], end: number): Doc {
  return block(w.lines(body, end));
}

/** Whether nothing behind a block is reached from it. */
export function endsAlways(e: Emitter, body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (!last) return false;
  if (['Return', 'Raise', 'Continue', 'Break'].includes(last.nodeType)) return true;
  if (last.nodeType === 'If')
    return last.orelse.length > 0 && endsAlways(e, last.body) && endsAlways(e, last.orelse);
  if (last.nodeType !== 'Expr' || last.value.nodeType !== 'Call') return false;
  return isNeverCall(e.program, last.value);
}
