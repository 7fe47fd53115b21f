import { JS_RULES } from './js/ruleNames.ts';
import { RULES } from './py2/rules.ts';
import type { Target } from './target.ts';

/** The rules of each target, as `--rule` and `--disable` name them. */
export const RULE_NAMES: Readonly<Record<Target, readonly string[]>> = {
  py2: [...RULES.map((rule) => rule.name), 'imports', 'try-import'],
  ts: [],
  js: JS_RULES,
};
