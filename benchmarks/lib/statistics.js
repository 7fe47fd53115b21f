/**
 * The value that a share of the values lies below. What is no number does not count: a round in which wrk got no CPU tells
 * nothing.
 *
 * @param {readonly number[]} values
 * @param {number} share 0.5 for the median
 */
export function quantile(values, share) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * Where the values lie: the median, and the quartiles around it.
 *
 * @param {readonly number[]} values
 */
export function spread(values) {
  return { low: quantile(values, 0.25), median: median(values), high: quantile(values, 0.75) };
}
