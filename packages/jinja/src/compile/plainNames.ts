import { methodNames } from '../methods/methodOf.ts';

/** What JavaScript puts into objects of all kinds. */
const BUILT_IN: ReadonlySet<string> = new Set(
  [
    Object.prototype,
    Array.prototype,
    String.prototype,
    Map.prototype,
    Set.prototype,
    Promise.prototype,
    Number.prototype,
    RegExp.prototype,
    Uint8Array.prototype,
    Object.getPrototypeOf(Uint8Array.prototype) as object,
    ArrayBuffer.prototype,
    Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object,
  ].flatMap((prototype) => Object.getOwnPropertyNames(prototype)),
);
const UNSAFE: ReadonlySet<string> = new Set([
  'prototype',
  'arguments',
  'caller',
  'then',
  'val',
  'next',
  'return',
  'throw',
]);

/**
 * Whether a name can be read as it stands, `object.name`: it is neither JavaScript's, which a template must not see, nor that of a
 * method of Python's. That is most names, and then what is read again and again is read quickly.
 */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !methodNames.has(name) && !BUILT_IN.has(name) && !UNSAFE.has(name);
}
