import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  AsyncValueError,
  Environment,
  JinjaError,
  TemplateAssertionError,
  TemplateNotFound,
  TemplateRuntimeError,
  TemplateSyntaxError,
  TemplatesNotFound,
  UndefinedError,
} from '@microdot/jinja';
import { errorOf, join, render, template } from './collect.ts';

const directory = mkdtempSync(joinPath(tmpdir(), 'jinja-'));
writeFileSync(joinPath(directory, '../outside.html'), 'secret');
writeFileSync(joinPath(directory, 'inside.html'), 'inside');

describe('a template that is not there', () => {
  it('is an error when it is made, which names it', async () => {
    const error = await errorOf(() => new Environment({ directory }).getTemplate('none.html'));
    expect(error).toBeInstanceOf(TemplateNotFound);
    expect(error).toMatchObject({ code: 'NOT_FOUND', message: "there is no template 'none.html'" });
  });

  it('is an error where it is included, with the line; unless that does not matter', async () => {
    const error = await errorOf(() => render('\n{% include "none.html" %}'));
    expect(error).toBeInstanceOf(TemplateNotFound);
    expect(error).toMatchObject({ templateName: 'main.html', lineno: 2 });
    expect(await errorOf(() => render('{% include ["a", "b"] %}'))).toBeInstanceOf(TemplatesNotFound);
    expect(render('{% include "none.html" ignore missing %}ok')).toBe('ok');
  });

  it.each([
    '../outside.html',
    'x/../../outside.html',
    '/../outside.html',
    './../outside.html',
    '..\\outside.html',
    'inside.html/../../outside.html',
    `../../../../../../../../..${tmpdir()}/outside.html`,
    'inside.html\0',
    '',
    '.',
  ])('leads out of the directory: %j', async (name) => {
    const environment = new Environment({ directory });
    expect(await errorOf(() => environment.getTemplate(name))).toBeInstanceOf(TemplateNotFound);
    const page = environment.fromString('{% include name %}');
    expect(await errorOf(() => page.render({ name }))).toBeInstanceOf(TemplateNotFound);
    expect(environment.getTemplate('inside.html').render()).toBe('inside');
  });
});

describe('a template that cannot be read', () => {
  it('is an error with name, line, column and the line itself', async () => {
    const error = await errorOf(() => template('first\n<p>{{ user.name | }}</p>\nlast'));
    expect(error).toBeInstanceOf(TemplateSyntaxError);
    expect(error).toMatchObject({ code: 'SYNTAX', templateName: 'main.html', lineno: 2, colno: 19 });
    expect(error.message).toBe(
      [
        "main.html:2:19: expected token 'name', got 'end of print statement'",
        '  <p>{{ user.name | }}</p>',
        '                    ^',
      ].join('\n'),
    );
  });

  it('is one at the tag that is not closed', async () => {
    const error = await errorOf(() => template('a\n{% if x %}\nb'));
    expect(error.message).toContain("The innermost block that needs to be closed is 'if'");
    expect((await errorOf(() => template('{% for x in y %}{% endif %}'))).message).toContain(
      "Encountered unknown tag 'endif'. Jinja was looking for the following tags: 'endfor' or 'else'",
    );
  });

  it('shows a short part of a long line', async () => {
    const error = await errorOf(() => template(`${'x'.repeat(5000)}{{ a b }}${'y'.repeat(5000)}`));
    expect(error.message.length).toBeLessThan(400);
    const [, line = '', mark = ''] = error.message.split('\n');
    expect(line[mark.indexOf('^')]).toBe('b');
  });

  it('is an error where it is included, with its own name', async () => {
    const page = template('{% include "bad" %}', {}, { bad: 'x\n{{ 1 + }}' });
    expect(await errorOf(() => page.render())).toMatchObject({ templateName: 'bad', lineno: 2 });
  });

  it.each([
    ['{{ x|nope }}', "No filter named 'nope'."],
    ['{{ x is nope }}', "No test named 'nope'."],
    ['{% filter nope %}{% endfilter %}', "No filter named 'nope'."],
    ['{% block a %}{% endblock %}{% block a %}{% endblock %}', "block 'a' defined twice"],
  ])('asks for what does not exist: %s', async (source, message) => {
    const error = await errorOf(() => template(source));
    expect(error).toBeInstanceOf(TemplateAssertionError);
    expect(error.message).toContain(message);
  });

  it('may ask for it behind a condition, and fails when it does', async () => {
    const page = template('{% if "nope" is filter %}{{ x|nope }}{% endif %}{{ x|nope if y }}ok');
    expect(page.render()).toBe('ok');
    expect(await errorOf(() => page.render({ y: 1 }))).toBeInstanceOf(TemplateRuntimeError);
  });
});

