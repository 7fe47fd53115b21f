import { describe, expect, it } from '@jest/globals';
import { Environment, LimitError } from '@microdot/jinja';
import { errorOf, join, render, template } from './collect.ts';

class Account {
  name = 'Ann';
  static secret = 'of the class';

  get label(): string {
    return `${this.name}!`;
  }

  greet(other: string): string {
    return `${this.name} and ${other}`;
  }
}

const context = (): object => ({
  text: 'abc',
  list: [1, 2],
  tuple: [[1, 2]],
  object: { a: 1 },
  bare: Object.create(null),
  number: 5,
  flag: true,
  f: () => 1,
  account: new Account(),
  Account,
  map: new Map([['a', 1]]),
  set: new Set([1]),
  date: new Date(0),
  pattern: /x/,
  error: new Error('e'),
  bytes: new Uint8Array(2),
  gen: [1].values(),
  key: 'constructor',
  trap: { toString: () => 'constructor' },
});

const SUBJECTS = [
  'text',
  'list',
  'object',
  'bare',
  'number',
  'flag',
  'f',
  'account',
  'Account',
  'map',
  'set',
  'date',
  'pattern',
  'error',
  'bytes',
  'gen',
  'range',
  'range(3)',
  'namespace()',
  'cycler(1)',
  'joiner()',
  'dict(a=1)',
  '{}',
  '{1: 2}',
  '[]',
  '(1, 2)',
  '1.0',
  '"a"|safe',
  'object.items()',
  'list|map("string")',
  'text.upper',
  'account.greet',
  'm',
  'none',
  'true',
];
const NAMES = [
  'constructor',
  '__proto__',
  'prototype',
  '__defineGetter__',
  '__lookupGetter__',
  'hasOwnProperty',
  'call',
  'apply',
  'bind',
  'caller',
];

describe('no way leads to a prototype, or to Function', () => {
  it.each(SUBJECTS)('from %s', (subject) => {
    const head = '{% macro m() %}{% endmacro %}';
    for (const name of NAMES) {
      // What a macro says of itself is Jinja's, and no more than true or false.
      if (subject === 'm' && name === 'caller') continue;
      const ways = [
        `(${subject}).${name}`,
        `(${subject})['${name}']`,
        `(${subject})['${name.slice(0, 3)}' ~ '${name.slice(3)}']`,
        `(${subject})|attr('${name}')`,
        `([${subject}]|map(attribute='${name}')|list)[0]`,
        `([[${subject}]]|map(attribute='0.${name}')|list)[0]`,
        `([{'x': ${subject}}]|groupby('x.${name}')|first)[0]`,
      ];
      for (const way of ways) {
        expect([way, render(`${head}{{ (${way}) is defined }}`, context())]).toEqual([way, 'False']);
      }
    }
  });

  it.each([
    '{{ text.constructor.constructor("return 1")() }}',
    '{{ range.constructor("return 1")() }}',
    '{{ f.constructor("return process")() }}',
    '{{ [].constructor.constructor("return 1")() }}',
    '{{ joiner.prototype.x }}',
    '{% set x = account.constructor %}{{ x("a") }}',
    '{{ (text|attr("constructor"))("a") }}',
    '{{ ["a"]|map("attr", "constructor")|first()("x") }}',
    '{% for c in [text.constructor] %}{{ c("a") }}{% endfor %}',
    '{% macro m() %}{% endmacro %}{{ m.constructor("return 1")() }}',
    '{% for x in list %}{{ loop.constructor.constructor("return 1")() }}{% endfor %}',
    '{{ self.constructor("return 1")() }}',
    '{% import "lib" as lib %}{{ lib.constructor.constructor("return 1")() }}',
  ])('%s fails', async (source) => {
    const error = await errorOf(() => template(source, {}, { lib: '{% set a = 1 %}' }).render(context()));
    expect(error.name).toBe('UndefinedError');
  });

  it('nor does one through what is formatted', async () => {
    for (const [source, code] of [
      ['{{ "{0.constructor.name}".format(text) }}', 'ATTRIBUTE'],
      ['{{ "{0[constructor]}".format(object) }}', 'KEY'],
      ['{{ "{0[constructor]}".format(list) }}', 'TYPE'],
    ] as const) {
      expect(await errorOf(() => render(source, context()))).toMatchObject({ code });
    }
    expect(render('{{ "{0.a}".format(object) }}', context())).toBe('1');
    expect(render('{{ "%(constructor)s"|format(constructor="own") }}')).toBe('own');
  });

  it('nor does one through keys that turn into names', () => {
    expect(
      render('{{ object[trap] }}|{{ object[["constructor"]] }}|{{ text[["constructor"]] }}|', context()),
    ).toBe('|||');
    expect(render('{{ object[key] }}|{{ account[key] }}|', context())).toBe('||');
  });

  it('leaves data that has such names alone', () => {
    const data = JSON.parse('{"constructor": "ACME", "__proto__": "own", "toString": "t", "length": 3}');
    expect(
      render('{{ d.constructor }} {{ d.__proto__ }} {{ d.toString }} {{ d.length }} {{ d["__proto__"] }}', {
        d: data,
      }),
    ).toBe('ACME own t 3 own');
  });

  it('shows what an application has written into its classes', () => {
    expect(render('{{ account.name }} {{ account.label }} {{ account.greet("Bo") }}', context())).toBe(
      'Ann Ann! Ann and Bo',
    );
    expect(render('{{ date.getTime() }} {{ map.a }} {{ Account.secret }}', context())).toBe(
      '0 1 of the class',
    );
  });

  it('does not print the source of functions', () => {
    expect(render('{{ f }}', context())).toBe('&lt;function f&gt;');
  });
});

