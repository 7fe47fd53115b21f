import { isDeepStrictEqual } from 'node:util';
import { MicrodotError, URLPattern } from '@microdot/core';
import { show } from './compare.ts';
import type { Replay } from './replay.ts';
import type { VectorCase } from './vectors.ts';

/** Replays the vectors that match a path against a pattern, which takes no transport. */
export const replayPatterns: Replay = async (file) =>
  file.cases.map((vector) => ({ id: vector.id, differences: compareMatch(vector) }));

function compareMatch({ pattern = '', path = '', match, error }: VectorCase): string[] {
  const what = `${pattern} against ${JSON.stringify(path)}`;
  try {
    const args = new URLPattern(pattern).match(path);
    const came = args ? { ...args } : null;
    if (error !== undefined) return [`${what}: ${show(error)} expected, ${show(came)} came`];
    return isDeepStrictEqual(came, match) ? [] : [`${what}: ${show(match)} expected, ${show(came)} came`];
  } catch (thrown) {
    if (error !== undefined && thrown instanceof MicrodotError && thrown.code === 'INVALID_PATTERN')
      return [];
    return [`${what}: ${show(error ?? match)} expected, ${thrown} came`];
  }
}
