import type { Io } from './io.ts';

const QUIET = 500;
const BETWEEN = 100;

/** Says how far a long run is, in one line of a terminal that is written over and cleared in the end. */
export class Progress {
  readonly #io: Pick<Io, 'stderr' | 'showsProgress'>;
  readonly #files: number;
  readonly #now: () => number;
  readonly #start: number;
  #last = 0;
  #isShown = false;

  constructor(io: Pick<Io, 'stderr' | 'showsProgress'>, files: number, now: () => number = Date.now) {
    this.#io = io;
    this.#files = files;
    this.#now = now;
    this.#start = now();
  }

  /** So much is done, from 0 to 1. Nothing is shown in the first half second. */
  show(share: number): void {
    const now = this.#now();
    if (!this.#io.showsProgress || now - this.#start < QUIET || now - this.#last < BETWEEN) return;
    this.#last = now;
    this.#isShown = true;
    this.#io.stderr(`\r${Math.floor(share * 100)} % of ${this.#files} files\x1b[K`);
  }

  end(): void {
    if (this.#isShown) this.#io.stderr('\r\x1b[K');
  }
}
