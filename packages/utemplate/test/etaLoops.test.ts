import { describe, expect, it } from '@jest/globals';
import type { EnvironmentOptions } from '@microdot/utemplate';
import { environment, errorOf, joined } from './rendering.ts';

function template(source: string, options: EnvironmentOptions = {}) {
  return environment({ '@row': '<i><%= it.x %></i>' }, options).fromString(source, { syntax: 'eta' });
}

/** The text that all four methods agree on. */
async function page(source: string, data: object): Promise<string> {
  const one = template(source);
  const text = one.render(data);
  expect([...one.generate(data)].join('')).toBe(text);
  expect(await one.renderAsync(data)).toBe(text);
  expect(await joined(one.generateAsync(data))).toBe(text);
  return text;
}

describe('a loop that only prints', () => {
  it.each<[source: string, data: object, text: string]>([
    [
      '<% for (const x of it.l) { %>[<%= x %>]<% } %>',
      { l: [1, '<', null, undefined] },
      '[1][&lt;][null][undefined]',
    ],
    ['<% for (const x of it.l) { %>[<%~ x %>]<% } %>', { l: ['<'] }, '[<]'],
    ['<% for (let x of it.l) { %><%= x %><% } %>', { l: 'ab' }, 'ab'],
    [
      '<% for (const [k, v = 7] of Object.entries(it.l)) { %><%= k %>=<%= v %>;<% } %>',
      { l: { a: 1, b: undefined } },
      'a=1;b=7;',
    ],
    [
      '<% for (const i of it.l) { %><%= i %><% for (const list of [i, i]) { %>(<%= list %>)<% } %><% } %>',
      { l: [1, 2] },
      '1(1)(1)2(2)(2)',
    ],
    [
      '<% for (const x of it.l) { %><% for (const x of [it.l.length]) { %><%= x %><% } %><% } %>',
      { l: [1, 2] },
      '22',
    ],
    ['<% for (const x of it.l.map((y) => { return y * 2; })) { %><%= x %>,<% } %>', { l: [1, 2] }, '2,4,'],
    ['<% if (it.l) for (const x of it.l) { %><%= x %><% } else { %>none<% } %>', { l: [1] }, '1'],
    [
      '<% for (const x of it.l) { %><%= output("o"), x %><%~ include("@row", { x }) %><% } %>',
      { l: [1] },
      'o1<i>1</i>',
    ],
    ['<% for (const x of it.l) { %><%= include("@row", { x }).length %><% } %>', { l: [1] }, '8'],
    ['<% for (let x of it.l) { %><%= x++ %><%= x %><% } %>', { l: [1] }, '12'],
    ['<% for (const x of it.l) { %><%= ((y) => y + 1)(x) %><% } %>', { l: [1] }, '2'],
    ['<% for (const x of new Set(it.l)) { %><%= x %><% } %>', { l: [1, 1, 2] }, '12'],
    ['<% for (const x of []) { %><%= x %><% } %>none', {}, 'none'],
  ])('%s of %j', async (source, data, text) => {
    expect(await page(source, data)).toBe(text);
  });

  it('stops where there is enough to hand out, and goes on there', () => {
    const list = Array.from({ length: 1000 }, (_, i) => `${i}`.padStart(100));
    const pieces = [...template('<% for (const x of it.list) { %><%= x %>;<% } %>').generate({ list })];
    expect(pieces.length).toBeGreaterThan(20);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(4096 + 200);
    expect(pieces.join('')).toBe(list.map((one) => `${one};`).join(''));
  });

  it.each(['', '<% await 0 %>'])('sees what its list gets in the meantime %s', async (await0) => {
    const list = [1];
    const add = (x: number): number => (x < 4 ? list.push(x + 1) && x : x);
    const one = template(`${await0}<% for (const x of it.list) { %><%= it.add(x) %><% } %>`);
    expect(await one.renderAsync({ list, add })).toBe('1234');
  });

  it.each(['', '<% await 0 %>'])('waits in the middle, and computes no value twice %s', async (await0) => {
    const asked: string[] = [];
    const get = (what: string, wait: boolean): unknown => {
      asked.push(what);
      return wait ? Promise.resolve(what) : what;
    };
    const list = [
      { n: 1, waits: [] },
      { n: 2, waits: ['b'] },
      { n: 3, waits: ['a', 'c'] },
      { n: 4, waits: [] },
    ];
    const value = (name: string): string => `<%= it.get("${name}" + n, waits.includes("${name}")) %>`;
    const source = `${await0}<% for (const { n, waits } of it.list) { %>${value('a')}-${value('b')}-${value('c')};<% } %>.`;
    expect(await template(source).renderAsync({ list, get })).toBe('a1-b1-c1;a2-b2-c2;a3-b3-c3;a4-b4-c4;.');
    expect(asked.join(' ')).toBe('a1 b1 c1 a2 b2 c2 a3 b3 c3 a4 b4 c4');
    asked.length = 0;
    const pieces: string[] = [];
    for await (const piece of template(source).generateAsync({ list, get })) pieces.push(piece);
    expect(pieces).toEqual(['a1-b1-c1;a2-', 'b2-c2;', 'a3-b3-', 'c3;a4-b4-c4;.']);
  });

  it('is told of by its line, whatever fails in it', async () => {
    const fail = (): never => {
      throw new Error('fails');
    };
    for (const [source, line] of [
      ['\n<% for (const x of it.list) { %><%= x() %><% } %>', 2],
      ['\n<% for (const x of it.list) { %>\n\n<%= 1 %><%= x() %><% } %>', 4],
      ['\n<% for (const x of it.list) { %>\n<%= 1 %>\n<%= x.y.z %><% } %>', 4],
      ['\n<% for (const x of it.none) { %><%= x %><% } %>', 2],
    ] as const) {
      const error = await errorOf(() => template(source).render({ list: [fail] }));
      expect(error.stack).toContain(`at <string>:${line}`);
    }
  });

  it.each([
    ['it.none', undefined],
    ['it.none', null],
    ['it.none', 5],
  ])('of what cannot be gone through is a TypeError that says what it is: %s, %s', async (name, none) => {
    const error = await errorOf(() =>
      template(`<% for (const x of ${name}) { %><%= x %><% } %>`).render({ none }),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe('it.none is not iterable');
  });

  it('is counted round by round, also where it waits', async () => {
    const source = '<% for (const x of it.list) { %><%= x %><% } %>';
    const lists = [
      [1, 2, 3],
      [1, Promise.resolve(2), 3],
      [Promise.resolve(1), Promise.resolve(2), Promise.resolve(3)],
    ];
    for (const list of lists) {
      expect(await template(source, { maxIterations: 3 }).renderAsync({ list })).toBe('123');
      const error = await errorOf(() => template(source, { maxIterations: 2 }).renderAsync({ list }));
      expect(error).toMatchObject({ code: 'TOO_MANY_ITERATIONS' });
    }
  });

  it('is bounded by maxOutput', async () => {
    const one = template('<% for (const x of it.list) { %><%= x %><% } %>', { maxOutput: 500 });
    const list = Array.from({ length: 1000 }, () => 'x');
    for (const run of [() => one.render({ list }), () => [...one.generate({ list })]]) {
      expect(await errorOf(run)).toMatchObject({ code: 'TOO_MUCH_OUTPUT' });
    }
    expect(one.render({ list: list.slice(500) })).toHaveLength(500);
  });

  it('closes what it goes through when its reader leaves', () => {
    let closed = 0;
    function* rows(): Iterable<string> {
      try {
        for (;;) yield 'x'.repeat(1000);
      } finally {
        closed++;
      }
    }
    for (const _ of template('<% for (const x of it.rows) { %><%= x %><% } %>').generate({ rows: rows() }))
      break;
    expect(closed).toBe(1);
  });
});
