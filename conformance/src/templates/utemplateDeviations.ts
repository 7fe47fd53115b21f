import type { Deviation } from '../deviations.ts';

/** What is rendered where utemplate fails by accident. */
export interface UTemplateDeviation extends Pick<Deviation, 'name' | 'reason'> {
  readonly text: string;
}

const emptyBlock = {
  name: 'empty-block',
  reason: 'utemplate makes Python without a statement of a block without text, which Python refuses',
};
const nestedInclude = {
  name: 'include-in-include',
  reason: 'utemplate forgets where templates are when it compiles one that is included',
};
const dynamicFirst = {
  name: 'dynamic-include-first',
  reason: 'utemplate gets the indentation wrong where a template begins with {% include {{name}} %}',
};

/** By case. */
export const instead: Readonly<Record<string, UTemplateDeviation>> = {
  'u.if-13': { ...emptyBlock, text: 'done\n' },
  'u.include-06': { ...nestedInclude, text: '12321\n' },
  'u.include-16': { ...dynamicFirst, text: '1+2\n' },
};
