import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Environment, Template, TemplateError } from '@microdot/utemplate';
import { environment, errorOf } from './rendering.ts';

describe('a template', () => {
  it.each(['utemplate', 'eta'] as const)(
    'that is missing is told of with the directory (%s)',
    async (syntax) => {
      const env = new Environment({ directory: ['one', 'two'], syntax });
      const error = await errorOf(() => env.getTemplate('gone.html'));
      expect(error).toMatchObject({ code: 'TEMPLATE_NOT_FOUND' });
      expect(error.message).toContain('"gone.html" in one, two');
    },
  );

  it('that is included and missing is told of when the other is loaded', async () => {
    const error = await errorOf(() =>
      environment({ 'a.tpl': 'x\n {% include "gone.tpl" %}' }).getTemplate('a.tpl'),
    );
    expect(error).toMatchObject({ code: 'TEMPLATE_NOT_FOUND', templateName: 'a.tpl', line: 2, column: 13 });
  });

  it.each([
    '../secret.txt',
    'sub/../../secret.txt',
    '/etc/passwd',
    '..\\secret.txt',
    'C:\\x',
    'C:x',
    'a\0.tpl',
    '',
    '.',
    '..',
    '//x',
  ])('outside of the directory is refused (path traversal): %j', async (name) => {
    for (const syntax of ['utemplate', 'eta'] as const) {
      const { code } = await errorOf(() => new Environment({ directory, syntax }).getTemplate(name));
      expect(['TEMPLATE_OUTSIDE', 'TEMPLATE_NOT_FOUND']).toContain(code);
      if (name.includes('..') && name.includes('secret')) expect(code).toBe('TEMPLATE_OUTSIDE');
    }
  });

  it('is not led outside by what it includes', async () => {
    const env = environment(
      { 'a.tpl': '{% args n %}{% include {{ n }} %}', 'a.eta': '<%~ include(it.n) %>' },
      { directory },
    );
    for (const name of ['a.tpl', 'a.eta']) {
      const error = await errorOf(() => env.getTemplate(name).render({ n: '../secret.txt' }));
      expect(error).toMatchObject({ code: 'TEMPLATE_OUTSIDE', templateName: name, line: 1 });
    }
  });

  let directory: string;
  beforeAll(() => {
    const root = mkdtempSync(join(tmpdir(), 'utemplate-'));
    directory = join(root, 'templates');
    mkdirSync(join(directory, 'sub'), { recursive: true });
    writeFileSync(join(root, 'secret.txt'), 'secret');
    writeFileSync(join(directory, 'page.tpl'), '{% args x %}{{ x }}');
    writeFileSync(join(directory, 'sub', 'inner.tpl'), 'inner');
    symlinkSync('page.tpl', join(directory, 'link.tpl'));
  });
  afterAll(() => rmSync(join(directory, '..'), { recursive: true }));

  it('is found by its name, in a folder too', () => {
    Template.initialize(directory);
    expect(new Template('page.tpl').render(1)).toBe('1');
    expect(new Template('sub/inner.tpl').render()).toBe('inner');
    expect(new Template('./sub/../link.tpl').render(2)).toBe('2');
  });

  it('is compiled anew when its file has changed, unless that is turned off', () => {
    const path = join(directory, 'changing.tpl');
    const write = (text: string, seconds: number): void => {
      writeFileSync(path, text);
      utimesSync(path, seconds, seconds);
    };
    write('one', 1000);
    const [lively, fixed] = [true, false].map((autoReload) =>
      new Environment({ directory, autoReload }).getTemplate('changing.tpl'),
    );
    expect([lively?.render(), fixed?.render()]).toEqual(['one', 'one']);
    write('two', 2000);
    expect([lively?.render(), fixed?.render()]).toEqual(['two', 'one']);
  });
});

