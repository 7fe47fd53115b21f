import { describe, expect, it } from '@jest/globals';
import { errorOf, template } from './collect.ts';

const long = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen';
const context = {
  long,
  users: [{ name: 'Zed' }, { name: 'amy' }],
  h: '<b>',
  d: { a: 1 },
};
const render = (source: string): string => template(source, { autoescape: false }).render(context);

/** Asked of Jinja2 3.1.2, beside the recorded cases. */
describe('what Python has of its own', () => {
  it.each([
    ['{{ 1.foo }}{{ 1 .foo }}{{ [1]["0"] }}', ''],
    ["{{ 'ß'|capitalize }} {{ 'ß'.title() }}", 'Ss Ss'],
    ["{{ '²'.isdigit() }} {{ '²'.isdecimal() }}", 'True False'],
    ["{{ ' a  b c '.split(none, 1) }} {{ ' a b c '.rsplit(none, 1) }}", "['a', 'b c '] [' a b', 'c']"],
    ["{{ '%a'|format('é') }} {{ '{!a}'.format('😀') }}", "'\\xe9' '\\U0001f600'"],
    ["{{ ['\\u2028\\u200b é'] }}", "['\\u2028\\u200b é']"],
    ["{{ users|groupby('name')|map(attribute='grouper')|list }}", "['amy', 'Zed']"],
    [
      "{{ 'https://localhost:80/x'|urlize }}",
      '<a href="https://localhost:80/x" rel="noopener">https://localhost:80/x</a>',
    ],
    ['{{ (2.0).is_integer() }}', 'True'],
    [
      '{% block a %}A{% endblock %}{{ self.a is defined }}{{ self["a"]() }}{{ self.b is defined }}',
      'ATrueAFalse',
    ],
    [
      "{{ {'text': long, 'list': [long]}|pprint }}",
      "{'list': ['one two three four five six seven eight nine ten eleven twelve '\n" +
        "          'thirteen fourteen fifteen'],\n" +
        " 'text': 'one two three four five six seven eight nine ten eleven twelve '\n" +
        "         'thirteen fourteen fifteen'}",
    ],
    [
      '{{ long|pprint }}',
      "('one two three four five six seven eight nine ten eleven twelve thirteen '\n 'fourteen fifteen')",
    ],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected);
  });

  it('escapes what is to be replaced in markup, as markup has it escaped', () => {
    const source =
      "{% set m = 'a&amp;b<'|safe %}{{ m|replace('&', '+') }} {{ m.replace('&', '<') }} {{ m|replace('<', '[') }}";
    expect(template(source, { autoescape: true }).render()).toBe('a+b< a&lt;b< a&amp;b<');
  });

  it.each([
    ["{{ users|selectattr('a.b')|list }}", 'UndefinedError'],
    ["{{ '{} {1}'.format(1, 2) }}", 'ValueError'],
    ["{{ '{:>5}'.format(none) }}", 'TypeError'],
    ["{{ '{a.b}'.format(a=1) }}", 'AttributeError'],
    ["{{ '{a[b]}'.format(a=d) }}", 'KeyError'],
    ["{{ '{a[1]}'.format(a=[]) }}", 'IndexError'],
    ['{% extends none %}', 'TemplateNotFound'],
    ['{% macro m(caller) %}{% endmacro %}', 'TemplateAssertionError'],
  ])('%s is a %s', async (source, name) => {
    expect((await errorOf(() => render(source))).name).toBe(name);
  });
});