describe('a name that has no value', () => {
  const make = (source: string, mode: 'default' | 'strict' | 'chainable' | 'debug') => () =>
    render(source, { user: {} }, { undefined: mode });

  it('is nothing by default, and an error when something is done with it', async () => {
    expect(make('[{{ a }}][{{ user.b }}][{% for x in a %}{% endfor %}]', 'default')()).toBe('[][][]');
    const error = await errorOf(make('{{ a.b }}', 'default'));
    expect(error).toBeInstanceOf(UndefinedError);
    expect(error.message).toBe("main.html:1: 'a' is undefined");
    expect((await errorOf(make('{{ user.b.c }}', 'default'))).message).toContain("'user.b' is undefined");
    expect((await errorOf(make('{{ a + 1 }}', 'default'))).message).toContain("'a' is undefined");
    expect((await errorOf(make('{{ a() }}', 'default'))).message).toContain("'a' is undefined");
    expect((await errorOf(make('{{ user.f() }}', 'default'))).message).toContain("has no attribute 'f'");
  });

  it('is an error in strict mode, except where one asks whether it is there', async () => {
    for (const source of [
      '{{ a }}',
      '{% if a %}{% endif %}',
      '{% for x in a %}{% endfor %}',
      '{{ a|upper }}',
      '{{ a == 1 }}',
      '{{ a ~ "" }}',
      '{{ user.b }}',
      '{{ [a]|join }}',
    ]) {
      expect([source, await errorOf(make(source, 'strict'))]).toEqual([source, expect.any(UndefinedError)]);
    }
    expect(make('{{ a is defined }}{{ a|default(1) }}{{ "x" if user.b is defined }}', 'strict')()).toBe(
      'False1',
    );
  });

  it('has attributes in chainable mode, and prints its name in debug mode', () => {
    expect(make('[{{ a.b.c }}][{{ user.x.y["z"] }}]', 'chainable')()).toBe('[][]');
    expect(make('{{ a }} {{ user.b }}', 'debug')()).toBe('{{ a }} {{ user.b }}');
  });
});

describe('a context that fails', () => {
  const failure = new Error('no database');
  const page = template('a\nb {{ value }} {{ other }}');

  it('by a getter that throws: its error comes out, with the place in its stack', async () => {
    const context = {
      get value(): string {
        throw failure;
      },
    };
    expect(await errorOf(() => page.render(context))).toBe(failure);
    expect(failure.stack).toContain('in template main.html, line 2');
    expect(await errorOf(() => join(page.generateAsync(context)))).toBe(failure);
    expect(template('{% if false %}{{ value }}{% endif %}ok').render(context)).toBe('ok');
  });

  it('by a promise that rejects', async () => {
    const context = () => ({ value: Promise.reject(failure), other: Promise.reject(new Error('another')) });
    expect(await errorOf(() => page.renderAsync(context()))).toBe(failure);
    const pieces = page.generateAsync(context());
    expect(await errorOf(() => join(pieces))).toBe(failure);
  });

  it('by a promise in a synchronous method: the error names the method to use', async () => {
    const context = () => ({ value: Promise.resolve(1), other: Promise.reject(new Error('never seen')) });
    const error = await errorOf(() => page.render(context()));
    expect(error).toBeInstanceOf(AsyncValueError);
    expect(error).toMatchObject({
      code: 'ASYNC_VALUE',
      lineno: 2,
      message: 'main.html:2: a value is a promise: use renderAsync, which waits for it',
    });
    expect((await errorOf(() => [...page.generate(context())])).message).toContain('use generateAsync');
    expect(
      (await errorOf(() => render('{% for x in xs %}{% endfor %}', { xs: (async function* () {})() })))
        .message,
    ).toContain('renderAsync');
  });

  it('by being no object', async () => {
    for (const context of ['text', 5, null]) {
      expect(await errorOf(() => page.render(context as unknown as object))).toMatchObject({
        code: 'INVALID_OPTION',
      });
    }
  });
});

