import { type FunctionTable, withArities } from './parameters.ts';

/** Python's methods of numbers, those that templates have a use for. */
export const numberMethods: FunctionTable = withArities(
  {
    is_integer(this: number): boolean {
      return Number.isInteger(this.valueOf());
    },
    conjugate(this: number): number {
      return this;
    },
    bit_length(this: number): number {
      return this.valueOf() === 0 ? 0 : Math.abs(this.valueOf()).toString(2).length;
    },
  },
  {},
);
