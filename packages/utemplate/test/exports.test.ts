import { expect, it } from '@jest/globals';
import * as entry from '@microdot/utemplate';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(entry).sort()).toEqual([
    'BoundTemplate',
    'Environment',
    'PythonError',
    'SafeString',
    'Template',
    'TemplateError',
    'escapeHtml',
  ]);
});
