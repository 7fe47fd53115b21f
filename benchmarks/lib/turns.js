/**
 * Who is when under load: everybody once in every round, and in every round another one first. What happens on the machine in the
 * meantime so happens to all of them.
 *
 * @template T
 * @param {readonly T[]} list
 * @param {number} rounds
 * @returns {Generator<{ item: T; round: number }>}
 */
export function* turns(list, rounds) {
  for (let round = 0; round < rounds; round++) {
    const first = round % list.length;
    for (const item of [...list.slice(first), ...list.slice(0, first)]) yield { item, round };
  }
}
