import { mkdtemp, readdir, rm } from 'node:fs/promises';
import * as os from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, jest } from '@jest/globals';

/** Where temporary files go in a test file that imports this before anything else: nobody else's are among them. */
export const temporary: string = await mkdtemp(join(os.tmpdir(), 'multipart-test-'));

jest.unstable_mockModule('node:os', () => ({ ...os, tmpdir: () => temporary }));

afterEach(async () => {
  expect(await readdir(temporary)).toEqual([]);
});

afterAll(() => rm(temporary, { recursive: true, force: true }));

/** Waits for what takes a moment; the test runner ends what takes too long. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await sleep(5);
}
