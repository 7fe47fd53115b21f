import { TestEnvironment } from 'jest-environment-node';

/**
 * Tests run in a realm of their own, so what Node's modules make (the error of a failed `readFile`, a promise of
 * `node:fs/promises`) is no instance of the test's `Error` or `Promise`. Here each of these classes knows both.
 */
const SHARED = /** @type {const} */ ([
  'Array',
  'Date',
  'Error',
  'EvalError',
  'Function',
  'Map',
  'Object',
  'Promise',
  'RangeError',
  'ReferenceError',
  'RegExp',
  'Set',
  'SyntaxError',
  'TypeError',
  'URIError',
]);

export default class extends TestEnvironment {
  /** @override */
  async setup() {
    await super.setup();
    for (const name of SHARED) alsoKnow(this.global[name], globalThis[name]);
  }
}

/**
 * @param {Function} inner
 * @param {Function} outer
 */
function alsoKnow(inner, outer) {
  const isInstance = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(inner, Symbol.hasInstance, {
    configurable: true,
    /** @this {Function} */
    value(/** @type {unknown} */ value) {
      // A subclass inherits this method, and must not take every outer error for one of its own.
      return isInstance.call(this, value) || (this === inner && isInstance.call(outer, value));
    },
  });
}
