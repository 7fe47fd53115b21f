/** A value, or a promise of it where something on the way was asynchronous. */
export type Maybe<T> = T | PromiseLike<T>;

/** Asks by shape and not by class: promises of other realms and libraries count. */
export function isThenable<T>(value: Maybe<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<T>).then === 'function';
}

/** Goes on with a value at once, or with a promised one when it is there. */
export function andThen<A, B>(value: Maybe<A>, next: (value: A) => Maybe<B>): Maybe<B> {
  return isThenable(value) ? value.then(next) : next(value);
}
