// biome-ignore-all lint/complexity/noThisInStatic: `this` may be a class that extends this one
import type { Untyped } from './untyped.ts';

/** Python's `LookupError`, which is every `KeyError` and `IndexError`. */
export class LookupError extends Error {}

/** Python's `KeyError`: the key is `args[0]`, and in quotes in the message. */
export class KeyError extends LookupError {
  readonly args: readonly unknown[];

  constructor(...args: unknown[]) {
    super(args.length === 1 && typeof args[0] === 'string' ? `'${args[0]}'` : args.map(String).join(', '));
    this.args = args;
  }
}

/** Python's `IndexError`. */
export class IndexError extends LookupError {}

/** Python's `ValueError`; what `JSON.parse` throws is one too. */
export class ValueError extends Error {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return (
      (Object.hasOwn(this, Symbol.hasInstance) && error instanceof SyntaxError) ||
      Object.prototype.isPrototypeOf.call(this.prototype, Object(error))
    );
  }
}

/** Python's `ZeroDivisionError`. */
export class ZeroDivisionError extends Error {}

/** Python's `RuntimeError`. */
export class RuntimeError extends Error {}

/** Python's `NotImplementedError`. */
export class NotImplementedError extends RuntimeError {}

/** Python's `AssertionError`. */
export class AssertionError extends Error {}

/** Python's `StopIteration`. */
export class StopIteration extends Error {}

/** Python's `OSError`: what Node throws for files and sockets, and what a WebSocket throws that has ended. */
export class OSError extends Error {
  readonly args: readonly unknown[];

  constructor(...args: unknown[]) {
    super(args.length > 1 ? `[Errno ${args[0]}] ${args[1]}` : args.map(String).join(''));
    this.args = args;
    if (args.length > 1) Object.assign(this, { errno: args[0], strerror: args[1] });
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    const isOwn =
      Object.hasOwn(this, Symbol.hasInstance) && ('syscall' in error || error.name === 'WebSocketError');
    return isOwn || Object.prototype.isPrototypeOf.call(this.prototype, error);
  }
}

/** Python's `FileNotFoundError`. */
export class FileNotFoundError extends OSError {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(this, error, 'ENOENT');
  }
}

/** Python's `FileExistsError`. */
export class FileExistsError extends OSError {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(this, error, 'EEXIST');
  }
}

/** Python's `PermissionError`. */
export class PermissionError extends OSError {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(this, error, 'EACCES', 'EPERM');
  }
}

/** An error of Node's with one of these codes, or one of the class itself: those that extend it have no codes. */
function hasCode(own: typeof OSError, error: unknown, ...codes: string[]): boolean {
  const code = (error as { code?: string } | null)?.code ?? '';
  return (
    (Object.hasOwn(own, Symbol.hasInstance) && codes.includes(code)) ||
    Object.prototype.isPrototypeOf.call(own.prototype, Object(error))
  );
}

/** The text of an error, as Python's `str()` has it. */
export function messageOf(error: unknown): string {
  // A class that has its own idea of it is asked.
  const isOwn = error instanceof Error && error.toString !== Error.prototype.toString;
  return error instanceof Error && !isOwn ? error.message : String(error);
}

/** What Python keeps as the `args` of an exception. */
export function argsOf(error: unknown): Untyped[] {
  const args = (error as { args?: Untyped[] }).args;
  if (args) return args;
  return (error as Error).message === '' ? [] : [(error as Error).message];
}
