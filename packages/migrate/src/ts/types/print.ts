import type { Atom, DictCell, Type } from './type.ts';

/** How the printer learns of names that are not its own, and has them imported. */
export interface TypeNames {
  /** The name of a class or of a type of a library; `undefined` where there is none. */
  nameOf(atom: Extract<Atom, { kind: 'instance' | 'named' }>): string | undefined;
}

/** The type as TypeScript has it; `any` where nothing is known. */
export function printType(type: Type, names: TypeNames, depth = 0): string {
  if (type.isAny || depth > 4) return 'any';
  const parts = new Set<string>();
  for (const atom of type.atoms) {
    const text = printAtom(atom, names, depth);
    if (text === 'any') return 'any';
    parts.add(text);
  }
  const ordered = [...parts].filter((part) => part !== 'null');
  if (ordered.length > 3) return 'any';
  if (parts.has('null')) ordered.push('null');
  return ordered.map((part) => (ordered.length > 1 && part.includes('=>') ? `(${part})` : part)).join(' | ');
}

function printAtom(atom: Atom, names: TypeNames, depth: number): string {
  const inner = (type: Type) => printType(type, names, depth + 1);
  switch (atom.kind) {
    case 'plain':
      return PLAIN[atom.key];
    case 'list':
      return atom.cell.shape && isMixed(atom.cell.shape, inner)
        ? `[${atom.cell.shape.map(inner).join(', ')}]`
        : arrayOf(inner(atom.cell.elem));
    case 'tuple':
      return `readonly [${atom.items.map(inner).join(', ')}]`;
    case 'set':
      return `Set<${inner(atom.elem)}>`;
    case 'iterator':
      return `Iterable<${inner(atom.elem)}>`;
    case 'asyncIterator':
      return `AsyncIterable<${inner(atom.elem)}>`;
    case 'promise':
      return `Promise<${inner(atom.elem)}>`;
    case 'dict':
      return printDict(atom.cell, inner);
    default:
      return names.nameOf(atom) ?? 'any';
  }
}

const PLAIN = {
  none: 'null',
  bool: 'boolean',
  int: 'number',
  float: 'number',
  str: 'string',
  bytes: 'Uint8Array',
  any: 'any',
} as const;

function isMixed(shape: readonly Type[], inner: (type: Type) => string): boolean {
  return shape.length > 1 && new Set(shape.map(inner)).size > 1;
}

export function arrayOf(item: string): string {
  return /[|]|=>|^readonly /.test(item) && !/^\{[^}]*\}$/.test(item) ? `(${item})[]` : `${item}[]`;
}

/** Dictionaries are objects where their keys are text, and maps where they are not, as far as is known of them. */
export function isMap(cell: DictCell): boolean {
  const known = cell.keys.atoms.filter(({ key }) => key !== 'any');
  return known.length > 0 && !cell.keys.has('str') && cell.fields.size === 0;
}

/** An object with the same properties wherever it is made. */
export function isRecord(cell: DictCell): boolean {
  return cell.fields.size > 0 && !cell.isDynamic;
}

function printDict(cell: DictCell, inner: (type: Type) => string): string {
  if (isMap(cell)) return `Map<${inner(cell.keys)}, ${inner(cell.values)}>`;
  // Of values of several types TypeScript would want to know each time which it is.
  if (!isRecord(cell)) return `Record<string, ${isOne(cell.values) ? inner(cell.values) : 'any'}>`;
  const fields = [...cell.fields].map(
    ([name, { type }]) => `${propertyName(name)}${cell.isOptional(name) ? '?' : ''}: ${inner(type)}`,
  );
  return `{ ${fields.join('; ')} }`;
}

function isOne(type: Type): boolean {
  return type.present.atoms.length <= 1 || type.present.is('int', 'float');
}

export function propertyName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : `'${name.replace(/['\\]/g, '\\$&')}'`;
}
