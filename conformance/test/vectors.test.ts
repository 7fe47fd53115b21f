import { describe, expect, it } from '@jest/globals';
import { transports, vectorFolder } from '../src/cli.ts';
import { families } from '../src/families.ts';
import { report } from '../src/report.ts';
import { readFamily } from '../src/vectors.ts';

const runs = transports.flatMap((transport) => [
  { title: transport.name, transport, isAsync: false },
  { title: `${transport.name}, with asynchronous handlers`, transport, isAsync: true },
]);

describe.each(Object.entries(families).filter(([, replay]) => replay))('%s', (family, replay) => {
  it.each(runs)('answers as recorded over $title', async ({ transport, isAsync }) => {
    const file = await readFamily(vectorFolder, family);
    expect(file?.cases.length).toBeGreaterThan(0);
    const outcomes = (await replay?.(file ?? { cases: [] }, { transport, isAsync })) ?? [];
    const { lines, isPassed } = report(family, outcomes);
    // The lines say what differs.
    expect({ lines, isPassed }).toEqual({ lines, isPassed: true });
  });
});
