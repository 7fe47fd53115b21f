/**
 * Lets a class know instances of its other copies: a package manager may install two of a package, and what one of them throws or
 * returns must mean the same to the other. Its subclasses keep the ordinary rule.
 *
 * @param key under `Symbol.for`, such as `'@microdot/core.Response'`.
 */
export function brand(type: abstract new (...args: never[]) => object, key: string): void {
  const symbol = Symbol.for(key);
  Object.defineProperty(type.prototype, symbol, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: object, value: unknown): boolean {
      return this === type
        ? typeof value === 'object' && value !== null && symbol in value
        : Function.prototype[Symbol.hasInstance].call(this as never, value);
    },
  });
}
