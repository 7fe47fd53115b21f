import { JS_RULES } from './js/ruleNames.ts';
import { IMPORTS } from './py2/imports/rewrite.ts';
import { RULES } from './py2/rules.ts';
import type { Target } from './target.ts';

/**
 * The rules of each target, as `--rule` and `--disable` name them. The imports of `py2` are written whichever rules run, and
 * with `--rule imports` nothing else is; a port is one piece.
 */
export const RULE_NAMES: Readonly<Record<Target, readonly string[]>> = {
  py2: [...new Set([IMPORTS, ...RULES.map((rule) => rule.name)])],
  ts: [],
  js: JS_RULES,
};
