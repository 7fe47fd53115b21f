import type { JsModule } from './parseJs.ts';
import type { Specifier } from './specifiers.ts';
import type { Container, Uses } from './uses.ts';

/** The package of 2.x that takes the place of each module, where that is not the one in the table. */
export type Homes = Map<Specifier, string>;

/** What `microdot_asgi` had comes from three packages: a name for the whole module means the one that it is asked for most. */
export function homesOf(module: JsModule, uses: Uses): Homes {
  const homes: Homes = new Map();
  for (const specifier of uses.specifiers) {
    const own = specifier.module.package;
    const asked = uses.uses.filter((use) => use.specifier === specifier && !use.item).map(({ old }) => old);
    for (const container of uses.containers) {
      if (container.specifier !== specifier || !isThroughName(module, container)) continue;
      for (const { old } of container.items) if (old) asked.push(old);
    }
    const packages = asked.map((old) => old.package ?? own).filter((name) => name !== undefined);
    const isOwn = packages.includes(own ?? '') || uses.unknown.some((each) => each.specifier === specifier);
    const [first] = packages.toSorted((a, b) => count(packages, b) - count(packages, a));
    if (!isOwn && first !== undefined) homes.set(specifier, first);
  }
  return homes;
}

function count(packages: readonly string[], name: string): number {
  return packages.filter((each) => each === name).length;
}

/** Whether names are taken from a module that has a name already: `const { send_file } = microdot`. */
export function isThroughName(module: JsModule, { kind, node, specifier }: Container): boolean {
  if (kind !== 'pattern' && kind !== 'member') return false;
  const around = kind === 'member' ? node : module.parents.get(node);
  return !around || specifier.node.range[0] < around.range[0] || specifier.node.range[1] > around.range[1];
}
