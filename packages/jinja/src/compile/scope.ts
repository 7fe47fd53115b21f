/** A name of a template as a variable of JavaScript. */
export interface Variable {
  readonly js: string;
  /** It may not have been set so far: its value then is the context's. */
  readonly isLazy: boolean;
}

/** A function of JavaScript that is being written: what has to be declared at its top. */
export class FunctionFrame {
  readonly parent: FunctionFrame | undefined;
  readonly temporaries: string[] = [];
  readonly declarations: string[] = [];
  /** Names that are asked of the context, and kept: each once in a template or block. */
  readonly context: Map<string, Variable> = new Map();

  constructor(parent?: FunctionFrame) {
    this.parent = parent;
  }

  get outermost(): FunctionFrame {
    return this.parent?.outermost ?? this;
  }
}

/** Which names mean what at a place in a template. */
export class Scope {
  readonly frame: FunctionFrame;
  /** What is set here is set for the whole template. */
  readonly isTop: boolean;
  readonly #parent: Scope | undefined;
  readonly #variables = new Map<string, Variable>();

  constructor(frame: FunctionFrame, parent?: Scope, isTop = false) {
    this.frame = frame;
    this.isTop = isTop;
    this.#parent = parent;
  }

  /** A scope within this one; `frame` where it is a function of its own. */
  enter(frame: FunctionFrame = this.frame): Scope {
    return new Scope(frame, this);
  }

  declare(name: string, variable: Variable): void {
    this.#variables.set(name, variable);
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name) ?? this.#parent?.find(name);
  }

  own(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  /** What a template that is included here has to be given: the names that the context does not have. */
  locals(): Map<string, Variable> {
    const locals = this.#parent?.locals() ?? new Map<string, Variable>();
    if (!this.isTop) for (const [name, variable] of this.#variables) locals.set(name, variable);
    return locals;
  }
}
