import { walk } from '../python/fields.ts';
import type { FunctionDef, Node } from '../python/tree.ts';
import { type ClassInfo, firstParameter, isStatic, lineage, type Program } from './program.ts';
import type { Atom } from './types/type.ts';

/** What the objects of each class have: Python finds that out when it runs, and TypeScript has to be told. */
export class Members {
  readonly #program: Program;
  readonly #own: Map<ClassInfo, ReadonlySet<string>> = new Map();
  #given: Map<ClassInfo, Set<string>> | undefined;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Whether a value of a type has an attribute, as far as TypeScript can see. */
  has(atom: Atom, name: string): boolean {
    if (atom.kind !== 'instance' && atom.kind !== 'named') return false;
    const info = atom.owner as ClassInfo | null;
    if (info?.kind !== 'class') return atom.kind === 'instance';
    return lineage(info).some(
      (each) =>
        each.errorBase !== undefined ||
        each.methods.has(name) ||
        this.ownOf(each).has(name) ||
        (atom.kind === 'instance' && this.given(each).has(name)),
    );
  }

  /** Attributes that others give to the objects of a class, which it does not know of itself. */
  given(info: ClassInfo): ReadonlySet<string> {
    this.#given ??= this.#findGiven();
    return this.#given.get(info) ?? new Set();
  }

  /** What its body and its methods give to it. */
  ownOf(info: ClassInfo): ReadonlySet<string> {
    const known = this.#own.get(info);
    if (known) return known;
    const own = new Set(info.module.bindings.scopeWithin(info.node).names.keys());
    for (const method of info.methods.values()) {
      const self = isStatic(method) ? undefined : firstParameter(method.node);
      for (const statement of (method.node as FunctionDef).body) {
        walk(statement, (node) => {
          if (node.nodeType === 'Attribute' && isSet(node) && node.value.nodeType === 'Name')
            if (node.value.id === self) own.add(node.attr);
          return true;
        });
      }
    }
    this.#own.set(info, own);
    return own;
  }

  #findGiven(): Map<ClassInfo, Set<string>> {
    const given = new Map<ClassInfo, Set<string>>();
    for (const module of this.#program.modules.values()) {
      walk(module.module.tree, (node) => {
        if (node.nodeType !== 'Attribute' || !isSet(node)) return true;
        const atom = this.#program.typeOf(node.value).single;
        const info = atom?.kind === 'instance' ? (atom.owner as ClassInfo | null) : null;
        if (info?.kind !== 'class' || info.errorBase !== undefined) return true;
        const isKnown = lineage(info).some(
          (each) => this.ownOf(each).has(node.attr) || each.methods.has(node.attr),
        );
        if (!isKnown) given.set(info, (given.get(info) ?? new Set()).add(node.attr));
        return true;
      });
    }
    return given;
  }
}

/** Whether something is assigned to it, alone or in a pattern. */
function isSet(node: Node): boolean {
  const { parent } = node;
  switch (parent?.nodeType) {
    case 'Assign':
      return parent.targets.includes(node as never);
    case 'AnnAssign':
    case 'AugAssign':
    case 'For':
    case 'AsyncFor':
      return parent.target === node;
    case 'Tuple':
    case 'List':
      return isSet(parent);
    default:
      return false;
  }
}
