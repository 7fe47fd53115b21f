import { expect, it } from '@jest/globals';
import { Progress } from '../../src/cli/progress.ts';

function said(showsProgress: boolean, times: number[]): string[] {
  const lines: string[] = [];
  let time = 0;
  const progress = new Progress({ showsProgress, stderr: (text) => void lines.push(text) }, 9, () => time);
  for (const [index, at] of times.entries()) {
    time = at;
    progress.show((index + 1) / times.length);
  }
  progress.end();
  return lines;
}

it('says how far a long run is, at most ten times a second, and clears that in the end', () => {
  expect(said(true, [100, 450, 520, 560, 640, 900])).toEqual([
    '\r50 % of 9 files\x1b[K',
    '\r83 % of 9 files\x1b[K',
    '\r100 % of 9 files\x1b[K',
    '\r\x1b[K',
  ]);
});

it('says nothing of a short run', () => {
  expect(said(true, [10, 20, 30])).toEqual([]);
});

it('says nothing where nobody looks', () => {
  expect(said(false, [600, 1200])).toEqual([]);
});