describe('a syntax error has a name, a line, a column and an excerpt', () => {
  it.each([
    ['{{ 1 + }}', 7, 'an expression is expected, and this ends here'],
    ['{{ (1 }}', 6, ') is expected'],
    ['{{ x', 1, '{{ without }} on the same line'],
    ['{% if x', 1, '{% without %} on the same line'],
    ['{% if %}', 4, 'if needs a condition'],
    ['{% endif %}', 4, 'nothing is open'],
    ['{% block x %}', 4, 'there are no blocks'],
    ['{% for x y %}', 10, 'in is expected'],
    ['{% set 1 = 2 %}', 8, 'nothing can be assigned to this'],
    ['{% set break %}', 8, 'outside of a loop'],
    ['{% include page %}', 4, 'the name of a template in quotes'],
    ["{{ 'x }}", 4, 'a string that does not end'],
    ['{{ a $ b }}', 6, 'Python has no "$" here'],
  ])('%s', async (source, column, message) => {
    const error = await errorOf(() => environment({ 'p.tpl': `one\n${source}\nthree` }).getTemplate('p.tpl'));
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ code: 'TEMPLATE_SYNTAX', templateName: 'p.tpl', line: 2, column });
    expect(error.message).toContain(message);
    expect(error.message).toContain(`p.tpl:2:${column}: `);
    expect(error.message).toContain(`\n\n  2 | ${source}\n    | ${' '.repeat(column - 1)}^`);
  });

  it.each([
    ['<% if (it.x { %>', 13],
    ['<%= it. %>', 8],
    ['<%= "x %>', 5],
    ['<% const = 1 %>', 10],
    ['<%= it.x', 1],
    ['a<% ) %>', 5],
  ])('in eta, too: %s', async (source, column) => {
    const error = await errorOf(() => environment({ 'p.eta': `one\n${source}` }).getTemplate('p.eta'));
    expect(error).toMatchObject({ code: 'TEMPLATE_SYNTAX', templateName: 'p.eta', line: 2, column });
    expect(error.message).toContain(`\n\n  2 | ${source}\n`);
  });

  it('a brace of eta that is never closed is told of at the last tag', async () => {
    const error = await errorOf(() =>
      environment({ 'p.eta': '<% if (it.x) { %>\ntext' }).getTemplate('p.eta'),
    );
    expect(error).toMatchObject({ code: 'TEMPLATE_SYNTAX', line: 1 });
  });
});

describe('when it is rendered', () => {
  it('an error of an expression says where it was', async () => {
    const template = environment({ 'p.tpl': "{% args d %}\n\n{{ d['x'] }}" }).getTemplate('p.tpl');
    const error = await errorOf(() => template.render({}, {}));
    expect(error).toMatchObject({ name: 'KeyError', code: 'PYTHON_ERROR', templateName: 'p.tpl', line: 3 });
    expect(error.message).toContain("p.tpl:3: 'x'\n\n  3 | {{ d['x'] }}");
  });

  it('a name that nothing is known by is a NameError, and one without a value yet an UnboundLocalError', async () => {
    const env = environment({});
    expect(await errorOf(() => env.fromString('{{ nobody }}').render())).toMatchObject({ name: 'NameError' });
    expect(await errorOf(() => env.fromString('{{ x }}{% set x = 1 %}').render())).toMatchObject({
      name: 'UnboundLocalError',
    });
    expect(
      await errorOf(() => env.fromString('{% for i in [] %}{% endfor %}{{ i }}').render()),
    ).toMatchObject({ name: 'UnboundLocalError' });
    expect(
      await errorOf(() => environment({ 'a.eta': '<%= nobody %>' }).getTemplate('a.eta').render()),
    ).toMatchObject({ name: 'ReferenceError' });
  });

  it('an error of the application stays what it is, and has the place in its stack', async () => {
    const mine = new RangeError('mine');
    const fail = (): never => {
      throw mine;
    };
    const templates = { 'p.tpl': '{% args f %}\n{{ f() }}', 'p.eta': '\n\n<% it.f() %>' };
    for (const [name, line] of [
      ['p.tpl', 2],
      ['p.eta', 3],
    ] as const) {
      const error = await errorOf(() => environment(templates).getTemplate(name).render({ f: fail }));
      expect(error).toBe(mine);
      expect(error.stack).toContain(`RangeError: mine\n    at ${name}:${line}`);
      mine.stack = 'RangeError: mine\n    at somewhere';
    }
  });

  it('a context value that throws is told of', async () => {
    const context = {
      get x(): string {
        throw new Error('no x');
      },
    };
    for (const template of [
      environment({}).fromString('{% args x %}{{ x }}'),
      environment({}).fromString('<%= it.x %>', { syntax: 'eta' }),
    ]) {
      expect((await errorOf(() => template.render(context))).message).toBe('no x');
      expect((await errorOf(() => template.renderAsync(context))).message).toBe('no x');
      const pieces = template.generate(context);
      expect((await errorOf(() => pieces.next())).message).toBe('no x');
      expect((await errorOf(() => template.generateAsync(context).next())).message).toBe('no x');
      expect(pieces.next()).toEqual({ done: true, value: undefined });
    }
  });

  it('a context with __proto__ has a name like any other', () => {
    const context = JSON.parse('{"__proto__": {"polluted": "yes"}, "x": 1}');
    const more = environment({}, { autoescape: false }).fromString('{% args x, **more %}{{ more }}');
    expect(more.render(context)).toBe("{'__proto__': {'polluted': 'yes'}}");
    const dict = environment({}).fromString("{% args d %}{{ d.get('polluted') }}{{ 'polluted' in d }}");
    expect(dict.render(context, {})).toBe('NoneFalse');
    const eta = environment({ '@p': '<%= it.polluted %>' }).fromString(
      '<%= it.polluted %><%~ include("@p") %>',
      { syntax: 'eta' },
    );
    expect(eta.render(context)).toBe('undefinedundefined');
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    const set = environment({}).fromString(
      "{% args d %}{% set d['__proto__'] = {'polluted': 1} %}{{ d.get('polluted') }}",
    );
    expect(set.render({}, {})).toBe('None');
  });

  it.each([
    ['a.tpl', { 'a.tpl': 'x{% include "a.tpl" %}' }],
    ['a.tpl', { 'a.tpl': '{% include "b.tpl" %}', 'b.tpl': '{% include "a.tpl" %}' }],
    ['a.eta', { 'a.eta': 'x<%~ include("a.eta") %>' }],
    ['a.eta', { 'a.eta': '<% const s = include("a.eta") %>' }],
    ['a.eta', { 'a.eta': '<% layout("a.eta") %>' }],
  ])('includes without an end are stopped: %s %j', async (name, templates) => {
    const template = environment(templates).getTemplate(name);
    for (const run of [() => template.render(), () => template.renderAsync()]) {
      const error = await errorOf(run);
      expect(error).toMatchObject({ code: 'INCLUDE_DEPTH' });
      expect(error.message).toContain('more than 200 templates within each other');
    }
  });
});

