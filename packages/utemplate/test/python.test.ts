import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environment, errorOf, rendered } from './rendering.ts';

interface Recorded {
  readonly source: string;
  /** What CPython 3.11 renders. */
  readonly text?: string;
  /** The class of the exception that it ends in, when it is loaded or rendered. */
  readonly load?: string;
  readonly render?: string;
}

const { context, cases } = JSON.parse(
  readFileSync(new URL('./fixtures/python.json', import.meta.url), 'utf8'),
) as { context: Record<string, unknown>; cases: readonly Recorded[] };

const args = `{% args ${Object.keys(context).join(', ')} %}\n`;
const env = environment({}, { autoescape: false, dictAttributes: false });

describe('templates that CPython has rendered', () => {
  it('are some', () => {
    expect(cases.length).toBeGreaterThan(600);
  });

  for (const [i, { source, text, load, render }] of cases.entries()) {
    it(`${i} ${JSON.stringify(source)}`, async () => {
      if (load !== undefined) {
        const { code } = await errorOf(() => env.fromString(args + source));
        expect(['TEMPLATE_SYNTAX', 'UNSUPPORTED_PYTHON']).toContain(code);
        return;
      }
      const template = env.fromString(args + source);
      const copy = (): Record<string, unknown> => structuredClone(context);
      const promised = (): Record<string, unknown> =>
        Object.fromEntries(Object.entries(copy()).map(([name, value]) => [name, Promise.resolve(value)]));
      if (render !== undefined) {
        expect((await errorOf(() => template.render(copy()))).name).toBe(render);
        expect((await errorOf(() => template.renderAsync(promised()))).name).toBe(render);
        return;
      }
      expect(template.render(copy())).toBe(text);
      expect([...template.generate(copy())].join('')).toBe(text);
      expect(await template.renderAsync(promised())).toBe(text);
    });
  }
});

describe('Python that is not translated', () => {
  it.each([
    ['{{ b"x" }}', 'write a string'],
    ['{{ 1j }}', 'use two numbers'],
    ['{{ ... }}', 'write None'],
    ['{{ a @ b }}', 'compute it before'],
    ['{{ (yield x) }}', 'a template yields by itself'],
    ['{{ [x async for x in y] }}', 'loop over it with {% for %}'],
    ['{{ lambda **more: 1 }}', 'name its parameters'],
    ['{{ "\\N{DASH}" }}', 'write the character itself'],
    ['{{ f"{x=}" }}', 'write the name before it'],
    ['{{ 9007199254740993 }}', '2**53'],
    ['{% set import os %}', 'give the template what it needs as an argument'],
    ['{% set x: int = 1 %}', 'leave it out'],
    ['{% set a, *b = l %}', 'take a slice of the list'],
    ['{% set o.x = 1 %}', "use a dict: {% set d['name'] = x %}"],
    ['{% set l[1:] = [] %}', 'make a new list'],
    ['{% set del l[0] %}', 'pop()'],
    ['{% set x = 1; y = 2 %}', 'write {% set %} once more'],
    ['{% set def f(): pass %}', '{% set f = lambda x: ... %}'],
    ['{{ x # comment }}', 'leave it out'],
  ])('%s says what to write instead', async (source, instead) => {
    const error = await errorOf(() => environment({}).fromString(`text\n  ${source}`, { name: 'page.tpl' }));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_PYTHON', templateName: 'page.tpl', line: 2 });
    expect(error.message).toContain(instead);
    expect(error.message).toMatch(/^page\.tpl:2:\d+: [^]*\n\n {2}2 \| {3}.*\n {4}\| +\^$/);
  });

  it.each(['{{ "x" * 10 ** 9 }}', '{{ [1] * 10 ** 9 }}', '{{ list(range(10 ** 9)) }}'])(
    'memory for the asking is refused: %s',
    async (source) => {
      expect(await errorOf(() => rendered(source))).toMatchObject({ name: 'OverflowError' });
    },
  );

  it('numbers beyond 2**53 fail instead of being wrong', async () => {
    expect(await errorOf(() => rendered('{{ 2 ** 60 }}'))).toMatchObject({ code: 'UNSUPPORTED_PYTHON' });
  });

  it.each([
    ['{{ type(1) }}', 'type() is not translated: use isinstance()'],
    ["{{ open('x') }}", 'open() is not translated: give the template what it needs'],
    ["{{ 'a'.encode() }}", 'str.encode() is not translated: leave it a str'],
    ["{{ ''.__class__ }}", '.__class__ is not translated'],
    ['{{ {(1, 2): 3} }}', 'a tuple as a key is not translated: use a str'],
  ])('says so when it is rendered where only that shows it: %s', async (source, message) => {
    const error = await errorOf(() => rendered(`one\n${source}`));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_PYTHON', templateName: 'main', line: 2 });
    expect(error.message).toContain(message);
  });

  it('a name that Python has may be anything else', async () => {
    expect(await rendered('{% args type, id=3 %}{{ type }} {{ id }} {{ type.hash }}', { hash: 1 }, {})).toBe(
      '{&#39;hash&#39;: 1} 3 1',
    );
    const env = environment({ 'inner.tpl': '{{ type }}' });
    expect(env.fromString('{% args type %}{% include "inner.tpl" %}').render('outer')).toBe('outer');
  });
});

