import type { Target } from './target.ts';

/**
 * The rules of each target, as `--rule` and `--disable` name them; they are written down here, so that nothing has to be loaded
 * to know them. The imports of `py2` are written whichever rules run, and with `--rule imports` nothing else is; a port is one
 * piece.
 */
export const RULE_NAMES: Readonly<Record<Target, readonly string[]>> = {
  py2: [
    'imports',
    'templates',
    'sessions',
    'tls',
    'websocket-errors',
    'test-cases',
    'read-timeout',
    'sleep',
    'async',
    'async-values',
    'changed-api',
    'environment',
    'requirements',
  ],
  ts: [],
  js: [
    'names',
    'defaults',
    'members',
    'mocks',
    'templates',
    'sessions',
    'tls',
    'comments',
    'modules',
    'package-json',
    'tsconfig',
  ],
};
