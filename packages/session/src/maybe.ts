import type { Maybe } from '@microdot/core';

/** Goes on with a value at once, or with a promised one when it is there. Asks by shape and not by class. */
export function andThen<A, B>(value: Maybe<A>, next: (value: A) => Maybe<B>): Maybe<B> {
  return isThenable(value) ? value.then(next) : next(value);
}

function isThenable<T>(value: Maybe<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<T>).then === 'function';
}
