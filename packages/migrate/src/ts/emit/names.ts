import type { ModuleInfo } from '../program.ts';

/** Names that JavaScript keeps for itself, or that the code around needs to mean what they always mean. */
const RESERVED = new Set(
  'arguments as async await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield Array Boolean Buffer Date Error Infinity JSON Map Math NaN Number Object Promise Proxy Record RegExp Set String Symbol TextDecoder TextEncoder TypeError Uint8Array URL console fetch globalThis process py setInterval setTimeout structuredClone'.split(
    ' ',
  ),
);

/** A Python name as TypeScript writes it: `snake_case` in camelCase, classes and constants as they are. */
export function camelCase(name: string): string {
  if (!/[a-z]/.test(name)) return name;
  const [, lead = '', body = ''] = /^(_*)(.*?)_*$/.exec(name) ?? [];
  return lead + body.replace(/_+(\p{L}|\d)/gu, (_, letter: string) => letter.toUpperCase());
}

/** A name as something may be called by it that is exported. */
export function exportName(name: string): string {
  return RESERVED.has(name) ? `${name}_` : name;
}

/** The names of one module: the same Python name is the same name everywhere in it, and no two of them become one. */
export class NameTable {
  readonly #names: Map<string, string> = new Map();
  readonly #taken: Set<string> = new Set();

  constructor(module: ModuleInfo, imported: Iterable<string>) {
    const libraries = new Set(imported);
    const all = new Set(module.bindings.all.map(({ name }) => name));
    // Names that need no change come first: nothing may take them away.
    for (const name of [...all].sort((a, b) => Number(camelCase(a) !== a) - Number(camelCase(b) !== b))) {
      let wanted = camelCase(name);
      while (this.#taken.has(wanted) || RESERVED.has(wanted) || libraries.has(wanted)) wanted += '_';
      this.#names.set(name, wanted);
      this.#taken.add(wanted);
    }
  }

  get(name: string): string {
    return this.#names.get(name) ?? (RESERVED.has(camelCase(name)) ? `${camelCase(name)}_` : camelCase(name));
  }

  /** A name that nothing has yet. */
  fresh(wanted: string): string {
    let name = wanted;
    while (this.#taken.has(name) || RESERVED.has(name)) name += '_';
    this.#taken.add(name);
    return name;
  }
}

/** The path of the module that a Python module becomes, without an extension. */
export function modulePath(path: string): string {
  const parts = path.replace(/\.py$/, '').split('/');
  const last = parts.pop() as string;
  const name = last === '__init__' ? 'index' : last === '__main__' ? 'main' : camelCase(last);
  return [...parts.map((part) => camelCase(part)), name].join('/');
}
