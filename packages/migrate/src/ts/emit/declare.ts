import { walk } from '../../python/fields.ts';
import type { Binding } from '../../python/scopes.ts';
import type { Node, Statement } from '../../python/tree.ts';

/**
 * Where the variables of a function are declared. Python's belong to the whole function, JavaScript's to a block: a variable is declared
 * where it is first assigned if everything else about it is in the same block, and before the statement that holds all of it if not.
 */
export class Declarations {
  /** Variables that an assignment declares. */
  readonly #inPlace: Map<Node, Set<Binding>> = new Map();
  /** Variables to declare before a statement. */
  readonly #before: Map<Statement, Binding[]> = new Map();
  readonly #isMixed: (binding: Binding) => boolean;
  readonly #constant: Set<Binding> = new Set();
  readonly #hoisted: Set<Binding> = new Set();

  /** @param isMixed whether a variable has values of several types: then it needs a type of its own. */
  constructor(isMixed: (binding: Binding) => boolean) {
    this.#isMixed = isMixed;
  }

  /** Plans the variables of a function or of the module. */
  plan(body: readonly Statement[], bindings: readonly Binding[]): void {
    for (const binding of bindings) {
      if (binding.definitions.every(({ kind }) => kind === 'assignment' || kind === 'other'))
        this.#planOne(body, binding);
    }
    this.#separate();
    for (const binding of bindings) this.#hoist(body, binding);
  }

  /** The variables to declare ahead of a statement. */
  before(statement: Statement): readonly Binding[] {
    return this.#before.get(statement) ?? [];
  }

  /** `const ` or `let ` where a statement declares all the variables that it assigns; nothing where it declares none. */
  keyword(statement: Node, bindings: readonly Binding[]): 'const ' | 'let ' | '' | 'mixed' {
    const declared = this.#inPlace.get(statement);
    const here = bindings.filter((binding) => declared?.has(binding));
    if (here.length === 0) return '';
    if (here.length < bindings.length) return 'mixed';
    return here.every((binding) => this.#constant.has(binding)) ? 'const ' : 'let ';
  }

  isConstant(binding: Binding): boolean {
    return this.#constant.has(binding);
  }

  /** Functions and classes of a branch are known behind it too, and what is defined anew takes the place of what was there. */
  #hoist(body: readonly Statement[], binding: Binding): void {
    const nodes = binding.definitions.flatMap((definition): Node[] =>
      definition.kind === 'def' || definition.kind === 'class' ? [definition.node] : [],
    );
    const [first] = nodes;
    if (!first || nodes.length < binding.definitions.length) return;
    const isAgain =
      nodes.length > 1 && nodes.every((node) => 'decorator_list' in node && node.decorator_list.length === 0);
    if (!isAgain && !nodes.some(({ parent }) => parent && BRANCHES.has(parent.nodeType))) return;
    const statement = holder(body, first);
    if (!statement) return;
    this.#hoisted.add(binding);
    this.#before.set(statement, [...(this.#before.get(statement) ?? []), binding]);
  }

  /** Whether a function or a class is the value of a variable, which was declared before. */
  isHoisted(binding: Binding): boolean {
    return this.#hoisted.has(binding);
  }

  /** A pattern declares all of its names or none. */
  #separate(): void {
    for (const [statement, declared] of this.#inPlace) {
      const targets =
        statement.nodeType === 'Assign'
          ? statement.targets
          : statement.nodeType === 'For' || statement.nodeType === 'AsyncFor'
            ? [statement.target]
            : [];
      for (const target of targets) this.#separateTarget(statement as Statement, target, declared);
    }
  }

  #separateTarget(statement: Statement, target: Node, declared: Set<Binding>): void {
    const names = new Set<string>();
    walk(target, (node) => Boolean(node.nodeType !== 'Name' || names.add(node.id)));
    const own = [...declared].filter(({ name }) => names.has(name));
    const isPattern = target.nodeType !== 'Name';
    const isMixed =
      isPattern && own.some((binding) => !this.#constant.has(binding) && this.#isMixed(binding));
    if (own.length === 0 || (own.length === names.size && !isMixed)) return;
    for (const binding of own) {
      declared.delete(binding);
      this.#constant.delete(binding);
    }
    const outer = outOfLoops(statement);
    const isDeclared = (binding: Binding) =>
      [...this.#before].some(
        ([other, bindings]) =>
          bindings.includes(binding) && other.start <= outer.start && isInSameBlock(other, outer),
      );
    const fresh = own.filter((binding) => !isDeclared(binding));
    this.#before.set(outer, [...(this.#before.get(outer) ?? []), ...fresh]);
  }

  #planOne(body: readonly Statement[], binding: Binding): void {
    const places: Node[] = [...binding.references];
    for (const definition of binding.definitions)
      if (definition.kind === 'assignment' || definition.kind === 'other') places.push(definition.node);
    places.sort((a, b) => a.start - b.start);
    this.#planPlaces(body, binding, [...new Set(places)]);
  }

  /** What is done with a variable between its first and its last place. */
  #planPlaces(body: readonly Statement[], binding: Binding, places: readonly Node[]): void {
    const definitions = new Set<Node>(
      binding.definitions.flatMap((definition) =>
        definition.kind === 'assignment' || definition.kind === 'other' ? definition.node : [],
      ),
    );
    const writes = places.filter((place) => definitions.has(place)).length;
    let block = body;
    let statement = holder(block, places[0] as Node);
    // Down to the innermost block that holds all of it.
    for (;;) {
      const inner =
        statement && blocksOf(statement).find((each) => places.every((place) => holder(each, place)));
      if (!inner || inner.length === 0) break;
      block = inner;
      statement = holder(block, places[0] as Node);
    }
    if (!statement) return;
    const [first] = places;
    if (!first) return;
    const isFirst = definitions.has(first);
    // A loop has its own variable where what follows begins with a value of its own.
    const later = places.filter((place) => place.start >= (statement as Statement).end);
    const next = later[0] && holder(block, later[0]);
    const isLoop =
      statement.nodeType === 'For' || statement.nodeType === 'AsyncFor' || statement.nodeType === 'With';
    if (
      isLoop &&
      isFirst &&
      next &&
      later[0] &&
      definitions.has(later[0]) &&
      declaresIn(next, later[0], [])
    ) {
      const own = places.slice(0, places.length - later.length);
      if (declaresIn(statement, first, own)) {
        this.#planPlaces(body, binding, own);
        this.#planPlaces(body, binding, later);
        return;
      }
    }
    if (writes === 1) this.#constant.add(binding);
    else this.#constant.delete(binding);
    if (isFirst && declaresIn(statement, first, places)) {
      const set = this.#inPlace.get(statement) ?? new Set();
      this.#inPlace.set(statement, set);
      set.add(binding);
      return;
    }
    this.#constant.delete(binding);
    const outer = outOfLoops(statement);
    this.#before.set(outer, [...(this.#before.get(outer) ?? []), binding]);
  }
}

