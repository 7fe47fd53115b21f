import { connect } from 'node:net';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Microdot, type Server } from '@microdot/core';
import { TestClient } from '@microdot/test-client';
import type { BoundTemplate } from '@microdot/utemplate';
import { deferred, environment, errorOf, joined } from './rendering.ts';

/** The same page in both syntaxes, and in eta's with an `await`. */
function pages(python: string, eta: string, etaAsync?: string): [string, BoundTemplate][] {
  const env = environment({});
  const all: [string, BoundTemplate][] = [
    ['utemplate', env.fromString(python)],
    ['eta', env.fromString(eta, { syntax: 'eta' })],
  ];
  return etaAsync === undefined
    ? all
    : [...all, ['eta with await', env.fromString(etaAsync, { syntax: 'eta' })]];
}

let unhandled: unknown[] = [];
const note = (error: unknown): void => {
  unhandled.push(error);
};
beforeEach(() => {
  unhandled = [];
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await sleep(5);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

describe('what comes before something that is waited for goes out first', () => {
  it.each(
    pages(
      '{% args later %}first {{ later }} last',
      'first <%= it.later %> last',
      'first <%= await it.later %> last',
    ),
  )('%s', async (_, template) => {
    const { promise, resolve } = deferred<string>();
    const pieces = template.generateAsync({ later: promise });
    expect(await pieces.next()).toEqual({ done: false, value: 'first ' });
    const second = pieces.next();
    resolve('now');
    expect((await second).value).toBe('now last');
    expect((await pieces.next()).done).toBe(true);
  });

  it.each([
    ['a condition', '{% args x %}first{% if x %}yes{% endif %}', 'yes'],
    ['a list', '{% args x %}first{% for c in x %}{{ c }}{% endfor %}', 'ab'],
    ['an item', "{% args x %}first{{ [{'k': x}][0]['k'] }}", 'ab'],
    ['a method', '{% args x %}first{{ x.upper() }}', 'AB'],
    ['an argument of an include', '{% args x %}first{% include "p.tpl" x %}', 'ab'],
  ])('in %s', async (_, source, rest) => {
    const { promise, resolve } = deferred<string>();
    const env = environment({ 'p.tpl': '{% args y %}{{ y }}' });
    const pieces = env.fromString(source).generateAsync({ x: promise });
    expect((await pieces.next()).value).toBe('first');
    resolve('ab');
    expect(await joined(pieces)).toBe(rest);
  });

  it('in an included template, and in a page whose layout has begun', async () => {
    const env = environment({
      'main.eta': '<% layout("page.eta", { title: "T" }) %>body <%= it.later %>',
      'page.eta': '<h1><%= it.title %></h1><%~ it.body %> end',
      'outer.tpl': '{% args later %}outer {% include "inner.tpl" %} end',
      'inner.tpl': 'inner {{ later }}',
    });
    for (const [name, first, rest] of [
      ['main.eta', '<h1>T</h1>body ', 'x end'],
      ['outer.tpl', 'outer inner ', 'x end'],
    ] as const) {
      const { promise, resolve } = deferred<string>();
      const pieces = env.getTemplate(name).generateAsync({ later: promise });
      expect((await pieces.next()).value).toBe(first);
      resolve('x');
      expect(await joined(pieces)).toBe(rest);
    }
  });

  it('arguments that nothing is done with are not waited for', async () => {
    const pieces = environment({})
      .fromString('no args')
      .generateAsync({ never: new Promise(() => {}) });
    expect((await pieces.next()).value).toBe('no args');
  });

  it('items of an async iterable come one by one', async () => {
    const queue = [deferred<number>(), deferred<number>()];
    async function* rows(): AsyncIterable<number> {
      for (const { promise } of queue) yield await promise;
    }
    const templates = pages(
      '{% args rows %}<{% for r in rows %}[{{ r }}]{% endfor %}>',
      '',
      '<<% for await (const r of it.rows) { %>[<%= r %>]<% } %>>',
    ).filter(([name]) => name !== 'eta');
    const all = templates.map(([, template]) => template.generateAsync({ rows: rows() }));
    for (const pieces of all) expect((await pieces.next()).value).toBe('<');
    queue[0]?.resolve(1);
    for (const pieces of all) expect((await pieces.next()).value).toBe('[1]');
    queue[1]?.resolve(2);
    for (const pieces of all) expect(await joined(pieces)).toBe('[2]>');
  });

  it('several next() at once are answered in their order', async () => {
    const template = environment({}).fromString('{% args a, b %}1{{ a }}2{{ b }}3');
    const pieces = template.generateAsync(sleep(5, 'a'), sleep(1, 'b'), {});
    const answers = await Promise.all([pieces.next(), pieces.next(), pieces.next(), pieces.next()]);
    expect(answers.map(({ value }) => value ?? '').join('')).toBe('1a2b3');
  });
});

describe('a synchronous method that meets a promise', () => {
  it.each(pages('{% args x %}a\n{{ x }}', 'a\n<%= it.x %>', 'a\n<%= await it.x %>'))(
    'says which method to use instead: %s',
    async (_, template) => {
      for (const run of [
        () => template.render({ x: Promise.resolve(1) }),
        () => [...template.generate({ x: Promise.resolve(1) })],
      ]) {
        const error = await errorOf(run);
        expect(error).toMatchObject({ code: 'PROMISE' });
        expect(error.message).toMatch(/renderAsync\(\) or generateAsync\(\)/);
      }
    },
  );

  it.each([
    '{% if x %}{% endif %}',
    '{% for y in x %}{% endfor %}',
    '{{ x is None }}',
    '{{ x == 1 }}',
    '{{ [x][0] }}',
    '{{ f(x) }}',
  ])('wherever that is: %s', async (source) => {
    const template = environment({}).fromString(`{% args x, f %}${source}`);
    const run = (): string => template.render(Promise.reject(new Error('not of interest')), () => 1);
    expect(await errorOf(run)).toMatchObject({ code: 'PROMISE', line: 1 });
  });

  it('an async iterable too', async () => {
    async function* rows(): AsyncIterable<number> {
      yield 1;
    }
    const template = environment({}).fromString('{% args rows %}{% for r in rows %}{% endfor %}');
    expect(await errorOf(() => template.render(rows()))).toMatchObject({ code: 'PROMISE' });
  });

  it('in a lambda or a generator expression nothing can wait, in no method', async () => {
    for (const source of ['{{ (lambda: x)() }}', '{{ list(x for y in [1]) }}']) {
      const template = environment({}).fromString(`{% args x %}${source}`);
      const error = await errorOf(() => template.renderAsync(Promise.resolve(1)));
      expect(error).toMatchObject({ code: 'PROMISE' });
      expect(error.message).toContain('use a list comprehension');
    }
    const list = environment({}).fromString('{% args *l %}{{ [x + 1 for x in l] }}');
    expect(await list.renderAsync(Promise.resolve(1))).toBe('[2]');
  });
});

/** Rows without an end, and what became of them. */
function source(fail = Number.POSITIVE_INFINITY): {
  rows: Iterable<string>;
  asyncRows: AsyncIterable<string>;
  state: { given: number; closed: number };
} {
  const state = { given: 0, closed: 0 };
  function* rows(): Iterable<string> {
    try {
      for (;;) {
        if (state.given === fail) throw new Error('the source fails');
        state.given++;
        yield 'x'.repeat(1023);
      }
    } finally {
      state.closed++;
    }
  }
  async function* asyncRows(): AsyncIterable<string> {
    yield* rows();
  }
  return { rows: rows(), asyncRows: asyncRows(), state };
}

const LOOPS = pages(
  '{% args rows %}{% for r in rows %}{{ r }}\n{% endfor %}',
  '<% for (const r of it.rows) { %><%= r %>\n\n<% } %>',
  '<% for await (const r of it.rows) { %><%= r %>\n\n<% } %>',
);

describe('a reader that leaves closes what is iterated over', () => {
  it.each(LOOPS)('%s', async (name, template) => {
    if (name !== 'eta with await') {
      const { rows, state } = source();
      const pieces = template.generate({ rows });
      for (const piece of pieces) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
      expect(state.closed).toBe(1);
      expect(state.given).toBeLessThan(10);
      expect(pieces.next().done).toBe(true);
    }
    for (const kind of ['rows', 'asyncRows'] as const) {
      if (name === 'eta' && kind === 'asyncRows') continue;
      const given = source();
      for await (const piece of template.generateAsync({ rows: given[kind] })) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
      expect(given.state.closed).toBe(1);
      expect(given.state.given).toBeLessThan(10);
    }
  });

  it.each(LOOPS.filter(([name]) => name !== 'eta'))(
    'also while it waits for the next: %s',
    async (_, template) => {
      let closed = 0;
      const rows = {
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<never>(() => {}),
          return: async () => {
            closed++;
            return { done: true as const, value: undefined };
          },
        }),
      };
      const pieces = template.generateAsync({ rows });
      const pending = pieces.next();
      await sleep(2);
      await pieces.return?.();
      expect(closed).toBe(1);
      expect(await pending).toEqual({ done: true, value: undefined });
    },
  );

  it('a page that nobody has begun to read opens nothing', async () => {
    const { rows, state } = source();
    const [, template] = LOOPS[0] as [string, BoundTemplate];
    template.generate({ rows }).return?.();
    await template.generateAsync({ rows }).return?.();
    expect(state).toEqual({ given: 0, closed: 0 });
  });

  it('in a layout, a page and an include, from the inside out', async () => {
    const order: string[] = [];
    const rows = (name: string) => ({
      *[Symbol.iterator]() {
        try {
          for (;;) yield name;
        } finally {
          order.push(name);
        }
      },
    });
    const loop = (name: string, inner: string): string =>
      `<% for (const r of it.rows("${name}")) { %><%= r %>${inner}<% } %>`;
    const env = environment({
      'page.eta': `<% layout("layout.eta") %>${loop('page', '<%~ include("row.eta") %>')}`,
      'layout.eta': loop('layout', '<%~ it.body %>'),
      'row.eta': loop('row', ''),
    });
    for (const _ of env.getTemplate('page.eta').generate({ rows })) break;
    expect(order).toEqual(['row', 'page', 'layout']);
  });
});

