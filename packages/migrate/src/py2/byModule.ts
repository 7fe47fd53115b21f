import type { PythonModule } from '../python/parse.ts';

/** The parts of a collection, kept with it. */
const PARTS: unique symbol = Symbol('parts');

/**
 * The part of a collection that is about one module. It is sorted once, when it is complete: to look through all of it for each of
 * thousands of files would take longer than to parse them.
 *
 * @param modulesOf the modules that an item is about.
 */
export function partOf<T>(
  items: Iterable<T> & { [PARTS]?: Map<PythonModule, unknown[]> },
  module: PythonModule,
  modulesOf: (item: T) => readonly PythonModule[],
): readonly T[] {
  let parts = items[PARTS] as Map<PythonModule, T[]> | undefined;
  if (parts === undefined) {
    parts = new Map();
    for (const item of items) {
      for (const each of new Set(modulesOf(item))) {
        const part = parts.get(each);
        if (part) part.push(item);
        else parts.set(each, [item]);
      }
    }
    items[PARTS] = parts;
  }
  return parts.get(module) ?? [];
}
