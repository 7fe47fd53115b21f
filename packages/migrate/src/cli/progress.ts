import type { Io } from './io.ts';

const QUIET = 500;
const BETWEEN = 100;

/** Says how far a long run is, in one line of a terminal that is written over and cleared in the end. */
export class Progress {
  readonly #io: Pick<Io, 'stderr' | 'showsProgress'>;
  readonly #total: number;
  readonly #now: () => number;
  readonly #start: number;
  #done = 0;
  #last = 0;
  #isShown = false;

  constructor(io: Pick<Io, 'stderr' | 'showsProgress'>, total: number, now: () => number = Date.now) {
    this.#io = io;
    this.#total = total;
    this.#now = now;
    this.#start = now();
  }

  /** One file more is done. Nothing is shown in the first half second. */
  step(): void {
    this.#done++;
    const now = this.#now();
    if (!this.#io.showsProgress || now - this.#start < QUIET || now - this.#last < BETWEEN) return;
    this.#last = now;
    this.#isShown = true;
    this.#io.stderr(`\r${this.#done} of ${this.#total} files\x1b[K`);
  }

  end(): void {
    if (this.#isShown) this.#io.stderr('\r\x1b[K');
  }
}