const BRANCHES: ReadonlySet<string> = new Set(['If', 'Try', 'ExceptHandler', 'For', 'While', 'With']);

/** The statement of a block that a node is in. */
function holder(block: readonly Statement[], node: Node): Statement | undefined {
  return block.find((statement) => startOf(statement) <= node.start && node.end <= statement.end);
}

/** Decorators belong to what they decorate. */
export function startOf(statement: Statement): number {
  const decorators = 'decorator_list' in statement ? statement.decorator_list : [];
  return decorators[0]?.start ?? statement.start;
}

function isInSameBlock(a: Statement, b: Statement): boolean {
  if (a.parent !== b.parent) return false;
  const blocks = blocksOf(a.parent as Statement);
  return blocks.length === 0 || blocks.some((block) => block.includes(a) && block.includes(b));
}

function blocksOf(statement: Statement): Statement[][] {
  switch (statement.nodeType) {
    case 'If': {
      // `elif` is no block of its own: nothing can be declared between it and what is before it.
      const [only, ...more] = statement.orelse;
      const isChain = only?.nodeType === 'If' && more.length === 0;
      return [statement.body, ...(isChain ? blocksOf(only) : [statement.orelse])];
    }
    case 'While':
    case 'For':
    case 'AsyncFor':
      return [statement.body, statement.orelse];
    case 'With':
    case 'AsyncWith':
      return [statement.body];
    case 'Try':
    case 'TryStar':
      return [
        statement.body,
        ...statement.handlers.map(({ body }) => body),
        statement.orelse,
        statement.finalbody,
      ];
    case 'Match':
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** Whether a statement can declare a variable: an assignment of it, a loop over it, a `with ... as` of it. */
function declaresIn(statement: Statement, target: Node, places: readonly Node[]): boolean {
  const isWithin = (outer: Node | undefined) =>
    Boolean(outer && outer.start <= target.start && target.end <= outer.end);
  switch (statement.nodeType) {
    case 'Assign':
      return statement.targets.some((each) => isPattern(each) && isWithin(each));
    case 'AnnAssign':
      return isWithin(statement.target) && statement.target.nodeType === 'Name';
    case 'For':
    case 'AsyncFor':
      return (
        isWithin(statement.target) &&
        isPattern(statement.target) &&
        places.every((place) => place.start < statement.end)
      );
    case 'With':
    case 'AsyncWith':
      return (
        statement.items.some((item) => isWithin(item.optional_vars)) &&
        places.every((place) => place.start < statement.end)
      );
    default:
      return false;
  }
}

/** Names alone: an element or an attribute is never declared. */
function isPattern(target: Node): boolean {
  let isPlain = true;
  walk(target, (node) => {
    if (node.nodeType === 'Attribute' || node.nodeType === 'Subscript') isPlain = false;
    return isPlain;
  });
  return isPlain;
}

/** A variable that is not assigned first of all keeps its value from one round of a loop to the next. */
function outOfLoops(statement: Statement): Statement {
  let outer = statement;
  for (let node: Node | null = statement.parent; node; node = node.parent) {
    if (
      node.nodeType === 'FunctionDef' ||
      node.nodeType === 'AsyncFunctionDef' ||
      node.nodeType === 'Module' ||
      node.nodeType === 'ClassDef'
    )
      break;
    if (node.nodeType === 'For' || node.nodeType === 'AsyncFor' || node.nodeType === 'While') outer = node;
  }
  return outer;
}