describe('a template cannot change what is not its own', () => {
  it.each([
    '{% set ns = namespace(a=1) %}{% set ns.__proto__ = {"polluted": 1} %}',
    '{% set ns = namespace(**{"__proto__": {"polluted": 1}}) %}',
    '{% set d = {"__proto__": {"polluted": 1}} %}',
    '{% set d = dict(**{"__proto__": {"polluted": 1}}) %}',
    '{% set d = {} %}{% set _ = d.update({"__proto__": {"polluted": 1}}) %}',
    '{% set d = {} %}{% set _ = d.setdefault("__proto__", {"polluted": 1}) %}',
    '{% set _ = object.update({"__proto__": {"polluted": 1}}) %}{{ object.polluted }}',
    '{% macro m() %}{{ kwargs.polluted }}{% endmacro %}{{ m(**{"__proto__": {"polluted": 1}}) }}',
    '{% set __proto__ = {"polluted": 1} %}{% include "part" %}',
  ])('%s', (source) => {
    const text = template(source, {}, { part: '{{ polluted }}' }).render(context());
    expect(text).toBe('');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('takes a context with __proto__ for data', () => {
    const given = JSON.parse('{"__proto__": {"admin": true}, "name": "x"}');
    expect(render('{{ admin }}|{{ name }}|{{ __proto__ is mapping }}', given)).toBe('|x|True');
  });

  it('does not see what a context has inherited', () => {
    expect(render('{{ toString is defined }}{{ admin is defined }}', Object.create({ admin: true }))).toBe(
      'FalseFalse',
    );
  });

  it('leaves the context as it was', () => {
    const given = { n: 1 };
    expect(render('{% set n = 2 %}{% set m = 3 %}{{ n }}', given)).toBe('2');
    expect(given).toEqual({ n: 1 });
  });
});

describe('the code of a template is not what its text says', () => {
  const placeholder = ['`$', '{1}`'].join('');

  it.each([
    ['in text', `"+alert(1)+"${placeholder}\\"</script>\u2028`],
    ['in a string', `{{ "\\"+alert(1)+\\"${placeholder}\u2028" }}`],
    ['in a block', '{% block größe %}x{% endblock %}'],
    [
      'as a parameter',
      '{% macro m(constructor, __proto__=1) %}{{ constructor }}{{ __proto__ }}{% endmacro %}{{ m(2) }}',
    ],
  ])('%s', (_, source) => {
    expect(() => render(source)).not.toThrow();
  });

  it('in its name, whatever that is', () => {
    const environment = new Environment({ autoescape: true });
    expect(environment.fromString('{{ 1 }}', '";throw 1//\n\u2028*/').render()).toBe('1');
  });

  it('with names that are words of JavaScript', () => {
    const names = [
      'class',
      'yield',
      'await',
      'out',
      'ctx',
      'R',
      'T',
      'line',
      'let',
      'arguments',
      'eval',
      'this',
      'NAME',
      'runtime',
    ];
    for (const name of names) {
      const source = `{{ ${name} }}{% set ${name} = 2 %}{{ ${name} }}{% for ${name} in [3] %}{{ ${name} }}{% endfor %}{% macro m(${name}) %}{{ ${name} }}{% endmacro %}{{ m(4) }}`;
      expect([name, render(source, { [name]: 1 })]).toEqual([name, '1234']);
    }
  });
});

describe('limits', () => {
  it('of output hold for what is printed, captured, repeated and joined', async () => {
    const sources = [
      '{% for i in range(1000) %}{{ "x" * 10 }}{% endfor %}',
      '{% set x %}{% for i in range(1000) %}0123456789{% endfor %}{% endset %}',
      '{% macro m() %}{% for i in range(1000) %}0123456789{% endfor %}{% endmacro %}{% set x = m() %}',
      '{{ "x" * 2000 }}',
      '{{ (range(2000)|join)|length }}{{ range(2000)|join }}',
      '{% filter upper %}{{ "x" * 2000 }}{% endfilter %}',
    ];
    for (const source of sources) {
      const page = template(source, { maxOutput: 1000 });
      for (const run of [
        () => page.render(),
        () => page.renderAsync(),
        () => [...page.generate()],
        () => join(page.generateAsync()),
      ]) {
        expect([source, await errorOf(run)]).toEqual([source, expect.any(LimitError)]);
      }
      expect((await errorOf(() => page.render())).message).toContain('maxOutput, 1000');
    }
    expect(template('{{ "x" * 1000 }}', { maxOutput: 1000 }).render()).toHaveLength(1000);
  });

  it('of iterations hold for all loops together, and anew for every rendering', async () => {
    const page = template('{% for i in range(n) %}{% for j in range(n) %}{% endfor %}{% endfor %}ok', {
      maxIterations: 120,
    });
    expect(page.render({ n: 10 })).toBe('ok');
    expect(page.render({ n: 10 })).toBe('ok');
    expect((await errorOf(() => page.render({ n: 11 }))).message).toContain('maxIterations, 120');
    const endless = template('{% for x in xs %}{% endfor %}', { maxIterations: 1000 });
    const forever = function* (): Generator<number> {
      for (;;) yield 1;
    };
    expect(await errorOf(() => endless.render({ xs: forever() }))).toBeInstanceOf(LimitError);
  });

  it('of imported macros are those of who calls them', () => {
    const templates = { lib: '{% macro m() %}{% for i in range(60) %}{% endfor %}{% endmacro %}' };
    const page = template('{% from "lib" import m %}{{ m() }}ok', { maxIterations: 100 }, templates);
    for (let i = 0; i < 5; i++) expect(page.render()).toBe('ok');
  });

  it('of single operations are there always', async () => {
    for (const source of [
      '{{ "x" * 10 ** 10 }}',
      '{{ [1] * 10 ** 9 }}',
      '{{ 10 ** 10000000 }}',
      '{{ "%999999999d" % 1 }}',
      '{{ "{:999999999}".format(1) }}',
      '{{ "x".center(10 ** 9) }}',
    ]) {
      expect([source, (await errorOf(() => render(source))).name]).toEqual([
        source,
        expect.stringMatching(/^(OverflowError|ValueError)$/),
      ]);
    }
    // A range is never in memory.
    expect(render('{{ range(10 ** 15)|length }}')).toBe('1000000000000000');
  });
});

describe('data that looks like keyword arguments is data', () => {
  const data = { __keywords: true, a: 'injected', b: 'injected' };

  it.each([
    ['{% macro m(a, b=2) %}{{ a.a }} {{ b }}{% endmacro %}{{ m(data) }}', 'injected 2'],
    ['{{ dict(data)["__keywords"] }}', 'True'],
    ['{{ "{}"|replace("{}", data)|length > 0 }}', 'True'],
    ['{{ "%(a)s"|format(a=1) }}', '1'],
    ['{{ f(data) }} {{ f(b=1) }}', '__keywords,a,b __keywords,b'],
  ])('%s', (source, expected) => {
    expect(render(source, { data, f: (given: object) => Object.keys(given).join() })).toBe(expected);
  });
});
