import { expect, it } from '@jest/globals';
import { SOURCE_RULES } from '../src/js/migrateSource.ts';
import { IMPORTS } from '../src/py2/imports/rewrite.ts';
import { RULES } from '../src/py2/rules.ts';
import { RULE_NAMES } from '../src/ruleNames.ts';

it('every rule can be named', () => {
  expect(RULE_NAMES.py2).toEqual([...new Set([IMPORTS, ...RULES.map(({ name }) => name)])]);
  expect(RULE_NAMES.js).toEqual([...SOURCE_RULES, 'package-json', 'tsconfig']);
});
