import { plain, type Type } from '../types/type.ts';

/** What `{**other}` and `update(other)` bring into a dictionary; `maker` is the place that always does. */
export function takeDict(type: Type, other: Type, maker?: object): void {
  const cell = type.atom('dict')?.cell;
  if (!cell) return;
  const source = other.atom('dict')?.cell;
  if (!source) {
    cell.setDynamic();
    cell.values.take(plain('any'));
    cell.keys.take(plain('str'));
    return;
  }
  cell.keys.take(source.keys);
  if (source.isDynamic) cell.setDynamic();
  cell.takeValue(source.values);
  for (const [name, field] of source.fields)
    cell.field(name, source.isOptional(name) ? undefined : maker).take(field.type);
}
