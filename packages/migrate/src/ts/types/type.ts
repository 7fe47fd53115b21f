/** One thing that a value can be. Its key tells it from others: two atoms with one key become one. */
export type Atom =
  | { readonly kind: 'plain'; readonly key: PlainKind }
  | { readonly kind: 'list'; readonly key: 'list'; readonly cell: ListCell }
  | { readonly kind: 'dict'; readonly key: 'dict'; readonly cell: DictCell }
  | { readonly kind: 'tuple'; readonly key: string; readonly items: readonly Type[] }
  | Holder<'set'>
  | Holder<'iterator'>
  | Holder<'asyncIterator'>
  | Holder<'promise'>
  /** An instance of something that is known by name: a class of Microdot's, of Python's library, or of the project. */
  | { readonly kind: 'instance'; readonly key: string; readonly name: string; readonly owner: object | null }
  /** A function, class or module, which is known by name or defined in the project. */
  | { readonly kind: 'named'; readonly key: string; readonly name: string; readonly owner: object | null };

/** What holds values of one type. */
interface Holder<K extends string> {
  readonly kind: K;
  readonly key: string;
  readonly elem: Type;
}

export type PlainKind = 'none' | 'bool' | 'int' | 'float' | 'str' | 'bytes' | 'any';

/** What is shared by all the types that a list may be in. */
export class ListCell {
  readonly elem: Type;
  #shape: readonly Type[] | null;
  #same: ListCell | undefined;

  constructor(elem: Type, shape: readonly Type[] | null) {
    this.elem = elem;
    this.#shape = shape;
  }

