import { toRepr } from './text.ts';

/** What `namespace()` gives: a place that loops and blocks can write to, `{% set ns.total = 1 %}`. */
export class Namespace {
  constructor(values: Iterable<readonly [unknown, unknown]>) {
    for (const [name, value] of values) this.set(String(name), value);
  }

  /** Defines rather than assigns: `__proto__` is a name like any other. */
  set(name: string, value: unknown): void {
    Object.defineProperty(this, name, { value, enumerable: true, writable: true, configurable: true });
  }

  toString(): string {
    const values = Object.entries(this).map(([name, value]) => `'${name}': ${toRepr(value)}`);
    return `<Namespace {${values.join(', ')}}>`;
  }
}
