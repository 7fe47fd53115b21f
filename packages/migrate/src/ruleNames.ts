import { JS_RULES } from './js/ruleNames.ts';
import type { Target } from './target.ts';

/** The rules of each target, as `--rule` and `--disable` name them. */
export const RULE_NAMES: Readonly<Record<Target, readonly string[]>> = {
  py2: [],
  ts: [],
  js: JS_RULES,
};
