import { ValueError } from './errors.ts';

/** Python's `Enum`: its members are what it has of itself. */
export class Enum<V> {
  readonly name: string;
  readonly value: V;

  constructor(name: string, value: V) {
    this.name = name;
    this.value = value;
  }

  // biome-ignore-start lint/complexity/noThisInStatic: `this` is the class that extends this one
  /** All of them, in their order. */
  static members<T>(this: new (name: string, value: never) => T): T[] {
    return Object.values(this).filter((each) => each instanceof this);
  }

  /** The one with a value. */
  static of<T extends Enum<unknown>>(this: new (name: string, value: never) => T, value: unknown): T {
    for (const each of Object.values(this)) if (each instanceof this && each.value === value) return each;
    throw new ValueError(`${typeof value === 'string' ? `'${value}'` : value} is not a valid ${this.name}`);
  }

  // biome-ignore-end lint/complexity/noThisInStatic: as above

  toString(): string {
    return `${this.constructor.name}.${this.name}`;
  }

  valueOf(): V {
    return this.value;
  }

  toJSON(): V {
    return this.value;
  }
}
