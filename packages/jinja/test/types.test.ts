import { expect, it } from '@jest/globals';
import {
  Environment,
  type EnvironmentOptions,
  JinjaError,
  type JinjaErrorCode,
  type Markup,
  markup,
  type RenderContext,
} from '@microdot/jinja';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_?: T): void => {};

interface Page {
  title: string;
}

it('types say what the methods give and take', () => {
  const environment = new Environment({ templates: { a: '{{ title }}' }, maxOutput: 1000 });
  const template = environment.getTemplate('a');
  const page: Page = { title: 'x' };
  holds<Equal<ReturnType<typeof template.render>, string>>();
  holds<Equal<ReturnType<typeof template.renderAsync>, Promise<string>>>();
  holds<Equal<ReturnType<typeof template.generate>, Generator<string, void, undefined>>>();
  holds<Equal<ReturnType<typeof template.generateAsync>, AsyncGenerator<string, void, undefined>>>();
  // An interface is a context, which has no index signature.
  expect(template.render(page)).toBe('x');
  // @ts-expect-error: a context is an object
  void (() => template.render('x'));
  // @ts-expect-error: there is no such option
  void (() => new Environment({ autoEscape: true }));
  // @ts-expect-error: there is no such mode
  void (() => new Environment({ undefined: 'loose' }));
  // @ts-expect-error: there is no such extension
  void (() => new Environment({ extensions: ['dont'] }));
  const options: EnvironmentOptions = {
    filters: { shorten: (text: string, length: number) => text.slice(0, length) },
    tests: { long: (text: string) => text.length > 10 },
  };
  environment.addFilter('who', function (this: RenderContext, value: string) {
    return `${value} ${this.lookup('user')}`;
  });
  const safe: Markup = markup('<b>');
  holds<Equal<typeof safe.val, string>>();
  const error = new JinjaError('RUNTIME', 'x');
  holds<Equal<typeof error.code, JinjaErrorCode>>();
  // @ts-expect-error: a code is one of those that there are
  void (() => new JinjaError('OTHER', 'x'));
  expect(new Environment(options).fromString('{{ "abc"|shorten(2) }}').render()).toBe('ab');
});
