import { UndefinedError } from '../errors.ts';
import type { Rendering } from './collect.ts';
import type { RenderContext } from './context.ts';

/** A template, or a block of one, at work. */
export type Renderer = (context: RenderContext, text: string) => Rendering;

/** The blocks of a template and of those that it extends, each list from the innermost outwards. It never changes. */
export class BlockTable {
  readonly #blocks: ReadonlyMap<string, readonly Renderer[]>;
  readonly #extended = new WeakMap<BlockTable, BlockTable>();

  constructor(blocks: ReadonlyMap<string, readonly Renderer[]>) {
    this.#blocks = blocks;
  }

  /** The table with the blocks of a parent behind those that are here; made once for every pair. */
  extend(parent: BlockTable): BlockTable {
    const known = this.#extended.get(parent);
    if (known) return known;
    const blocks = new Map(this.#blocks);
    for (const [name, renderers] of parent.#blocks) {
      blocks.set(name, [...(blocks.get(name) ?? []), ...renderers]);
    }
    const table = new BlockTable(blocks);
    this.#extended.set(parent, table);
    return table;
  }

  /** The block that is shown under a name. @throws UndefinedError */
  first(name: string): Renderer {
    const block = this.#blocks.get(name)?.[0];
    if (!block) throw new UndefinedError(`there is no block called '${name}'`);
    return block;
  }

  names(): string[] {
    return [...this.#blocks.keys()];
  }

  /** The block that another one stands for; `levels` is more than 1 for `super.super`. */
  above(name: string, block: Renderer, levels: number): Renderer | undefined {
    const list = this.#blocks.get(name) ?? [];
    return list[list.indexOf(block) + levels];
  }

  /** What `super()` shows. @throws UndefinedError */
  after(name: string, block: Renderer, levels: number): Renderer {
    const next = this.above(name, block, levels);
    if (!next) throw new UndefinedError(`there is no parent block called '${name}'.`);
    return next;
  }

  /** Whether a template has put something into a block of its parent. */
  isOverridden(name: string): boolean {
    return (this.#blocks.get(name)?.length ?? 0) > 1;
  }
}
