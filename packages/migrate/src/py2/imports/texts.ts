import type { Wanted } from './plan.ts';

/** The statements that import all of this: one for each module. */
export function groups(all: readonly Wanted[]): string[] {
  const modules = new Map<string, string[]>();
  const texts: string[] = [];
  for (const { module, name, local } of all) {
    if (name === undefined) texts.push(`import ${moduleText(module, local)}`);
    else modules.set(module, [...(modules.get(module) ?? []), name === local ? name : `${name} as ${local}`]);
  }
  for (const [module, names] of modules)
    texts.push(`from ${module} import ${[...new Set(names)].join(', ')}`);
  return [...new Set(texts)];
}

/** `microdot`, `microdot.session`, `microdot.session as sessions`. */
export function moduleText(module: string, local: string): string {
  return local === module || local === module.split('.')[0] ? module : `${module} as ${local}`;
}
