import { PyTypeError, PyValueError } from '../errors.ts';
import { isInteger, isNumber, typeName } from './values.ts';

/** Python's `range`: a sequence that is never in memory. */
export class Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly size: number;

  constructor(...args: unknown[]) {
    if (args.length === 0 || args.length > 3) {
      throw new PyTypeError(`range expected 1 to 3 arguments, got ${args.length}`);
    }
    const [first, second, third = 1] = args.map(toIndex) as [number, number?, number?];
    [this.start, this.stop] = second === undefined ? [0, first] : [first, second];
    this.step = third;
    if (third === 0) throw new PyValueError('range() arg 3 must not be zero');
    this.size = Math.max(0, Math.ceil((this.stop - this.start) / third));
  }

  at(index: number): number | undefined {
    const i = index < 0 ? index + this.size : index;
    return i >= 0 && i < this.size ? this.start + i * this.step : undefined;
  }

  includes(value: unknown): boolean {
    if (!isNumber(value)) return false;
    const i = (Number(value) - this.start) / this.step;
    return Number.isInteger(i) && i >= 0 && i < this.size;
  }

  slice(from: number, to: number, step: number): Range {
    return new Range(this.start + from * this.step, this.start + to * this.step, step * this.step);
  }

  *[Symbol.iterator](): Iterator<number> {
    for (let i = 0; i < this.size; i++) yield this.start + i * this.step;
  }

  toString(): string {
    return `range(${this.start}, ${this.stop}${this.step === 1 ? '' : `, ${this.step}`})`;
  }
}

function toIndex(value: unknown): number {
  if (isInteger(value)) return Number(value);
  throw new PyTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
}
