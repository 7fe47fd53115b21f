import { withoutArguments } from '../methods/parameters.ts';
import type { AnyFunction } from '../nunjucks.ts';
import { htmlFilters } from './html.ts';
import { numberFilters } from './numbers.ts';
import { selectionFilters } from './selection.ts';
import { sequenceFilters } from './sequences.ts';
import { stringFilters } from './strings.ts';

/** Jinja's filters. Those that only nunjucks has (`dump`, `nl2br`, ...) are there beside them. */
/** These take any arguments, and pass them on. */
const ANY_ARGUMENTS = ['format', 'map', 'select', 'reject', 'selectattr', 'rejectattr'];

export const jinjaFilters: Readonly<Record<string, AnyFunction>> = withoutArguments(
  {
    ...stringFilters,
    ...htmlFilters,
    ...numberFilters,
    ...sequenceFilters,
    ...selectionFilters,
  },
  ANY_ARGUMENTS,
) as Readonly<Record<string, AnyFunction>>;
