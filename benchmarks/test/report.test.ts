import { expect, it } from '@jest/globals';
import type { Result } from '../lib/measure.js';
import { summarize, table, troubles } from '../lib/report.js';

function result(server: string, cpu: number[]): Result {
  return { server, runs: cpu.map((cpu) => ({ cpu, perSecond: 1e6 / cpu, badAnswers: 0, failures: 0 })) };
}

it('compares the CPU time of a server to that of the baseline in the same round', () => {
  // The machine is twice as slow in the second round, and that is nobody's fault.
  const [, other] = summarize(
    [result('node-http', [10, 20, 10]), result('other', [20, 40, 16])],
    'node-http',
  );
  expect(other?.cpu).toBe(20);
  expect(other?.ratio).toEqual({ low: 0.5, median: 0.5, high: 0.5625 });
});

it('compares to nothing where the baseline was not run', () => {
  expect(summarize([result('other', [20])], 'node-http')[0]?.ratio).toBeUndefined();
});

it('prints a table of Markdown, with whoever takes the least CPU first', () => {
  const summaries = summarize([result('other', [20, 20]), result('node-http', [10, 10])], 'node-http');
  expect(table(summaries, 'node-http')).toBe(
    `
| server    | CPU µs/request | requests/s | node-http = 1 |    quartiles |
| --------- | -------------: | ---------: | ------------: | -----------: |
| node-http |           10.0 |    100,000 |          1.00 |              |
| other     |           20.0 |     50,000 |          0.50 | 0.50 to 0.50 |`.trimStart(),
  );
});

it('reports the servers that took no part, and answers that were none', () => {
  const results: Result[] = [
    { server: 'failing', runs: [{ cpu: 20, perSecond: 1, badAnswers: 3, failures: 1 }] },
    { server: 'absent', runs: [], excluded: 'the status is 500' },
  ];
  expect(troubles(results, summarize(results, 'node-http'))).toEqual([
    'absent takes no part: the status is 500',
    'failing: 3 answers were no success, 1 requests failed',
  ]);
});
