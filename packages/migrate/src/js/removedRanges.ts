/** The ranges to remove so that some items of a list go, with the commas between them. */
export function removedRanges(
  items: readonly { readonly range: readonly [number, number] }[],
  goes: (index: number) => boolean,
): [number, number][] {
  const ranges: [number, number][] = [];
  for (let from = 0; from < items.length; from++) {
    if (!goes(from)) continue;
    let to = from;
    while (to + 1 < items.length && goes(to + 1)) to++;
    const [first, last, next, previous] = [items[from], items[to], items[to + 1], items[from - 1]];
    if (first && next) ranges.push([first.range[0], next.range[0]]);
    else if (first && last) ranges.push([previous ? previous.range[1] : first.range[0], last.range[1]]);
    from = to;
  }
  return ranges;
}
