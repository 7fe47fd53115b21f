import type { AnyFunction } from '../nunjucks.ts';
import { htmlFilters } from './html.ts';
import { numberFilters } from './numbers.ts';
import { selectionFilters } from './selection.ts';
import { sequenceFilters } from './sequences.ts';
import { stringFilters } from './strings.ts';

/** Jinja's filters. Those that only nunjucks has (`dump`, `nl2br`, ...) are there beside them. */
export const jinjaFilters: Readonly<Record<string, AnyFunction>> = {
  ...stringFilters,
  ...htmlFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...selectionFilters,
} as unknown as Readonly<Record<string, AnyFunction>>;
