import { median, spread } from './statistics.js';

/**
 * What a server took, over all rounds.
 *
 * @typedef {object} Summary
 * @property {string} server
 * @property {number} cpu the CPU time of a request in microseconds, the median
 * @property {number} perSecond requests per second, the median
 * @property {{ low: number; median: number; high: number } | undefined} ratio the CPU time of the baseline divided by its own, in
 * every round: the median and the quartiles. Nothing where the baseline was not run
 * @property {number} badAnswers
 * @property {number} failures
 */

/**
 * @param {import('./measure.js').Result[]} results
 * @param {string} baseline the name of a server
 * @returns {Summary[]}
 */
export function summarize(results, baseline) {
  const reference = results.find(({ server }) => server === baseline)?.runs ?? [];
  return results
    .filter(({ runs }) => runs.length > 0)
    .map(({ server, runs }) => ({
      server,
      cpu: median(runs.map(({ cpu }) => cpu)),
      perSecond: median(runs.map(({ perSecond }) => perSecond)),
      ratio:
        reference.length === 0 ? undefined : spread(runs.map(({ cpu }, i) => (reference[i]?.cpu ?? 0) / cpu)),
      badAnswers: sum(runs.map(({ badAnswers }) => badAnswers)),
      failures: sum(runs.map(({ failures }) => failures)),
    }));
}

/**
 * The summaries as a table of Markdown, which is readable in a terminal too. Whoever takes the least CPU comes first.
 *
 * @param {Summary[]} summaries
 * @param {string} baseline
 * @param {string} [what] what was counted
 */
export function table(summaries, baseline, what = 'request') {
  const rows = summaries
    .toSorted((a, b) => a.cpu - b.cpu)
    .map(({ server, cpu, perSecond, ratio }) => [
      server,
      cpu.toFixed(1),
      Math.round(perSecond).toLocaleString('en'),
      ratio ? ratio.median.toFixed(2) : '',
      ratio && server !== baseline ? `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}` : '',
    ]);
  const head = ['server', `CPU µs/${what}`, `${what}s/s`, `${baseline} = 1`, 'quartiles'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/**
 * What went wrong, a line each.
 *
 * @param {import('./measure.js').Result[]} results
 * @param {Summary[]} summaries
 */
export function troubles(results, summaries) {
  const excluded = results.flatMap(({ server, excluded }) =>
    excluded ? [`${server} takes no part: ${excluded}`] : [],
  );
  const failed = summaries.flatMap(({ server, badAnswers, failures }) =>
    badAnswers + failures > 0
      ? [`${server}: ${badAnswers} answers were no success, ${failures} requests failed`]
      : [],
  );
  return [...excluded, ...failed];
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
