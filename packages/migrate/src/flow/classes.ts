import type { PythonModule } from '../python/parse.ts';
import type { Program } from '../python/program.ts';
import type { ClassDef, FunctionDef, Node } from '../python/tree.ts';
import { factsOf } from './facts.ts';

/** The classes of a program, and what they inherit. */
export class Classes {
  readonly #bases = new Map<ClassDef, ClassDef[]>();
  readonly #derived = new Map<ClassDef, ClassDef[]>();
  readonly #lineages = new Map<ClassDef, ClassDef[]>();
  readonly #methods = new Map<ClassDef, Map<string, FunctionDef[]>>();
  /** The module that each class is in. */
  readonly modules: Map<ClassDef, PythonModule> = new Map();

  constructor(program: Program) {
    for (const module of program.modules.values()) {
      for (const owner of factsOf(module).classes) {
        this.modules.set(owner, module);
        const bases = owner.bases.flatMap((base) =>
          program
            .meaningsOf(module, base)
            .flatMap((meaning) =>
              meaning.kind === 'definition' && meaning.definition.kind === 'class'
                ? [meaning.definition.node]
                : [],
            ),
        );
        this.#bases.set(owner, bases);
        for (const base of bases) this.#derived.set(base, [...(this.#derived.get(base) ?? []), owner]);
      }
    }
  }

  /** A class and all that it inherits from, within the program. */
  lineage(owner: ClassDef): ClassDef[] {
    let found = this.#lineages.get(owner);
    if (found === undefined) {
      found = closure(owner, this.#bases);
      this.#lineages.set(owner, found);
    }
    return found;
  }

  /** A class and all that inherit from it. */
  family(owner: ClassDef): ClassDef[] {
    return closure(owner, this.#derived);
  }

  /** All that a call of a method may reach: where it is inherited from, and what overrides it. */
  methods(owner: ClassDef, name: string): FunctionDef[] {
    let byName = this.#methods.get(owner);
    if (byName === undefined) {
      byName = new Map();
      this.#methods.set(owner, byName);
    }
    let found = byName.get(name);
    if (found === undefined) {
      found = this.#findMethods(owner, name);
      byName.set(name, found);
    }
    return found;
  }

  #findMethods(owner: ClassDef, name: string): FunctionDef[] {
    const found = new Set<FunctionDef>();
    for (const each of this.family(owner)) {
      const inherited = this.lineage(each).map((one) => methodOf(one, name));
      const first = inherited.find((method) => method !== null);
      if (first) found.add(first);
    }
    return [...found];
  }
}

/** A method that a class itself defines. */
export function methodOf(owner: ClassDef, name: string): FunctionDef | null {
  const isMethod = (node: Node): node is FunctionDef =>
    (node.nodeType === 'FunctionDef' || node.nodeType === 'AsyncFunctionDef') && node.name === name;
  return owner.body.find(isMethod) ?? null;
}

function closure(start: ClassDef, edges: ReadonlyMap<ClassDef, ClassDef[]>): ClassDef[] {
  const found = new Set([start]);
  for (const each of found) for (const next of edges.get(each) ?? []) found.add(next);
  return [...found];
}
