import { expect, it } from '@jest/globals';
import { Microdot, Response } from '@microdot/core';
import {
  type BoundTemplate,
  Environment,
  PythonError,
  SafeString,
  Template,
  TemplateError,
  type TemplateErrorCode,
} from '@microdot/utemplate';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_?: T): void => {};

it('types of templates fit handlers', () => {
  const env = new Environment({ templates: { 'a.tpl': '' }, directory: [] });
  const template: BoundTemplate = env.getTemplate('a.tpl');
  const app = new Microdot();
  app.get('/render', () => template.render(1, { user: 'x' }));
  app.get('/renderAsync', () => template.renderAsync());
  app.get('/generate', () => template.generate([1, 2]));
  app.get('/generateAsync', () => template.generateAsync());
  app.get('/response', () => new Response(template.generate(), 404, { 'Content-Type': 'text/html' }));
  holds<Equal<ReturnType<typeof template.render>, string>>();
  holds<Equal<ReturnType<typeof template.renderAsync>, Promise<string>>>();
  const piece = template.generate().next();
  if (!piece.done) holds<Equal<typeof piece.value, string>>();
  expect(app.allowedMethods('/render')).toContain('GET');
});

it('options and errors are typed', () => {
  // @ts-expect-error: there is no such option
  new Environment({ autoEscape: true });
  // @ts-expect-error: there is no such syntax
  expect(() => Template.initialize('templates', { syntax: 'jinja' })).toThrow(TemplateError);
  // @ts-expect-error: the directory is the first argument
  Template.initialize('templates', { directory: 'x' });
  Template.initialize(['templates', 'more'], {
    autoescape: false,
    globals: { x: 1 },
    eta: { useWith: true },
  });
  Template.initialize();
  // @ts-expect-error: a template has a name
  expect(() => new Template()).toThrow(TemplateError);
  const error: TemplateError = new PythonError('KeyError', 'x');
  holds<Equal<typeof error.code, TemplateErrorCode>>();
  holds<Equal<typeof error.line, number | undefined>>();
  // @ts-expect-error: Python has no such exception
  new PythonError('SomeError', 'x');
  expect(String(new SafeString('<b>'))).toBe('<b>');
});