describe('an error midway', () => {
  it.each(LOOPS)('comes out after what was before it, and closes everything: %s', async (name, template) => {
    const { rows, asyncRows, state } = source(20);
    const given = name === 'eta with await' ? asyncRows : rows;
    const pieces = template.generateAsync({ rows: given });
    let length = 0;
    const error = await errorOf(async () => {
      for await (const piece of pieces) length += piece.length;
    });
    expect(error.message).toBe('the source fails');
    expect(length).toBeGreaterThan(8 * 1024);
    expect(state.closed).toBe(1);
    expect(await pieces.next()).toEqual({ done: true, value: undefined });
  });

  it('closes the loops around it', async () => {
    const { rows, state } = source();
    const template = environment({ 'p.tpl': '{{ 1 / 0 }}' }).fromString(
      '{% args rows %}{% for r in rows %}{% include "p.tpl" %}{% endfor %}',
    );
    expect(await errorOf(() => template.render({ rows }))).toMatchObject({
      name: 'ZeroDivisionError',
      templateName: 'p.tpl',
    });
    expect(state).toEqual({ given: 1, closed: 1 });
  });

  it('a promise that rejects is told of where it is printed', async () => {
    const reason = new Error('no data');
    for (const [, template] of pages('{% args x %}a{{ x }}b', 'a<%= it.x %>b', 'a<%= await it.x %>b')) {
      const pieces = template.generateAsync({ x: Promise.reject(reason) });
      expect((await pieces.next()).value).toBe('a');
      expect(await errorOf(() => pieces.next())).toBe(reason);
      expect((await pieces.next()).done).toBe(true);
      expect(await errorOf(() => template.renderAsync({ x: Promise.reject(reason) }))).toBe(reason);
    }
  });

  it('a promise that rejects before the page comes to it ends no process, nor one that it never comes to', async () => {
    const template = environment({}).fromString('{% args slow, fast, never, l %}{{ slow }}{{ fast }}');
    const reason = new Error('early');
    const fail = (): Promise<never> => Promise.reject(reason);
    const run = (): Promise<string> => template.renderAsync(sleep(10, 'x'), fail(), fail(), [fail(), fail()]);
    expect(await errorOf(run)).toBe(reason);
    const left = template.generateAsync(sleep(1, 'x'), fail(), fail(), [{ a: 1 }, fail()]);
    await left.return?.();
  });

  it('a source that fails while it is closed disturbs nobody', async () => {
    const rows = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false as const, value: 'x'.repeat(5000) }),
        return: () => Promise.reject(new Error('while closing')),
      }),
    };
    for (const [name, template] of LOOPS) {
      if (name !== 'eta') for await (const _ of template.generateAsync({ rows })) break;
    }
  });
});

