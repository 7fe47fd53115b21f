import { PythonError } from '../errors.ts';
import { unavailable } from './unavailable.ts';
import { PyFloat } from './values.ts';

/** The number that a value is in arithmetic, where True is 1; `undefined` of what is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof PyFloat) return value.value;
  if (typeof value === 'bigint') return toInt(Number(value));
  return undefined;
}

/** True of ints, and of True and False, which are ints in Python. */
export function isInt(value: unknown): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : /^(?:boolean|bigint)$/.test(typeof value);
}

export function isFloat(value: unknown): boolean {
  return typeof value === 'number' ? !Number.isInteger(value) : value instanceof PyFloat;
}

/** A float: boxed where JavaScript would take it for an int. */
export function toFloat(value: number): number | PyFloat {
  return Number.isInteger(value) ? new PyFloat(value) : value;
}

/**
 * An int.
 *
 * @throws TemplateError `UNSUPPORTED_PYTHON` beyond 2**53, where Python goes on and a number is no longer exact.
 */
export function toInt(value: number): number {
  if (Number.isSafeInteger(value)) return value + 0;
  throw unavailable(`${value}, an int beyond 2**53,`, 'use floats, or compute it before');
}

/**
 * The int that an index or a count is.
 *
 * @throws PythonError `TypeError` of floats and of all else.
 */
export function toIndex(value: unknown): number {
  if (isInt(value)) return numberOf(value) as number;
  throw new PythonError('TypeError', `an int is expected, not ${value === null ? 'None' : typeof value}`);
}

/** As `repr(1e16)` has it: an exponent below 1e-4 and from 1e16 on, of at least two digits. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e16) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/**
 * A number with that many digits behind the point, as Python rounds: a tie, which in binary is a rare thing, goes to the
 * even digit, where JavaScript's `toFixed` takes the greater one.
 */
export function fixed(value: number, digits: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size >= 1e21) return `${sign}${BigInt(size)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  const rounded = size.toFixed(Math.min(digits, 100));
  // Enough digits for a tie to show itself: in binary it ends one digit behind the last that is wanted.
  const exact = size.toFixed(Math.min(digits + 25, 100));
  const rest = exact.slice(exact.length - Math.min(25, 100 - digits));
  if (!/^50*$/.test(rest)) return sign + rounded;
  const down = exact.slice(0, exact.length - rest.length).replace(/\.$/, '');
  return sign + (/[02468]$/.test(down) ? down : rounded);
}

/** A whole number, rounded as Python does: a tie goes to the even one. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
