import type { CookieJar } from './cookieJar.ts';

/** What Node's `console.log` and `util.inspect` ask for, and those of other hosts. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * A jar as the dictionary that Microdot's test client has for one: `client.cookies.session`, `'session' in
 * client.cookies`, `delete client.cookies.session`, `{ ...client.cookies }`. Without a prototype:
 * `constructor` is a cookie like any other.
 */
export function cookieView(jar: CookieJar): Record<string, string> {
  const names = (): string[] => [...new Set([...jar].map(({ name }) => name))];
  const get = (name: string | symbol): string | undefined =>
    typeof name === 'string' ? jar.get(name) : undefined;
  // Who prints a proxy is shown what is behind it, which says what is to be shown.
  const shown = (): object => Object.fromEntries(names().map((name) => [name, get(name)]));
  const target = Object.create(null, { [INSPECT]: { value: shown, configurable: true } });
  return new Proxy<Record<string, string>>(target, {
    get: (_, name) => get(name),
    has: (_, name) => get(name) !== undefined,
    set: (_, name, value) => {
      jar.set(String(name), String(value));
      return true;
    },
    deleteProperty: (_, name) => {
      jar.delete(String(name));
      return true;
    },
    ownKeys: names,
    getOwnPropertyDescriptor: (_, name) => {
      const value = get(name);
      return value === undefined
        ? undefined
        : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}
