import type { Outcome } from './replay.ts';

/** How many failures of a family are shown in full. */
const SHOWN = 5;

/** What there is to say about a family, and whether all of it passed. */
export function report(family: string, outcomes: readonly Outcome[]): { lines: string[]; isPassed: boolean } {
  const failed = outcomes.filter(({ differences }) => differences.length > 0);
  const skipped = outcomes.filter(({ skipped }) => skipped !== undefined);
  const passed = outcomes.length - failed.length - skipped.length;
  const lines = [
    `${family}: ${passed} passed, ${failed.length} failed`,
    ...deviationLines(outcomes),
    ...skipped.map(({ id, skipped }) => `  not asked: ${id} - ${skipped}`),
    ...failed
      .slice(0, SHOWN)
      .flatMap(({ id, differences }) => [`  ${id}`, ...differences.map((line) => `    ${line}`)]),
  ];
  if (failed.length > SHOWN) {
    lines.push(
      `  and ${failed
        .slice(SHOWN)
        .map(({ id }) => id)
        .join(', ')}`,
    );
  }
  return { lines, isPassed: failed.length === 0 };
}

function deviationLines(outcomes: readonly Outcome[]): string[] {
  const counts = new Map<NonNullable<Outcome['deviation']>, number>();
  for (const { deviation, differences } of outcomes) {
    if (deviation && differences.length === 0) counts.set(deviation, (counts.get(deviation) ?? 0) + 1);
  }
  return [...counts].map(
    ([{ name, reason }, n]) =>
      `  ${n} of these by a listed deviation from the recording: ${name} - ${reason}`,
  );
}
