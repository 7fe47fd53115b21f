import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Environment, type EnvironmentOptions, precompile } from '@microdot/jinja';
import { errorOf, join } from './collect.ts';

type Precompiled = NonNullable<EnvironmentOptions['precompiled']>;

/** What a module exports that `precompile` has written. */
function load(code: string): Precompiled {
  return new Function(code.replace('export default', 'return'))() as Precompiled;
}

const make = (sources: Record<string, string>, options: EnvironmentOptions = {}): Precompiled =>
  load(precompile(new Environment(options), sources));

const SITE = {
  'base.html': '<title>{% block title %}{{ site }}{% endblock %}</title>{% block main %}{% endblock %}',
  'page.html': `{% extends "base.html" %}{% from "parts/lib.html" import row, star as mark %}
    {%- block title %}{{ title|shout }} - {{ super() }}{% endblock %}
    {%- block main %}{% for x in items recursive %}{{ row(x.name) }}{{ loop(x.parts)|safe if x.parts }}{% else %}none{% endfor %}
    {%- include ["parts/none.html", "parts/foot.html"] %}{% include "parts/none.html" ignore missing %}
    {%- call mark(3) %}{{ title is short }}{% endcall %}{% set ns = namespace(n=1) %}{% set ns.n = ns.n + 1 %}{{ ns.n }}
    {%- filter upper %}{% trans n=items|length %}{{ n }} item{% pluralize %}{{ n }} items{% endtrans %}{% endfilter %}
    {%- autoescape false %}{{ '<' }}{% endautoescape %}{% endblock %}`,
  'parts/lib.html':
    '{% import "./deep.html" as deep %}{% macro row(x) %}<p>{{ deep.bold(x) }}{% endmacro %}{% macro star(n) %}{{ "*" * n }}{{ caller() }}{% endmacro %}',
  'parts/deep.html': '{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}',
  'parts/foot.html': '<i>{{ title }}</i>',
};

const OPTIONS: EnvironmentOptions = {
  filters: { shout: (text: string) => `${text}!` },
  tests: { short: (text: string) => text.length < 9 },
  globals: { site: 'Shop' },
  extensions: ['i18n'],
};

describe('precompiled templates', () => {
  const context = { title: '<Books>', items: [{ name: 'a', parts: [{ name: '&' }] }] };
  const expected =
    '<title>&lt;Books&gt;! - Shop</title><p><b>a</b><p><b>&amp;</b><i>&lt;Books&gt;</i>***True21 ITEM<';

  it('make the same page as others, in each way', async () => {
    const precompiled = make(SITE, OPTIONS);
    for (const source of [{ precompiled }, { templates: SITE }]) {
      const page = new Environment({ ...OPTIONS, ...source }).getTemplate('page.html');
      expect(page.render(context)).toBe(expected);
      expect(await page.renderAsync({ ...context, title: Promise.resolve('<Books>') })).toBe(expected);
      expect(await join(page.generateAsync(context))).toBe(expected);
    }
  });

  it('have filters of the environment that uses them, and errors with name and line', async () => {
    const precompiled = make(SITE, OPTIONS);
    const filters = { shout: (text: string) => `${text}?` };
    const page = new Environment({ ...OPTIONS, precompiled, filters }).getTemplate('page.html');
    expect(page.render(context)).toContain('<title>&lt;Books&gt;?');
    const without = new Environment({ ...OPTIONS, precompiled, filters: {} }).getTemplate('page.html');
    expect(await errorOf(() => without.render(context))).toMatchObject({
      code: 'RUNTIME',
      message: "page.html:2: No filter named 'shout' found.",
    });
    const missing = new Environment({ precompiled: make({ a: '\n{% include "b" %}' }) }).getTemplate('a');
    expect(await errorOf(() => missing.render())).toMatchObject({
      code: 'NOT_FOUND',
      lineno: 2,
      templateName: 'a',
    });
  });

  it('may have any name', async () => {
    const name = '__proto__';
    const environment = new Environment({
      precompiled: make({ [name]: '{{ x }}', '</script>"': 'b' }),
    });
    expect(environment.getTemplate(name).render({ x: 1 })).toBe('1');
    expect(environment.getTemplate('</script>"').render()).toBe('b');
  });

  it.each<[string, EnvironmentOptions, EnvironmentOptions]>([
    ['autoescape', { autoescape: false }, {}],
    ['undefined', {}, { undefined: 'strict' }],
    ['maxOutput', {}, { maxOutput: 10 }],
    ['maxIterations', {}, { maxIterations: 10 }],
    ['newStyleGettext', { extensions: ['i18n'], newStyleGettext: true }, { extensions: ['i18n'] }],
  ])('are refused with another option %s, which they would not follow', async (name, before, after) => {
    const precompiled = make({ 'a.html': '{{ x }}' }, before);
    expect(await errorOf(() => new Environment({ ...after, precompiled }))).toMatchObject({
      code: 'INVALID_OPTION',
      message: `the template 'a.html' was precompiled with another option ${name}: precompile it with the options that it is used with`,
    });
    const same = new Environment({ ...before, precompiled }).getTemplate('a.html');
    expect(same.render({ x: 1 })).toBe('1');
  });

  it('are refused where another version has written them', async () => {
    const code = precompile(new Environment(), { a: 'x' });
    const message =
      "the template 'a' was precompiled by another version of @microdot/jinja: precompile it again";
    for (const stale of [code.replace('"format":', '"format":9'), code.replace(/settings: \{[^}]*\}/, '')]) {
      expect(stale).not.toBe(code);
      const precompiled = load(stale);
      expect(await errorOf(() => new Environment({ precompiled }))).toMatchObject({ message });
    }
  });

  // Where this fails, the code of templates has become another. If what was written before does not do any more, raise FORMAT in
  // src/settings.ts. In any case, put in the new sum.
  it('are written as FORMAT says', () => {
    const code = precompile(new Environment(OPTIONS), SITE);
    expect([
      code.match(/"format":(\d+)/)?.[1],
      createHash('sha256').update(code).digest('hex').slice(0, 16),
    ]).toEqual(['1', '09db5060936f74ca']);
  });
});
