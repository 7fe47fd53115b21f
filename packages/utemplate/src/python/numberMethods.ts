import type { Method } from './method.ts';
import { numberOf } from './numbers.ts';

/** The methods of ints and floats that a template may have a use for. */
export const numberMethods: Readonly<Record<string, Method<unknown>>> = {
  is_integer: (value) => Number.isInteger(numberOf(value)),
  bit_length: (value) => {
    const size = Math.abs(numberOf(value) as number);
    return size === 0 ? 0 : size.toString(2).length;
  },
};
