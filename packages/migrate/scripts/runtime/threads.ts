/** Python's `threading.Thread` and `Timer`: what it runs takes turns with everything else, at each `await`. */
export class Thread {
  readonly #job: () => unknown;
  readonly #delay: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended: Promise<void> | undefined;
  #isAlive = false;

  constructor(job: () => unknown, seconds = 0) {
    this.#job = job;
    this.#delay = seconds * 1000;
  }

  start(): void {
    this.#isAlive = true;
    this.#ended = new Promise((resolve) => {
      const run = async () => {
        try {
          await this.#job();
        } catch (error) {
          console.error(error);
        }
        this.#isAlive = false;
        resolve();
      };
      this.#timer = setTimeout(run, this.#delay);
    });
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#isAlive = false;
  }

  isAlive(): boolean {
    return this.#isAlive;
  }

  async join(): Promise<void> {
    await this.#ended;
  }
}

/** MicroPython's `_thread.start_new_thread()`. */
export function startThread(job: () => unknown): void {
  new Thread(job).start();
}
