import { ValueError } from './errors.ts';
import type { Untyped } from './untyped.ts';

/** How long the values are that the letters of Python's `struct` stand for. */
const SIZES: Readonly<Record<string, number>> = {
  x: 1,
  c: 1,
  b: 1,
  B: 1,
  '?': 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  q: 8,
  Q: 8,
  f: 4,
  d: 8,
};

/** The parts of a format, each with its place. Without one of `<>!=` in front, values stand where their size divides, as in C. */
function layout(format: string): {
  parts: { letter: string; count: number; at: number }[];
  size: number;
  little: boolean;
} {
  const isAligned = !/^[<>!=]/.test(format);
  const parts: { letter: string; count: number; at: number }[] = [];
  let size = 0;
  for (const [, digits = '', letter = ''] of format.replace(/^[@=<>!]/, '').matchAll(/(\d*)([a-zA-Z?])/g)) {
    const count = digits === '' ? 1 : Number(digits);
    const each = letter === 's' ? count : SIZES[letter];
    if (each === undefined) throw new ValueError(`bad char in struct format: ${letter}`);
    for (let i = 0; i < (letter === 's' ? 1 : count); i++) {
      if (isAligned && letter !== 's') size = Math.ceil(size / each) * each;
      if (letter !== 'x') parts.push({ letter, count, at: size });
      size += each;
    }
  }
  return { parts, size, little: !/^[>!]/.test(format) };
}

/** Python's `struct.calcsize()`. */
export function structSize(format: string): number {
  return layout(format).size;
}

/** Python's `struct.pack()`. */
export function pack(format: string, ...values: Untyped[]): Uint8Array {
  const { parts, size, little } = layout(format);
  if (parts.length !== values.length)
    throw new ValueError(`pack expected ${parts.length} items for packing (got ${values.length})`);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  for (const [i, { letter, count, at }] of parts.entries()) {
    const value = values[i];
    if (letter === 's' || letter === 'c') bytes.set((value as Uint8Array).subarray(0, count), at);
    else if (letter === 'f') view.setFloat32(at, value, little);
    else if (letter === 'd') view.setFloat64(at, value, little);
    else if (/[qQ]/.test(letter)) view.setBigInt64(at, BigInt(value), little);
    else if (/[hH]/.test(letter)) view.setInt16(at, value, little);
    else if (/[iIlL]/.test(letter)) view.setInt32(at, value, little);
    else view.setInt8(at, Number(value));
  }
  return bytes;
}

/** Python's `struct.unpack()` and `struct.unpack_from()`. */
export function unpack(format: string, bytes: Uint8Array, offset = 0): Untyped[] {
  const { parts, size, little } = layout(format);
  if (bytes.length < offset + size) throw new ValueError(`unpack requires a buffer of ${size} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  return parts.map(({ letter, count, at }) => {
    switch (letter) {
      case 's':
      case 'c':
        return bytes.slice(offset + at, offset + at + count);
      case 'b':
        return view.getInt8(at);
      case '?':
        return view.getUint8(at) !== 0;
      case 'h':
        return view.getInt16(at, little);
      case 'H':
        return view.getUint16(at, little);
      case 'i':
      case 'l':
        return view.getInt32(at, little);
      case 'I':
      case 'L':
        return view.getUint32(at, little);
      case 'q':
        return Number(view.getBigInt64(at, little));
      case 'Q':
        return Number(view.getBigUint64(at, little));
      case 'f':
        return view.getFloat32(at, little);
      case 'd':
        return view.getFloat64(at, little);
      default:
        return view.getUint8(at);
    }
  });
}

/** Python's `zlib.crc32()`. */
export function crc32(bytes: Uint8Array, start = 0): number {
  let crc = ~start;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
