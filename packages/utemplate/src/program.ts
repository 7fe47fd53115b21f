import type { Part } from './part.ts';
import type { Named } from './python/method.ts';

/** Stands for a name that nothing is known by. */
export const UNSET: unique symbol = Symbol('unset');

/** What a name stands for, or {@link UNSET}. */
export type Lookup = (name: string) => unknown;

/** A template that has been compiled. */
export interface Program {
  readonly name: string;
  /**
   * The template with what it is given.
   *
   * @param outer what the names around it stand for, where it is included.
   */
  part(args: readonly unknown[], named: Named, outer?: Lookup): Part;
}
