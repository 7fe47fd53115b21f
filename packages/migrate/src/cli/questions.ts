import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Questions at a terminal. What somebody has typed, or pasted, before a question is asked answers it. */
export class Questions {
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #typed: string[] = [];
  #lines: Interface | undefined;
  #isOver = false;
  #answered: ((line: string | undefined) => void) | undefined;

  constructor(input: Readable, output: Writable) {
    this.#input = input;
    this.#output = output;
  }

  /**
   * Asks one question.
   *
   * @throws Error whose code is `ABORT_ERR`, after Ctrl-C or Ctrl-D.
   */
  async ask(question: string): Promise<string> {
    this.#lines ??= this.#open();
    this.#lines.setPrompt(question);
    this.#lines.prompt();
    const typed = this.#typed.shift();
    if (typed !== undefined) {
      this.#output.write('\n');
      return typed;
    }
    const line = this.#isOver
      ? undefined
      : await new Promise<string | undefined>((resolve) => {
          this.#answered = resolve;
        });
    if (line === undefined) throw Object.assign(new Error('Nobody answered.'), { code: 'ABORT_ERR' });
    return line;
  }

  /** Lets the program end. */
  close(): void {
    this.#lines?.close();
  }

  #open(): Interface {
    const lines = createInterface({ input: this.#input, output: this.#output });
    lines.on('line', (line) => {
      if (this.#answered) this.#answer(line);
      else this.#typed.push(line);
    });
    lines.on('close', () => {
      this.#isOver = true;
      this.#answer(undefined);
    });
    return lines;
  }

  #answer(line: string | undefined): void {
    const answered = this.#answered;
    this.#answered = undefined;
    answered?.(line);
  }
}
