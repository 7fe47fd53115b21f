/** The arguments that have names. */
export type Named = ReadonlyMap<string, unknown>;

export const NO_NAMES: Named = new Map();

/** A method of one of Python's types: the object, the arguments, and those that have names. */
export type Method<T> = (object: T, args: readonly unknown[], named: Named) => unknown;
