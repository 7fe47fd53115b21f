/** The last items of a list. They keep the positions that they have in the whole of it. */
export class Ring<T> {
  readonly #size: number;
  readonly #items: T[] = [];
  #end = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** The position of the first item that is still there. */
  get start(): number {
    return Math.max(0, this.#end - this.#size);
  }

  /** The position of the next item. */
  get end(): number {
    return this.#end;
  }

  push(item: T): void {
    this.#items[this.#end % this.#size] = item;
    this.#end++;
  }

  at(position: number): T {
    return this.#items[position % this.#size] as T;
  }

  /** The position of the last item that passes, or -1. */
  findLast(test: (item: T) => boolean): number {
    for (let position = this.#end - 1; position >= this.start; position--) {
      if (test(this.at(position))) return position;
    }
    return -1;
  }
}