  get #self(): ListCell {
    return this.#same ? this.#same.#self : this;
  }

  /** The items one by one, of a list that always has the same number of them. */
  get shape(): readonly Type[] | null {
    return this.#self.#shape;
  }

  /** A list that grows or shrinks has no shape. */
  unshape(): void {
    const self = this.#self;
    if (!self.#shape) return;
    self.#shape = null;
    changes.count++;
  }

  unify(other: ListCell): void {
    const [a, b] = [this.#self, other.#self];
    if (a === b) return;
    b.#same = a;
    changes.count++;
    a.elem.unify(b.elem);
    if (a.#shape?.length === b.#shape?.length)
      for (const [i, item] of a.#shape?.entries() ?? []) item.unify(b.#shape?.[i] as Type);
    else a.#shape = null;
  }
}

/** How a missing value is made, as it is written; `'count'` for 0 that is not kept. */
export type Fallback = '[]' | '{}' | '0' | "''" | 'new Set()' | 'count';

/** What is shared by all the types that a dictionary may be in: what is known of its keys one by one, and of those that are computed. */
export class DictCell {
  readonly keys: Type;
  readonly values: Type;
  #fields: Map<string, { type: Type; makers: Set<object> }> = new Map();
  #makers: Set<object> = new Set();
  #isDynamic: boolean;
  #fallback: Fallback | undefined;
  #same: DictCell | undefined;

  constructor(keys: Type, values: Type, isDynamic: boolean) {
    this.keys = keys;
    this.values = values;
    this.#isDynamic = isDynamic;
  }

  get #self(): DictCell {
    return this.#same ? this.#same.#self : this;
  }

  get fields(): ReadonlyMap<string, { readonly type: Type; readonly makers: ReadonlySet<object> }> {
    return this.#self.#fields;
  }

  /** Keys are computed, so that it is no record. */
  get isDynamic(): boolean {
    return this.#self.#isDynamic;
  }

  setDynamic(): void {
    const self = this.#self;
    if (self.#isDynamic) return;
    self.#isDynamic = true;
    changes.count++;
  }

  /** What a key has that nobody gave a value: of a `defaultdict` that is put there, of a `Counter` it is 0. */
  get fallback(): Fallback | undefined {
    return this.#self.#fallback;
  }

  setFallback(fallback: Fallback): void {
    this.#self.#fallback = fallback;
  }

  /** A value of a key: of one that is written out it is nobody's business but that key's. */
  takeValue(type: Type): void {
    if (this.isDynamic) this.values.take(type);
  }

  /** A place in the program that makes such dictionaries. */
  addMaker(maker: object): void {
    this.#self.#makers.add(maker);
  }

  /** The type of a key that is written out; `maker` is the place that always puts it there, if one does. */
  field(name: string, maker?: object): Type {
    const fields = this.#self.#fields;
    let field = fields.get(name);
    if (!field) {
      field = { type: new Type(), makers: new Set() };
      fields.set(name, field);
      changes.count++;
    }
    if (maker) field.makers.add(maker);
    return field.type;
  }

  /** Some of these dictionaries may not have it. */
  isOptional(name: string): boolean {
    const field = this.fields.get(name);
    return !field || field.makers.size < this.#self.#makers.size;
  }

  /** The key may be taken out. */
  forget(name: string): void {
    this.field(name);
    this.#self.#fields.get(name)?.makers.clear();
    this.#self.#makers.add(this.#self);
  }

  /** Whether the two are made of different things here: maps where keys are no text, and objects. */
  conflictsWith(other: DictCell): boolean {
    const [a, b] = [this.#self, other.#self];
    if (a === b) return false;
    return (a.#isMap && b.#isObject) || (a.#isObject && b.#isMap);
  }

  get #isMap(): boolean {
    return !this.keys.isEmpty && !this.#isObject && !this.keys.has('any');
  }

  get #isObject(): boolean {
    return this.#fields.size > 0 || this.keys.has('str');
  }

  unify(other: DictCell): void {
    const [a, b] = [this.#self, other.#self];
    if (a === b) return;
    b.#same = a;
    changes.count++;
    a.keys.unify(b.keys);
    a.values.unify(b.values);
    a.#isDynamic ||= b.#isDynamic;
    a.#fallback ??= b.#fallback;
    for (const maker of b.#makers) a.#makers.add(maker);
    for (const [name, { type, makers }] of b.#fields) {
      a.field(name).unify(type);
      for (const maker of makers) a.field(name, maker);
    }
  }
}

/** Counts every change of any type: when a round of inference changes nothing, it is over. */
export const changes = { count: 0 };

/** What a value can be: grows as more is found out, and may become one with another. */
export class Type {
  #same: Type | undefined;
  #atoms: Map<string, Atom> = new Map();
  #isScratch = false;
  #isSaid = false;

  static of(...atoms: Atom[]): Type {
    const type = new Type();
    for (const atom of atoms) type.#atoms.set(atom.key, atom);
    return type;
  }

  /** One that is looked at and thrown away, whose changes are nobody's news. */
  static scratch(): Type {
    const type = new Type();
    type.#isScratch = true;
    return type;
  }

  /** From now on it is what an annotation says: what is not known does not take that away. */
  say(): void {
    const { self } = this;
    if (self.#isSaid || self.isAny || self.is('none')) return;
    self.#isSaid = true;
    for (const atom of self.atoms) {
      for (const part of partsOf(atom)) part.say();
    }
  }

  /** The type that this one has become. */
  get self(): Type {
    if (!this.#same) return this;
    this.#same = this.#same.self;
    return this.#same;
  }

  get atoms(): readonly Atom[] {
    return [...this.self.#atoms.values()];
  }

  get isEmpty(): boolean {
    return this.self.#atoms.size === 0;
  }

  has(key: string): boolean {
    return this.self.#atoms.has(key);
  }

  atom<K extends Atom['kind']>(kind: K): Extract<Atom, { kind: K }> | undefined {
    return this.atoms.find((atom): atom is Extract<Atom, { kind: K }> => atom.kind === kind);
  }

  /** The one atom that it has, `None` aside. */
  get single(): Atom | undefined {
    const atoms = this.atoms.filter(({ key }) => key !== 'none');
    return atoms.length === 1 ? atoms[0] : undefined;
  }

  /** True where it is one of these plain kinds, and nothing else. */
  is(...kinds: PlainKind[]): boolean {
    const { atoms } = this;
    return atoms.length > 0 && atoms.every(({ key }) => (kinds as string[]).includes(key));
  }

  get isAny(): boolean {
    return this.isEmpty || this.has('any');
  }

  get isOptional(): boolean {
    return this.has('none');
  }

  add(atom: Atom): void {
    if (atom.key === 'any' && this.self.#isSaid) return;
    const own = this.self.#atoms;
    const known = own.get(atom.key);
    if (known?.kind === 'dict' && atom.kind === 'dict' && known.cell.conflictsWith(atom.cell)) {
      // One is a map and one is an object: of what may be either, nothing is known.
      this.self.#isSaid = false;
      if (!own.has('any')) this.add({ kind: 'plain', key: 'any' });
    } else if (known) unifyAtoms(known, atom);
    else {
      own.set(atom.key, atom);
      if (!this.self.#isScratch) changes.count++;
    }
  }

  /** Everything that flows in can be here too. What both hold of containers becomes one. */
  take(other: Type): void {
    if (other.self === this.self) return;
    for (const atom of other.atoms) this.add(atom);
  }

  /** From now on, the two are one. */
  unify(other: Type): void {
    const [a, b] = [this.self, other.self];
    if (a === b) return;
    b.#same = a;
    a.#isSaid ||= b.#isSaid;
    changes.count++;
    for (const atom of b.#atoms.values()) a.add(atom);
  }

  /** A type without `None`. */
  get present(): Type {
    return this.isOptional ? Type.of(...this.atoms.filter(({ key }) => key !== 'none')) : this;
  }
}

/** The types that an atom holds. */
function partsOf(atom: Atom): readonly Type[] {
  switch (atom.kind) {
    case 'list':
      return [atom.cell.elem];
    case 'dict':
      return [atom.cell.keys, atom.cell.values];
    case 'tuple':
      return atom.items;
    default:
      return 'elem' in atom ? [atom.elem] : [];
  }
}

function unifyAtoms(a: Atom, b: Atom): void {
  if (a === b) return;
  if (a.kind === 'list' && b.kind === 'list') a.cell.unify(b.cell);
  else if (a.kind === 'dict' && b.kind === 'dict') a.cell.unify(b.cell);
  else if (a.kind === 'tuple' && b.kind === 'tuple')
    for (const [i, item] of a.items.entries()) item.unify(b.items[i] as Type);
  else if ('elem' in a && 'elem' in b) a.elem.unify(b.elem);
}

export function plain(...kinds: PlainKind[]): Type {
  return Type.of(...kinds.map((key) => ({ kind: 'plain', key }) as const));
}

export function listOf(elem: Type, shape: readonly Type[] | null = null): Type {
  return Type.of({ kind: 'list', key: 'list', cell: new ListCell(elem, shape) });
}

export function tupleOf(...items: Type[]): Type {
  return Type.of({ kind: 'tuple', key: `tuple${items.length}`, items });
}

export function container(kind: 'set' | 'iterator' | 'asyncIterator' | 'promise', elem: Type): Type {
  return Type.of({ kind, key: kind, elem } as Atom);
}

export function dictOf(keys: Type, values: Type, isDynamic = true): Type {
  return Type.of({ kind: 'dict', key: 'dict', cell: new DictCell(keys, values, isDynamic) });
}

export function instance(name: string, owner: object | null = null, id = ''): Type {
  return Type.of({ kind: 'instance', key: `instance ${name}${id}`, name, owner });
}

export function named(name: string, owner: object | null = null, id = ''): Type {
  return Type.of({ kind: 'named', key: `named ${name}${id}`, name, owner });
}
