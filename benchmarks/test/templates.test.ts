import { expect, it } from '@jest/globals';
import { digestOf, jinjaWorkloads, microdotTemplate, nunjucksTemplate } from '../lib/templates.js';

const workloads = await jinjaWorkloads();

it.each(workloads)('$id is what Jinja2 renders', (workload) => {
  expect(digestOf(microdotTemplate(workload).render(workload.context))).toBe(workload.sha256);
});

it('nunjucks renders the tables, and not the pages', () => {
  const known = workloads.filter((workload) => nunjucksTemplate(workload) !== undefined).map(({ id }) => id);
  expect(known).toEqual(['table', 'nested']);
});