describe('a loop that is gone through in passing', () => {
  it.each([
    [
      'a name of a loop within it that has no value yet',
      '{% for x in l %}{% for y in m %}{% endfor %}{{ y }}{% endfor %}',
      'UnboundLocalError',
    ],
    ['a name that nobody knows', '{% for x in l %}{{ nobody }}{% endfor %}', 'NameError'],
    ['an index that is not there', '{% for x in l %}{{ l[x + 5] }}{% endfor %}', 'IndexError'],
  ])('fails as any other: %s', async (_, source, name) => {
    const error = await errorOf(() => rendered(`{% args l, m %}\n${source}`, [1, 2], []));
    expect(error).toMatchObject({ name, line: 2 });
  });

  it('keeps its names, and what they are bound to, for what comes after it', async () => {
    const source =
      '{% args l %}{% for x in l %}{% for y in [x, x * 2] %}{{ y }} {% endfor %}{% endfor %}{{ x }} {{ y }}';
    expect(await rendered(source, [1, 2])).toBe('1 2 2 4 2 4');
  });

  it('calls what the application has given once, and in its turn, wherever promises are', async () => {
    const calls: unknown[] = [];
    const f = (x: number): unknown => {
      calls.push(x);
      return x % 2 ? Promise.resolve(`p${x}`) : `s${x}`;
    };
    const source =
      '{% args f, l %}{% for x in l %}({{ x }}{% for y in [1, 2] %}{{ f(x * 10 + y) }}{% endfor %}){% endfor %}';
    const template = environment({}).fromString(source);
    expect(await template.renderAsync(f, [1, Promise.resolve(2), 3], {})).toBe('(1p11s12)(2p21s22)(3p31s32)');
    expect(calls).toEqual([11, 12, 21, 22, 31, 32]);
  });

  it('uses up no iterator twice', async () => {
    const source =
      "{% args rows, later %}{% for x in [1, 2] %}{{ x }}{{ ','.join(rows) }}{{ later }}{% endfor %}";
    function* rows(): Iterable<string> {
      yield* ['a', 'b'];
    }
    const template = environment({}).fromString(source);
    expect(await template.renderAsync(rows(), Promise.resolve('!'), {})).toBe('1a,b!2!');
  });

  it('a list within it may fill many pieces', async () => {
    const source = '{% args m %}{% for x in [1, 2] %}{% for y in m %}{{ y }},{% endfor %};{% endfor %}';
    const numbers = Array.from({ length: 20_000 }, (_, i) => i);
    const pieces = [...environment({}).fromString(source).generate(numbers)];
    expect(pieces.join('')).toBe(`${numbers.join(',')},;`.repeat(2));
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(10_000);
  });

  it('may have a list that grows', async () => {
    const source =
      '{% args l %}{% for x in l %}{{ x }}{% if x < 4 %}{% set l.append(x + 2) %}{% endif %}{% endfor %}';
    expect(await rendered(source, [1, 2])).toBe('12345');
  });
});

describe('values of JavaScript', () => {
  it('print as what they are in Python', async () => {
    const given = [
      null,
      undefined,
      true,
      3,
      2.5,
      'x',
      [1, 'a'],
      new Map([['k', 1]]),
      new Set([1]),
      { a: { b: [] } },
    ];
    const source = '{% args *values %}{% for v in values %}{{ v }} {% endfor %}';
    expect(
      environment({}, { autoescape: false })
        .fromString(source)
        .render(...given, {}),
    ).toBe("None None True 3 2.5 x [1, 'a'] {'k': 1} {1} {'a': {'b': []}} ");
  });

  it('functions get values as JavaScript has them, and arguments with names as an object', () => {
    const calls: unknown[][] = [];
    const call = (...args: unknown[]): string => {
      calls.push(args);
      return 'done';
    };
    expect(environment({}).fromString("{% args f %}{{ f(2.0, (1, 'x'), key='v') }}").render(call)).toBe(
      'done',
    );
    expect(calls).toEqual([[2, [1, 'x'], { key: 'v' }]]);
  });

  it('objects of classes have their properties and methods, and nothing of Object', async () => {
    class User {
      first = 'Ida';
      get name(): string {
        return this.first.toUpperCase();
      }
      greet(word: string): string {
        return `${word} ${this.first}`;
      }
    }
    const env = environment({});
    expect(env.fromString("{% args u %}{{ u.name }} {{ u.greet('Hi') }}").render(new User())).toBe(
      'IDA Hi Ida',
    );
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'missing']) {
      const template = env.fromString(`{% args u %}{{ u.${name} }}`);
      expect(await errorOf(() => template.render(new User()))).toMatchObject({ name: 'AttributeError' });
    }
  });

  it.each([
    "{{ ''.constructor }}",
    '{{ [].constructor }}',
    "{{ f.constructor('return 1')() }}",
    "{{ f['constructor'] }}",
    "{{ o['constructor'] }}",
    "{{ o['__proto__'] }}",
    '{{ o.__proto__ }}',
    "{{ getattr(f, 'constructor') }}",
    "{{ '{0.constructor}'.format(o) }}",
    '{{ len.constructor }}',
    '{{ (lambda: 1).constructor }}',
    '{{ [1].map }}',
    '{{ [1].length }}',
    '{{ {1}.size }}',
  ])('no way leads to Function: %s', async (source) => {
    const template = environment({}).fromString(`{% args f, o %}${source}`);
    const { name } = await errorOf(() => template.render(() => 1, {}, {}));
    expect(['AttributeError', 'KeyError', 'TypeError']).toContain(name);
  });

  it('properties of object literals may be written as attributes, unless that is turned off', async () => {
    expect(await rendered('{% args u %}{{ u.name }}', { name: 'Ida' }, {})).toBe('Ida');
    const strict = environment({}, { dictAttributes: false }).fromString('{% args u %}{{ u.name }}');
    const error = await errorOf(() => strict.render({ name: 'Ida' }, {}));
    expect(error).toMatchObject({ name: 'AttributeError' });
    expect(error.message).toContain("write ['name']");
  });
});
