import { call } from './call.ts';
import { order } from './compare.ts';
import { toList } from './iterate.ts';
import type { Named } from './method.ts';
import { truth } from './text.ts';
import { isNone } from './values.ts';

/** What `sorted(items, key=..., reverse=...)` gives: equal ones stay in their order, also in reverse. */
export function sorted(items: unknown, named: Named): unknown[] {
  const key = named.get('key');
  const keyed = toList(items).map((item) => ({ item, key: isNone(key) ? item : call(key, [item]) }));
  const direction = truth(named.get('reverse')) ? -1 : 1;
  return keyed.sort((a, b) => direction * order(a.key, b.key)).map(({ item }) => item);
}
