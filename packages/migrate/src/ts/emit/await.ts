import type { Doc } from '../doc.ts';
import type { Js } from '../js.ts';

/** True of what has its `await` already: Python waited, and so does what stands for it. */
export function isAwait(value: Js): boolean {
  const [first] = Array.isArray(value.doc) ? (value.doc as readonly Doc[]) : [value.doc];
  return Boolean(value.isAwaited) || first === 'await ';
}
