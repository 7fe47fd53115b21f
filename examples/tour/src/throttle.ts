const MAX_KEYS = 10_000;

/** Counts what somebody does too often, for as long as `window` milliseconds after the first time. */
export class Throttle {
  readonly #max: number;
  readonly #window: number;
  readonly #counts = new Map<string, { count: number; until: number }>();

  constructor(max: number, window: number) {
    this.#max = max;
    this.#window = window;
  }

  /** Whether it was too often already. */
  isFull(key: string): boolean {
    return (this.#entry(key)?.count ?? 0) >= this.#max;
  }

  count(key: string): void {
    const entry = this.#entry(key) ?? { count: 0, until: Date.now() + this.#window };
    entry.count++;
    this.#counts.set(key, entry);
    // Bounded: who has many addresses must not fill the memory.
    for (const oldest of this.#counts.keys()) {
      if (this.#counts.size <= MAX_KEYS) break;
      this.#counts.delete(oldest);
    }
  }

  forget(key: string): void {
    this.#counts.delete(key);
  }

  #entry(key: string): { count: number; until: number } | undefined {
    const entry = this.#counts.get(key);
    if (entry && entry.until <= Date.now()) this.#counts.delete(key);
    else return entry;
    return undefined;
  }
}
