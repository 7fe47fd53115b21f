/**
 * What is done where a value may be a promise:
 *
 * - `wait`: it is yielded, and what it resolves to comes back.
 * - `fail`: nothing can be waited for, as this is in a function of the template.
 * - `pure`: all is given up, as it is for whatever cannot be done twice, and is done again in the first way.
 */
export type Mode = 'wait' | 'fail' | 'pure';

/** What the names of an expression are in the JavaScript that is made of it. */
export interface Scope {
  /**
   * JavaScript that reads a name.
   *
   * @param mode what is done where the name stands for a promise.
   */
  read(name: string, mode: Mode): string;
  /** The variable of a name that is assigned to. */
  variable(name: string): string;
  /** JavaScript that counts an iteration; empty where nobody does. */
  readonly tick: string;
}
