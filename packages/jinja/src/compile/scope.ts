/** A name of a template as a variable of JavaScript. */
export interface Variable {
  readonly js: string;
  /**
   * `set` has a value. `unset` may hold `UNSET`, and then has none. `lazy` may hold that too, and then has the value that the context
   * has, which may be a promise.
   */
  readonly state: 'set' | 'unset' | 'lazy';
}

/** A function of JavaScript that is being written: what has to be declared at its top. */
export class FunctionFrame {
  readonly parent: FunctionFrame | undefined;
  readonly temporaries: string[] = [];
  readonly declarations: string[] = [];
  /** Names that are asked of the context, and kept: each once in a template or block, or whenever a function is called. */
  readonly context: Map<string, Variable>;
  readonly #ownsContext: boolean;

  constructor(parent?: FunctionFrame, ownsContext: boolean = parent === undefined) {
    this.parent = parent;
    this.#ownsContext = ownsContext;
    this.context = ownsContext || !parent ? new Map() : parent.context;
  }

  get outermost(): FunctionFrame {
    return this.parent?.outermost ?? this;
  }

  /** The variables for what the context is asked, where they are of this function. */
  get asked(): readonly Variable[] {
    return this.#ownsContext ? [...this.context.values()] : [];
  }
}

/** Which names mean what at a place in a template. */
export class Scope {
  readonly frame: FunctionFrame;
  /** What is set here is set for the whole template. */
  readonly isTop: boolean;
  readonly #parent: Scope | undefined;
  readonly #variables = new Map<string, Variable>();
  readonly #stored = new Map<string, Variable>();

  constructor(frame: FunctionFrame, parent?: Scope, isTop = false) {
    this.frame = frame;
    this.isTop = isTop;
    this.#parent = parent;
  }

  /** Whether it is the whole of a template or block. */
  get isOutermost(): boolean {
    return this.#parent === undefined;
  }

  /** A scope within this one; `frame` where it is a function of its own. */
  enter(frame: FunctionFrame = this.frame): Scope {
    return new Scope(frame, this);
  }

  /** `isStored` unless it is only read here: then nothing is known that the context does not know. */
  declare(name: string, variable: Variable, isStored = true): void {
    this.#variables.set(name, variable);
    if (isStored) this.#stored.set(name, variable);
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name) ?? this.#parent?.find(name);
  }

  /** Whether a scope around this one has the name. */
  isKnownAround(name: string): boolean {
    return this.#parent?.find(name) !== undefined;
  }

  /** What a template that is included here has to be given: what scopes have stored, at the top only if that is asked for. */
  stored(withTop: boolean): Map<string, Variable> {
    const stored = this.#parent?.stored(withTop) ?? new Map<string, Variable>();
    if (withTop || !this.isTop) for (const [name, variable] of this.#stored) stored.set(name, variable);
    return stored;
  }
}
