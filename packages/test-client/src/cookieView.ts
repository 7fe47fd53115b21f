import type { CookieJar } from './cookieJar.ts';

/**
 * A jar as the dictionary that Microdot's test client has for one: `client.cookies.session`, `'session' in
 * client.cookies`, `delete client.cookies.session`, `{ ...client.cookies }`. Without a prototype:
 * `constructor` is a cookie like any other.
 */
export function cookieView(jar: CookieJar): Record<string, string> {
  const names = (): string[] => [...new Set([...jar].map(({ name }) => name))];
  const get = (name: string | symbol): string | undefined =>
    typeof name === 'string' ? jar.get(name) : undefined;
  return new Proxy<Record<string, string>>(Object.create(null), {
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
