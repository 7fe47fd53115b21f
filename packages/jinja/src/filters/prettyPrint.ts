import { PyValueError } from '../errors.ts';
import { splitLines } from '../methods/strings.ts';
import { sortedKeys } from '../runtime/compare.ts';
import { Dict, getKey } from '../runtime/dict.ts';
import { toRepr } from '../runtime/text.ts';
import { isMapping, type Mapping, Tuple, tuple } from '../runtime/values.ts';

const WIDTH = 80;
const MAX_DEPTH = 500;

/** Where a value stands: how far from the left, what has to follow it on its last line, and within how many others. */
interface Place {
  readonly indent: number;
  readonly behind: number;
  readonly depth: number;
}

/** Python's `pprint`: keys in order, and one item a line where a container is too long for one. */
export function prettyPrint(value: unknown): string {
  return print(value, { indent: 0, behind: 0, depth: 1 });
}

function print(value: unknown, place: Place): string {
  const line = toRepr(sorted(value));
  if (line.length <= WIDTH - place.indent - place.behind) return line;
  if (typeof value === 'string') return printText(value, place);
  if (isMapping(value)) return printDict(value, place);
  return Array.isArray(value) ? printList(value, place) : line;
}

function printDict(value: Mapping, { indent, behind, depth }: Place): string {
  const keys = orderedKeys(value);
  const parts = keys.map((key, i) => {
    const head = `${toRepr(key)}: `;
    const isLast = i === keys.length - 1;
    const place = {
      indent: indent + 1 + head.length,
      behind: isLast ? behind + 1 : 1,
      depth: depth + 1,
    };
    return head + print(getKey(value, key), place);
  });
  return `{${parts.join(nextLine(indent + 1))}}`;
}

function printList(list: readonly unknown[], { indent, behind, depth }: Place): string {
  const [open, close] = list instanceof Tuple ? ['(', list.length === 1 ? ',)' : ')'] : ['[', ']'];
  const parts = list.map((part, i) => {
    const isLast = i === list.length - 1;
    return print(part, { indent: indent + 1, behind: isLast ? behind + close.length : 1, depth: depth + 1 });
  });
  return open + parts.join(nextLine(indent + 1)) + close;
}

const nextLine = (indent: number): string => `,\n${' '.repeat(indent)}`;

/** Long text as several literals, one a line: first by its own lines, then between words. On its own it has brackets around it. */
function printText(text: string, place: Place): string {
  const isAlone = place.depth === 1;
  const indent = isAlone ? place.indent + 1 : place.indent;
  const room = WIDTH - indent;
  const lastRoom = room - (isAlone ? place.behind + 1 : place.behind);
  const lines = splitLines(text, true);
  const literals = lines.flatMap((line, i) => {
    const isLast = i === lines.length - 1;
    const whole = toRepr(line);
    return whole.length <= (isLast ? lastRoom : room)
      ? [whole]
      : wrapped(line, room, isLast ? lastRoom : room);
  });
  if (literals.length === 1) return literals[0] as string;
  const joined = literals.join(`\n${' '.repeat(indent)}`);
  return isAlone ? `(${joined})` : joined;
}

/** As many words in each literal as there is room for. */
function wrapped(line: string, room: number, lastRoom: number): string[] {
  const words = line.match(/\S+\s*|\s+/g) ?? [];
  const literals: string[] = [];
  let current = '';
  words.forEach((word, i) => {
    const longer = current + word;
    if (toRepr(longer).length <= (i === words.length - 1 ? lastRoom : room)) current = longer;
    else {
      if (current !== '') literals.push(toRepr(current));
      current = word;
    }
  });
  return [...literals, toRepr(current)];
}

function sorted(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new PyValueError(`data is nested more than ${MAX_DEPTH} deep`);
  if (isMapping(value)) {
    return Dict.from(orderedKeys(value).map((key) => [key, sorted(getKey(value, key), depth + 1)] as const));
  }
  if (!Array.isArray(value)) return value;
  const parts = value.map((part) => sorted(part, depth + 1));
  return value instanceof Tuple ? tuple(parts) : parts;
}

/** Keys of several types have no order, and stay as they are. */
function orderedKeys(value: Mapping): unknown[] {
  try {
    return sortedKeys(value);
  } catch {
    return [...(value instanceof Map ? value.keys() : Object.keys(value))];
  }
}
