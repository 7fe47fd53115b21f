import type { Expression } from '../../python/tree.ts';
import { factsOf } from '../known/facts.ts';
import type { Emitter } from './emitter.ts';

/** What is written knowing how a test has come out. */
export function narrowedBy<T>(e: Emitter, node: Expression, outcome: boolean, write: () => T): T {
  const before = e.narrowed;
  e.narrowed = new Set([...before, ...factsOf((part) => e.source(part), node, outcome)]);
  try {
    return write();
  } finally {
    e.narrowed = before;
  }
}
