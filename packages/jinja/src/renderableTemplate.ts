import { AsyncPieces, generateNow, renderLater, renderNow, type Start } from './drivers.ts';
import { AsyncValueError, JinjaError } from './errors.ts';
import type { ProgramStore } from './loaders/programStore.ts';
import type { Rendering } from './runtime/collect.ts';
import { RenderContext } from './runtime/context.ts';
import { guardPromises, ignore } from './runtime/guard.ts';
import type { Program } from './runtime/program.ts';
import { type Limits, Run } from './runtime/run.ts';
import { isThenable } from './runtime/values.ts';

/** What a template is of: the part of an environment that it needs. */
interface Home {
  readonly '~store': ProgramStore;
  readonly '~limits': Limits;
}

/**
 * A template that can be rendered in four ways. What it is given is an object whose own properties are the names that it sees; they
 * are read when they are needed, and never changed.
 */
export class RenderableTemplate {
  readonly #home: Home;
  readonly #source: string | Program;

  /** @throws TemplateNotFound, TemplateSyntaxError */
  constructor(home: Home, source: string | Program) {
    this.#home = home;
    this.#source = source;
    // Where a loader is asynchronous, it is told when the template is rendered that there is none.
    ignore(home['~store'].load(source));
  }

  /** All of the text. @throws AsyncValueError where a value is a promise */
  render(context: object = {}): string {
    return renderNow(this.#start(context, 'renderAsync'), 'renderAsync');
  }

  /** All of the text, when the promises in it have come. */
  async renderAsync(context: object = {}): Promise<string> {
    guardPromises(contextOf(context));
    return renderLater(await this.#startLater(context));
  }

  /**
   * The text in pieces, each as soon as it is there. Who stops reading stops the work.
   *
   * @throws AsyncValueError where a value is a promise
   */
  generate(context: object = {}): Generator<string, void, undefined> {
    return generateNow(this.#start(context, 'generateAsync'), 'generateAsync');
  }

  /** The same with promises and asynchronous sources: what comes before one goes out while it is waited for. */
  generateAsync(context: object = {}): AsyncGenerator<string, void, undefined> {
    guardPromises(contextOf(context));
    return new AsyncPieces(() => this.#startLater(context));
  }

  /** What other templates include. @throws AsyncValueError */
  '~program'(): Program {
    return this.#now('renderAsync', new Run(this.#home['~limits']));
  }

  #start(context: object, instead: string): Start {
    contextOf(context);
    const run = new Run(this.#home['~limits']);
    return begin(this.#now(instead, run), context, run);
  }

  #now(instead: string, run: Run): Program {
    const program = this.#home['~store'].load(this.#source, undefined, run);
    if (!isThenable(program)) return program;
    ignore(program);
    throw new AsyncValueError(`the template is loaded asynchronously: use ${instead}, which waits for it`);
  }

  #startLater(context: object): Start | Promise<Start> {
    const run = new Run(this.#home['~limits']);
    const program = this.#home['~store'].load(this.#source, undefined, run);
    if (!isThenable(program)) return begin(program as Program, context, run);
    return Promise.resolve(program).then((found) => begin(found as Program, context, run));
  }
}

function begin(program: Program, given: object, run: Run): Start {
  const context = new RenderContext(run, program, given as Readonly<Record<string, unknown>>);
  const rendering: Rendering = program.root(context, '');
  return { run, rendering, given };
}

/** @throws JinjaError `INVALID_OPTION` for what has no names to see */
function contextOf(given: unknown): object {
  if (typeof given !== 'object' || given === null) {
    throw new JinjaError(
      'INVALID_OPTION',
      `a context is an object, not ${given === null ? 'null' : typeof given}`,
    );
  }
  if (isThenable(given)) throw new JinjaError('INVALID_OPTION', 'a context is an object: await its promise');
  if (given instanceof Map) {
    throw new JinjaError('INVALID_OPTION', 'a context is an object: give Object.fromEntries(map)');
  }
  return given;
}
