import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { differences } from './compare.ts';
import { type Answer, Exchange, type Step } from './exchange.ts';
import { fixture, portFolder, start, typeErrors } from './project.ts';

/** Needs a board: its ports have stand-ins for the hardware that throw. They are type-checked, and not run. */
const HARDWARE = ['app-04-home-board'];

const NOT_ALLOWED = 'the body of 405 is that of Microdot 2, where 1.x says "Not found"';

/** Steps whose answers differ, and why. */
const DEVIATIONS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'app-01-todo-session': { 9: NOT_ALLOWED },
  'app-07-sensors-utemplate': { 1: 'a template prints the float 12.0, which is the number 12 in JavaScript' },
  'app-09-admin-hooks': { 11: NOT_ALLOWED },
  'app-11-static-gzip': { 8: 'a file that is missing is 404, where 1.x fails with 500' },
  auction: { 22: 'what depends on the session says so too, where Microdot has a Vary of its own' },
  blog: { 24: 'a file that is missing is 404, where 1.x fails with 500' },
  tasks: { 4: 'a file that is missing is 404, where Python raises what a handler for all errors takes' },
};

/** The folder of each application: those that go through every target, and others in more of ordinary Python. */
const folders = new Map(
  ['apps', 'ports'].flatMap((kind) =>
    readdirSync(fixture(kind)).map((name) => [name, join(fixture(kind), name)] as const),
  ),
);
const names = [...folders.keys()];

beforeAll(() => {
  for (const [name, folder] of folders) portFolder(join(folder, 'input'), name);
});

it('makes projects that type-check under strict', () => {
  expect(typeErrors(names)).toBe('');
}, 120_000);

describe.each(names.filter((name) => !HARDWARE.includes(name)))('%s', (name) => {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(folders.get(name) as string, file), 'utf8')) as { steps: never[] };
  const requests = read('requests.json') as { steps: Step[]; tls?: boolean };
  const recorded = read('recorded.json') as { steps: Answer[] };
  let server: Awaited<ReturnType<typeof start>> | undefined;

  afterAll(() => server?.stop());

  it('answers as Microdot does', async () => {
    server = await start(name, requests.tls ? 'https' : 'http');
    const exchange = new Exchange(server.url);
    const found: string[] = [];
    for (const [i, step] of requests.steps.entries()) {
      if (step.tests || step.exit !== undefined) continue;
      const answer = await exchange.step(step);
      const different = differences(step, recorded.steps[i] as Answer, answer);
      const isKnown = DEVIATIONS[name]?.[i] !== undefined;
      // A deviation that is none any more is to be taken off the list.
      if (isKnown ? different.length === 0 : different.length > 0)
        found.push(`step ${i}: ${different.join('; ') || 'as recorded'}`);
    }
    expect(found).toEqual([]);
  }, 60_000);
});
