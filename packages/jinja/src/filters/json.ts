import { PyTypeError, PyValueError } from '../errors.ts';
import { sortedKeys } from '../runtime/compare.ts';
import { DictView, getKey } from '../runtime/dict.ts';
import { floatText } from '../runtime/text.ts';
import { isMapping, isMarkup, type Mapping, PyFloat, typeName } from '../runtime/values.ts';

/** Of what HTML must not see, also within a script or an attribute in single quotes. */
const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  "'": '\\u0027',
};

const MAX_DEPTH = 500;

/** Python's `json.dumps` with sorted keys, made safe for HTML: spaces after commas, and nothing but ASCII. */
export function toJson(value: unknown, indent: unknown): string {
  const step =
    indent === null || indent === undefined
      ? undefined
      : typeof indent === 'number'
        ? ' '.repeat(indent)
        : String(indent);
  return write(value, step, '', new Set()).replace(/[<>&']/g, (char) => ESCAPES[char] as string);
}

function write(value: unknown, step: string | undefined, margin: string, open: Set<object>): string {
  if (value === null) return 'null';
  if (typeof value === 'string' || isMarkup(value)) return writeString(value.toString());
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return writeNumber(value);
  if (value instanceof PyFloat) return floatText(Number(value));
  if (typeof value !== 'object') return failOn(value);
  if (open.has(value)) throw new PyTypeError('Circular reference detected');
  if (open.size > MAX_DEPTH) throw new PyValueError(`data is nested more than ${MAX_DEPTH} deep`);
  open.add(value);
  const text = writeContainer(value, step, margin, open);
  open.delete(value);
  return text;
}

function writeContainer(value: object, step: string | undefined, margin: string, open: Set<object>): string {
  const inner = margin + (step ?? '');
  if (Array.isArray(value)) {
    return enclose(
      '[',
      ']',
      value.map((part) => write(part, step, inner, open)),
      step,
      margin,
    );
  }
  if (isMapping(value)) {
    const parts = sortedKeys(value).map(
      (key) => `${writeString(keyText(key))}: ${write(getKey(value as Mapping, key), step, inner, open)}`,
    );
    return enclose('{', '}', parts, step, margin);
  }
  // What an object says of itself is JSON as JavaScript has it.
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function' && !(value instanceof DictView)) {
    return write((toJSON as () => unknown).call(value), step, margin, open);
  }
  return failOn(value);
}

function enclose(
  start: string,
  end: string,
  parts: string[],
  step: string | undefined,
  margin: string,
): string {
  if (parts.length === 0) return start + end;
  if (step === undefined) return start + parts.join(', ') + end;
  const inner = `\n${margin}${step}`;
  return `${start}${inner}${parts.join(`,${inner}`)}\n${margin}${end}`;
}

function keyText(key: unknown): string {
  if (key === null) return 'null';
  return key instanceof PyFloat ? floatText(Number(key)) : String(key);
}

function writeString(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function writeNumber(value: number | bigint): string {
  if (typeof value === 'bigint' || Number.isInteger(value)) return BigInt(value).toString();
  if (Number.isFinite(value)) return floatText(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

function failOn(value: unknown): never {
  throw new PyTypeError(`Object of type ${typeName(value)} is not JSON serializable`);
}
