/** What a session can do besides holding data. */
export interface SessionMethods {
  /**
   * Sends the session back with the response, as it is now. What is changed later needs another `save()`. Nothing is
   * sent with a response to an error.
   *
   * @throws SessionError `INVALID_SESSION` or `SESSION_TOO_LARGE`.
   */
  save(): void;
  /** Makes the browser forget the session. */
  delete(): void;
}

/**
 * The session of a user: an object to read and write, without any properties but its data. Microdot's `SessionDict`.
 *
 * Every property may be missing: that is how a session begins.
 */
export type SessionDict<T extends object = Record<string, unknown>> = Partial<T> & SessionMethods;

/** Names that a session cannot hold: its own methods, and the way to its prototype. */
export const RESERVED: readonly string[] = ['save', 'delete', '__proto__'];

/** @param methods what `save` and `delete` do. */
export function toSessionDict<T extends object>(
  data: object,
  methods: { save(data: object): void; delete(): void },
): SessionDict<T> {
  return new Dict(data, methods) as unknown as SessionDict<T>;
}

class Dict {
  readonly #methods: { save(data: object): void; delete(): void };
  /** What somebody would have put in the place of a method. */
  #refused: string | undefined;

  constructor(data: object, methods: { save(data: object): void; delete(): void }) {
    this.#methods = methods;
    for (const [name, value] of Object.entries(data)) {
      // Python may have put them there.
      if (!RESERVED.includes(name)) (this as Record<string, unknown>)[name] = value;
    }
  }

  // Accessors, so that data of these names does not hide the methods: it is refused when it is saved.
  get save(): () => void {
    return this.#save;
  }

  set save(_: unknown) {
    this.#refused = 'save';
  }

  get delete(): () => void {
    return this.#delete;
  }

  set delete(_: unknown) {
    this.#refused = 'delete';
  }

  #save(): void {
    this.#methods.save(this.#refused === undefined ? this : { [this.#refused]: true });
  }

  #delete(): void {
    this.#methods.delete();
  }
}

// 'constructor' and 'toString' are names like any other: what is in a session was put there.
Object.setPrototypeOf(Dict.prototype, null);
Reflect.deleteProperty(Dict.prototype, 'constructor');
