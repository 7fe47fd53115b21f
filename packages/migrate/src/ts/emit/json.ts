import type { Expression } from '../../python/tree.ts';
import type { Emitter } from './emitter.ts';

/** Whether a value holds what `JSON.stringify` does not write as Python does. */
export function needsJson(e: Emitter, node: Expression): boolean {
  const text = e.describe(e.type(node));
  // What comes from JSON holds nothing else.
  const isJson = node.nodeType === 'Attribute' && node.attr === 'json';
  return /\bMap<|\bSet</.test(text) || (e.out.hasMaps && /\bany\b/.test(text) && !isJson);
}
