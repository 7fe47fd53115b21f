import { AsyncOutput, renderAllAsync } from './asyncOutput.ts';
import { Limits } from './limits.ts';
import type { Program } from './program.ts';
import { isPlainObject } from './python/values.ts';
import { Run } from './run.ts';
import { mindRejections } from './sources.ts';
import { renderAll, SyncOutput } from './syncOutput.ts';

/** How many characters are collected before they are handed out: few enough for a slow reader, many enough for a fast one. */
const CHUNK_SIZE = 4096;

export interface Bounds {
  readonly maxOutput: number;
  readonly maxIterations: number;
}

/**
 * A template of an environment.
 *
 * Arguments are given in order, and those with names in an object behind them, as everywhere in Microdot:
 * `render(posts, { user })`. An object literal that comes last is always taken for the latter; to give one as an argument
 * in order, write `{}` behind it. Templates in eta's syntax have one argument, `it`.
 */
export class BoundTemplate {
  /** As it was asked for. */
  readonly name: string;
  readonly #load: () => Program;
  readonly #bounds: Bounds;

  constructor(name: string, load: () => Program, bounds: Bounds) {
    this.name = name;
    this.#load = load;
    this.#bounds = bounds;
  }

  /**
   * The page as a string.
   *
   * @throws TemplateError `PROMISE` where something would have to be waited for, and whatever the template ends in.
   */
  render(...args: readonly unknown[]): string {
    return renderAll(this.#run(args, false, Number.POSITIVE_INFINITY));
  }

  /** The page as a string, once all that it waits for is there. */
  async renderAsync(...args: readonly unknown[]): Promise<string> {
    mindRejections(args);
    return await renderAllAsync(() => this.#run(args, true, Number.POSITIVE_INFINITY));
  }

  /** The page piece by piece, each rendered when it is asked for. A handler may return it: it is a body that streams. */
  generate(...args: readonly unknown[]): IterableIterator<string, undefined, undefined> {
    return new SyncOutput(() => this.#run(args, false, CHUNK_SIZE));
  }

  /** The same, where something may have to be waited for: what is before it is handed out first. */
  generateAsync(...args: readonly unknown[]): AsyncIterableIterator<string, undefined, undefined> {
    mindRejections(args);
    return new AsyncOutput(() => this.#run(args, true, CHUNK_SIZE));
  }

  #run(args: readonly unknown[], isAsync: boolean, chunkSize: number): Run {
    const last = args.at(-1);
    const [positional, named] = isPlainObject(last) ? [args.slice(0, -1), Object.entries(last)] : [args, []];
    const { maxOutput, maxIterations } = this.#bounds;
    const part = this.#load().part(positional, new Map(named));
    return new Run(part, new Limits(maxOutput, maxIterations), isAsync, chunkSize);
  }
}
