import type { Eta } from 'eta/core';
import { renderAllAsync } from '../asyncOutput.ts';
import { TemplateError } from '../errors.ts';
import { included, type Linker } from '../linker.ts';
import { located } from '../located.ts';
import { FLUSH, Handover, type Part } from '../part.ts';
import { isThenable } from '../python/values.ts';
import { Run } from '../run.ts';
import { closable, itemsFrom } from '../sources.ts';
import { renderAll } from '../syncOutput.ts';
import type { Data, EtaProgram } from './etaProgram.ts';

/** One rendering of a template in eta's syntax: what its code calls, by the name `__eta`. */
export class EtaContext {
  readonly flush: typeof FLUSH = FLUSH;
  readonly isThenable: typeof isThenable = isThenable;
  readonly itemsFrom: typeof itemsFrom = itemsFrom;
  /** What the template itself may call. */
  readonly functions: Readonly<Record<string, unknown>>;
  readonly #eta: Eta;
  readonly #linker: Linker;
  readonly #program: EtaProgram;
  readonly #run: Run;
  readonly #data: Data;
  /** The page, where this is its layout, and has not printed it yet. */
  #body: Part | undefined;
  #layout: { readonly name: string; readonly data: Data | undefined } | undefined;
  readonly #blocks: Record<string, string> = Object.create(null);

  constructor(eta: Eta, linker: Linker, program: EtaProgram, run: Run, data: Data, body: Part | undefined) {
    this.#eta = eta;
    this.#linker = linker;
    this.#program = program;
    this.#run = run;
    this.#data = data;
    this.#body = body;
    this.functions = {
      include: (name: unknown, data?: Data) => this.#include(name, data),
      includeAsync: (name: unknown, data?: Data) => this.#includeAsync(name, data),
      layout: (name: string, data?: Data) => {
        this.#layout = { name, data };
      },
      capture: (write: () => unknown) => this.#capture(write),
      captureAsync: (write: () => unknown) => this.#captureAsync(write),
      block: (name: string, write?: () => unknown) => this.#block(name, write),
      blockAsync: (name: string, write?: () => unknown) => this.#blockAsync(name, write),
      output: (text: unknown) => {
        run.text += text;
      },
    };
  }

  escape(value: unknown): string {
    return this.#eta.config.escapeFunction(value);
  }

  filter(value: unknown): string {
    return this.#eta.config.filterFunction(value);
  }

  /** @throws TypeError of a value that cannot be gone through, with the words of V8. */
  iterable(value: unknown, source: string): unknown {
    if (typeof Object(value)[Symbol.iterator] === 'function') return value;
    throw new TypeError(`${source} is not iterable`);
  }

  closable(value: unknown): unknown {
    return closable(this.#run, value);
  }

  /** @throws TemplateError `TOO_MUCH_OUTPUT` */
  check(): void {
    this.#run.limits.check(this.#run.text.length);
  }

  /** A value where nothing can be waited for. */
  now(value: unknown): unknown {
    if (!isThenable(value)) return value;
    value.then(undefined, () => {});
    throw new TemplateError(
      'PROMISE',
      'a promise in a function of the template, which cannot wait: use await in an async one, or a loop',
    );
  }

  /** Says where in the template an error comes from. */
  located(error: unknown, line: number): unknown {
    const { name, source } = this.#program;
    if (this.#eta.config.debug && error instanceof Error && !(error instanceof TemplateError)) {
      try {
        this.#eta.RuntimeErr(error, source, line, name);
      } catch (described) {
        return described;
      }
    }
    return located(error, { templateName: name, line, source });
  }

  /** A template that is rendered at this point. */
  part(name: unknown, data?: Data): Part {
    const program = included(this.#linker, this.#run, name, this.#program.name);
    // A template of utemplate's gets what is written behind its name, and no more.
    if (!('partAround' in program)) return program.part([], new Map(Object.entries(data ?? {})));
    return program.part([{ ...this.#data, ...data }], new Map());
  }

  /** The page that this is the layout of, where it is still to come. */
  body(): Part | undefined {
    const body = this.#body;
    this.#body = undefined;
    return body;
  }

  /** Has the layout rendered up to the page, if it takes the page as it comes. */
  handover(): Handover | undefined {
    const layout = this.#layout;
    if (!layout) return undefined;
    const program = this.#layoutProgram(layout.name);
    if (!program.takesBodyLater?.(this.#run)) return undefined;
    this.#layout = undefined;
    const data = { ...this.#data, body: '', ...layout.data };
    return new Handover((rest) => program.partAround(data, rest));
  }

  /** The layout with the page in it. */
  after(text: string): Part | undefined {
    const layout = this.#layout;
    if (!layout) return undefined;
    const data = { ...this.#data, body: text, ...layout.data, __blocks: this.#blocks };
    return included(this.#linker, this.#run, layout.name, this.#program.name).part([data], new Map());
  }

  #layoutProgram(name: string): Partial<EtaProgram> & Pick<EtaProgram, 'partAround'> {
    return included(this.#linker, this.#run, name, this.#program.name) as EtaProgram;
  }

  #include(name: unknown, data: Data | undefined): string {
    return renderAll(this.#within(name, data, false));
  }

  async #includeAsync(name: unknown, data: Data | undefined): Promise<string> {
    return await renderAllAsync(() => this.#within(name, data, true));
  }

  #within(name: unknown, data: Data | undefined, isAsync: boolean): Run {
    const { limits, depth } = this.#run;
    return new Run(this.part(name, data), limits.ofPart(), isAsync, Number.POSITIVE_INFINITY, depth);
  }

  #capture(write: () => unknown): string {
    const before = this.#begin();
    try {
      write();
      return this.#run.text;
    } finally {
      this.#run.text = before;
    }
  }

  async #captureAsync(write: () => unknown): Promise<string> {
    const before = this.#begin();
    try {
      await write();
      return this.#run.text;
    } finally {
      this.#run.text = before;
    }
  }

  #begin(): string {
    const before = this.#run.text;
    this.#run.text = '';
    return before;
  }

  /** In a page that has a layout, a block is kept for that; in a layout, it is what the page has kept, or a default. */
  #block(name: string, write: (() => unknown) | undefined): string {
    const known = this.#known(name);
    if (known !== undefined || !write) return known ?? '';
    const text = this.#capture(write);
    return this.#keep(name, text);
  }

  async #blockAsync(name: string, write: (() => unknown) | undefined): Promise<string> {
    const known = this.#known(name);
    if (known !== undefined || !write) return known ?? '';
    const text = await this.#captureAsync(write);
    return this.#keep(name, text);
  }

  #known(name: string): string | undefined {
    const { __blocks: blocks } = this.#data;
    if (this.#layout || typeof blocks !== 'object' || blocks === null) return undefined;
    return Object.hasOwn(blocks, name) ? (blocks as Record<string, string>)[name] : undefined;
  }

  #keep(name: string, text: string): string {
    if (!this.#layout) return text;
    this.#blocks[name] = text;
    return '';
  }
}