describe('options', () => {
  it.each([
    [{ syntax: 'jinja' }, 'syntax'],
    [{ maxOutput: 0 }, 'maxOutput'],
    [{ maxIterations: '5' }, 'maxIterations'],
    [{ directory: '' }, 'directory'],
    [{ templates: { a: 5 } }, 'templates'],
  ])('that make no sense are refused: %j', async (options, name) => {
    const error = await errorOf(() => new Environment(options as never));
    expect(error).toMatchObject({ code: 'INVALID_OPTION' });
    expect(error.message).toContain(name);
  });
});

describe('limits', () => {
  it('maxOutput bounds a page', async () => {
    const env = environment(
      { 'l.eta': '<% layout("x.eta") %><% for (;;) { %>xxxxxxxxxx<% } %>', 'x.eta': '<%~ it.body %>' },
      { maxOutput: 1000 },
    );
    const templates = [
      env.fromString('{% while True %}xxxxxxxxxx{% endwhile %}'),
      env.fromString('{% for i in range(100000) %}xxxxxxxxxx{% endfor %}'),
      env.fromString('{% for i in [1, 2] %}{% for j in range(100000) %}xxxxxxxxxx{% endfor %}{% endfor %}'),
      env.fromString('<% for (;;) { %>xxxxxxxxxx<% } %>', { syntax: 'eta' }),
      env.fromString('<% const f = () => { for (;;) { %>xxxxxxxxxx<% } }; f(); %>', { syntax: 'eta' }),
      env.getTemplate('l.eta'),
    ];
    for (const template of templates) {
      for (const run of [
        () => template.render(),
        () => [...template.generate()],
        () => template.renderAsync(),
      ]) {
        expect(await errorOf(run)).toMatchObject({ code: 'TOO_MUCH_OUTPUT' });
      }
    }
    expect(env.fromString('x'.repeat(1000)).render()).toHaveLength(1000);
    expect(await errorOf(() => env.fromString('x'.repeat(1001)).render())).toMatchObject({
      code: 'TOO_MUCH_OUTPUT',
    });
  });

  it('maxIterations bounds the loops of a page, all of them together', async () => {
    const env = environment({}, { maxIterations: 100 });
    const endless = [
      env.fromString('{% while True %}{% endwhile %}'),
      env.fromString('{% for i in range(11) %}{% for j in range(10) %}{% endfor %}{% endfor %}'),
      env.fromString('{{ [i for i in range(101)] }}'),
      env.fromString('{{ sum(i for i in range(101)) }}'),
      env.fromString('<% while (true); %>', { syntax: 'eta' }),
      env.fromString('<% const f = (n) => { return f(n + 1); }; f(0); %>', { syntax: 'eta' }),
    ];
    for (const template of endless) {
      expect(await errorOf(() => template.render())).toMatchObject({ code: 'TOO_MANY_ITERATIONS' });
    }
    expect(env.fromString('{% for i in range(100) %}x{% endfor %}').render()).toBe('x'.repeat(100));
  });
});
