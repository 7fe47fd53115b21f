import { JS_RULES } from './js/ruleNames.ts';
import { RULES } from './py2/rules.ts';
import type { Target } from './target.ts';

/**
 * The rules of each target, as `--rule` and `--disable` name them. What the rules of `py2` need imported is imported
 * whichever of them run; a port is one piece.
 */
export const RULE_NAMES: Readonly<Record<Target, readonly string[]>> = {
  py2: [...new Set(RULES.map((rule) => rule.name))],
  ts: [],
  js: JS_RULES,
};