describe('200 MB', () => {
  it.each(LOOPS)('leave memory flat: %s', async (name, template) => {
    const row = 'x'.repeat(1023);
    function* rows(): Iterable<string> {
      for (let i = 0; i < 200 * 1024; i++) yield row;
    }
    async function* asyncRows(): AsyncIterable<string> {
      yield* rows();
    }
    const given = name === 'eta with await' ? asyncRows() : rows();
    const before = process.memoryUsage().heapUsed;
    let [length, most, pieces] = [0, 0, 0];
    for await (const piece of template.generateAsync({ rows: given })) {
      length += piece.length;
      if (pieces++ % 500 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    expect(length).toBe(200 * 1024 * 1024);
    expect(most).toBeLessThan(100 * 1024 * 1024);
  });
});

describe('over a socket', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it.each(LOOPS.flatMap(([name, template]) => (name === 'eta' ? [] : [[name, template] as const])))(
    'a slow reader holds the page to 64 KB ahead, and one that leaves closes it: %s',
    async (_, template) => {
      const { asyncRows, state } = source();
      const app = new Microdot();
      app.get('/', () => template.generateAsync({ rows: asyncRows }));
      const server = await app.startServer({ port: 0, host: '127.0.0.1' });
      servers.push(server);
      const socket = connect(server.port, '127.0.0.1');
      socket.pause();
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      let before = -1;
      while (before !== state.given || before < 64) {
        before = state.given;
        await sleep(150);
      }
      // What the kernel has taken for the reader is no more in our hands.
      const theirs = sockets().find(({ localPort }) => localPort === server.port);
      const taken = (theirs?.bytesWritten ?? 0) - (theirs?.writableLength ?? 0);
      expect(taken).toBeGreaterThan(0);
      expect(state.given * 1024 - taken).toBeLessThanOrEqual(64 * 1024 + 4096 + 1024);
      socket.destroy();
      while (state.closed === 0) await sleep(5);
      expect(state.closed).toBe(1);
    },
  );

  it('a handler returns a page that streams', async () => {
    const app = new Microdot();
    const template = environment({}).fromString('{% args name, later %}Hello, {{ name }}! {{ later }}');
    app.get('/', () => template.generate('sync', 1, {}));
    app.get('/async', () => template.generateAsync('async', sleep(2, 'done'), {}));
    const client = new TestClient(app);
    expect((await client.get('/')).text).toBe('Hello, sync! 1');
    expect((await client.get('/async')).text).toBe('Hello, async! done');
  });
});

interface ServerSocket {
  readonly localPort?: number;
  readonly bytesWritten: number;
  readonly writableLength: number;
}

/** The sockets that are open in this process. */
function sockets(): ServerSocket[] {
  const { _getActiveHandles: handles } = process as unknown as { _getActiveHandles(): ServerSocket[] };
  return handles.call(process).filter(({ writableLength }) => writableLength !== undefined);
}
