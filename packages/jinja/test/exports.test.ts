import { expect, it } from '@jest/globals';
import * as jinja from '@microdot/jinja';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(jinja).sort()).toEqual([
    'AsyncValueError',
    'DictLoader',
    'DirectoryLoader',
    'Environment',
    'FilterArgumentError',
    'JinjaError',
    'LimitError',
    'PyArithmeticError',
    'PyAssertionError',
    'PyLookupError',
    'PyRuntimeError',
    'PySyntaxError',
    'PyTypeError',
    'PyValueError',
    'RenderableTemplate',
    'Template',
    'TemplateAssertionError',
    'TemplateNotFound',
    'TemplateRuntimeError',
    'TemplateSyntaxError',
    'TemplatesNotFound',
    'UndefinedError',
    'escape',
    'isMarkup',
    'markup',
    'precompile',
    'selectAutoescape',
  ]);
});