describe('templates that go in circles', () => {
  it.each([
    ['an include of itself', { 'main.html': '{% include "main.html" %}' }],
    ['two that include each other', { 'main.html': '{% include "b" %}', b: '{% include "main.html" %}' }],
    ['an import of itself', { 'main.html': '{% import "main.html" as m with context %}' }],
  ])('%s', async (_, templates) => {
    const page = new Environment({ templates }).getTemplate('main.html');
    expect((await errorOf(() => page.render())).message).toMatch(/include each other more than 100 deep/);
    expect((await errorOf(() => page.renderAsync())).message).toMatch(
      /include each other more than 100 deep/,
    );
  });

  it('a parent that extends itself', async () => {
    const page = new Environment({ templates: { a: '{% extends "a" %}' } }).getTemplate('a');
    expect(await errorOf(() => page.render())).toBeInstanceOf(JinjaError);
  });

  it.each([
    ['a macro', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}'],
    ['a block', '{% block a %}{{ self.a() }}{% endblock %}'],
    ['a block in an expression', '{% block a %}{{ self.a()|upper }}{% endblock %}'],
    ['a recursive loop', '{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}'],
    [
      'a caller',
      '{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{% block a %}{{ self.a() }}{% endblock %}{% endcall %}',
    ],
  ])('%s without end', async (_, source) => {
    const page = template(source);
    for (const run of [() => page.render(), () => page.renderAsync(), () => join(page.generateAsync())]) {
      expect((await errorOf(run)).message).toContain('calls nest more than 250 deep');
    }
  });

  it('data without end, or deeper than anybody writes it', async () => {
    const circle: unknown[] = [1];
    circle.push(circle);
    expect(render('{{ x }}', { x: circle })).toBe('[1, [...]]');
    let deep: unknown[] = [];
    for (let i = 0; i < 20_000; i++) deep = [deep];
    for (const source of ['{{ x }}', '{{ x|tojson }}', '{{ x|pprint }}', '{{ x|string|upper }}']) {
      expect((await errorOf(() => render(source, { x: deep }))).message).toContain(
        'nested more than 500 deep',
      );
    }
  });
});

describe('the way of an error through templates', () => {
  const templates = {
    'base.html': '\n{% block a %}{% endblock %}',
    'part.html': '\n\n{{ fail() }}{{ user.name }}',
    'lib.html': '{% macro show() %}\n{% include "part.html" with context %}{% endmacro %}',
  };
  const page = template(
    '{% extends "base.html" %}{% import "lib.html" as lib with context %}\n{% block a %}\n{{ lib.show() }}{% endblock %}',
    {},
    templates,
  );
  const places = (error: Error): string[] => error.stack?.match(/(?<=in template ).*/g) ?? [];

  it('is in its stack, from where it happened', async () => {
    const failure = new Error('no database');
    const fail = (): never => {
      throw failure;
    };
    const outer = ['lib.html, line 2', 'main.html, line 3', 'base.html, line 2', 'main.html, line 1'];
    expect(await errorOf(() => page.render({ fail }))).toBe(failure);
    expect(places(failure)).toEqual(['part.html, line 3', ...outer]);
    const error = await errorOf(() => page.render({ fail: () => '' }));
    expect(error).toMatchObject({ message: "part.html:3: 'user' is undefined", lineno: 3 });
    expect(places(error)).toEqual(outer);
    const missing = await errorOf(() => template('\n{% include "bad" %}', {}, { bad: '{{' }).render());
    expect(missing).toMatchObject({ templateName: 'bad' });
    expect(places(missing)).toEqual(['main.html, line 2']);
  });

  it('does not make one longer that is thrown again and again', async () => {
    const failure = new Error('no database');
    const fail = (): never => {
      throw failure;
    };
    await errorOf(() => page.render({ fail }));
    const { stack } = failure;
    for (let i = 0; i < 3; i++) await errorOf(() => page.renderAsync({ fail }));
    expect(failure.stack).toBe(stack);
  });

  it.each<[string, unknown]>([
    ['a frozen error', Object.freeze(new Error('frozen'))],
    ['one whose stack cannot be set', Object.defineProperty({}, 'stack', { get: () => 'mine' })],
    ['text', 'text'],
    ['null', null],
  ])('leaves %s as it is', async (_, thrown) => {
    const fail = (): never => {
      throw thrown;
    };
    expect(await errorOf(() => page.render({ fail }))).toBe(thrown);
    expect(await errorOf(() => page.renderAsync({ fail: () => Promise.reject(thrown) }))).toBe(thrown);
  });
});
