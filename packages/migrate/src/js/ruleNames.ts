import { SOURCE_RULES } from './migrateSource.ts';

/** The rules of `js`: those for sources, and one for each kind of manifest. */
export const JS_RULES: readonly string[] = [...SOURCE_RULES, 'package-json', 'tsconfig'];
