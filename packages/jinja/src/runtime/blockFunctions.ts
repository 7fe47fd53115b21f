import type { Renderer } from './blocks.ts';
import { collect, type Rendering } from './collect.ts';
import type { RenderContext } from './context.ts';
import type { Run } from './run.ts';
import { isThenable, markup } from './values.ts';

/** The text of a rendering within an expression: markup, where output is escaped. */
export function renderedText(run: Run, rendering: Rendering, isSafe: boolean): unknown {
  const text = collect(run, rendering);
  const wrap = (value: string): unknown => (isSafe ? markup(value) : value);
  return isThenable(text) ? (text as Promise<string>).then(wrap) : wrap(text as string);
}

/** `self` as a value: a function for each block. */
class TemplateReference {
  readonly #name: string;

  constructor(context: RenderContext, run: Run) {
    this.#name = context.program.name;
    for (const name of context.blocks.names()) {
      const value = (): unknown =>
        renderedText(run, context.blocks.first(name)(context, ''), context.autoescape);
      Object.defineProperty(this, name, { value, enumerable: true });
    }
  }

  toString(): string {
    return `<TemplateReference '${this.#name}'>`;
  }
}

export function blocksOf(context: RenderContext, run: Run): TemplateReference {
  return new TemplateReference(context, run);
}

/** `super` as a value: a function, whose own `super` is one level up; `undefined` where there is no parent. */
export function superOf(
  context: RenderContext,
  run: Run,
  name: string,
  block: Renderer,
  levels: number = 1,
): unknown {
  const above = context.blocks.above(name, block, levels);
  if (!above) return undefined;
  const show = (): unknown => renderedText(run, above(context, ''), context.autoescape);
  return Object.defineProperty(show, 'super', {
    enumerable: true,
    get: () => superOf(context, run, name, block, levels + 1),
  });
}
