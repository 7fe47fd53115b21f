/** `max_age` is `maxAge` here. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** An object with its names in camelCase. */
export function camelCaseKeys<T extends object>(object: object = {}): T {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [camelCase(name), value])) as T;
}
