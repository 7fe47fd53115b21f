import type { Expression } from '../../python/tree.ts';
import { constantText } from '../infer/assign.ts';
import { index, type Js, primary } from '../js.ts';
import { element } from './elements.ts';
import type { Emitter } from './emitter.ts';

/** `process.env.NAME`. */
export function environment(e: Emitter, key: Expression): Js {
  const name = constantText(key);
  return name === undefined
    ? index(primary('process.env'), e.present(key))
    : element(primary('process.env'), name);
}
