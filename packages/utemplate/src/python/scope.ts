/** What the names of an expression are in the JavaScript that is made of it. */
export interface Scope {
  /**
   * JavaScript that reads a name.
   *
   * @param waits whether it may wait there for what the name stands for.
   */
  read(name: string, waits: boolean): string;
  /** The variable of a name that is assigned to. */
  variable(name: string): string;
  /** JavaScript that counts an iteration; empty where nobody does. */
  readonly tick: string;
}
