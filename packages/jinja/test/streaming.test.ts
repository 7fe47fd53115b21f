import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { errorOf, join, template } from './collect.ts';

/** A promise, and the functions that settle it. */
function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}

/** A source that counts what is taken of it, and says when it was closed. */
function source(size = Number.POSITIVE_INFINITY): {
  taken: number;
  closed: number;
  items: () => Generator<string>;
} {
  const state = {
    taken: 0,
    closed: 0,
    *items(): Generator<string> {
      try {
        while (state.taken < size) yield `item ${++state.taken}`;
      } finally {
        state.closed++;
      }
    },
  };
  return state;
}

async function* later(items: Iterable<string>): AsyncGenerator<string> {
  for (const item of items) {
    await undefined;
    yield item;
  }
}

describe('a page that is generated', () => {
  it('goes out up to a promise before that resolves', async () => {
    const slow = deferred<string>();
    const pieces = template('<h1>{{ title }}</h1>{{ slow }}<p>end').generateAsync({
      title: 'Hi',
      slow: slow.promise,
    });
    expect(await pieces.next()).toEqual({ done: false, value: '<h1>Hi</h1>' });
    slow.resolve('<now>');
    expect(await join(pieces)).toBe('&lt;now&gt;<p>end');
  });

  it.each([
    ['a layout', "{% extends 'base' %}{% block a %}{{ slow }}{% endblock %}"],
    ['an include', "head {% include 'part' %} foot"],
    ['a loop', 'head {% for x in [1] %}{{ slow }}{% endfor %} foot'],
    ['super()', "{% extends 'base' %}{% block a %}head {{ super() }}{{ slow }}{% endblock %}"],
    ['a nested value', 'head {{ user.name }} foot'],
    ['an argument', 'head {{ slow|upper }} foot'],
    ['a condition', 'head {% if slow %}x{% endif %} foot'],
    ['an assignment', 'head {% set x = slow %}{{ x }} foot'],
    ['a macro', 'head {% macro m() %}{{ slow }}{% endmacro %}{{ m() }} foot'],
  ])('goes out up to a promise within %s', async (_, text) => {
    const slow = deferred<string>();
    const templates = { base: 'head {% block a %}A{% endblock %} foot', part: '{{ slow }}' };
    const page = template(text, {}, templates);
    const pieces = page.generateAsync({ slow: slow.promise, user: { name: slow.promise } });
    expect((await pieces.next()).value).toMatch(/^head /);
    slow.resolve('s');
    expect(await join(pieces)).toMatch(/ foot$/);
  });

  it('does not send a small piece for every promise that has been settled already', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => Promise.resolve(i));
    const pieces: string[] = [];
    for await (const piece of template('{% for r in rows %}{{ r }},{% endfor %}').generateAsync({ rows })) {
      pieces.push(piece);
    }
    expect(pieces.join('')).toHaveLength(500 + 10 + 180 + 1200);
    expect(pieces.length).toBeLessThan(5);
  });

  it('takes no more of a lazy source than the reader does', () => {
    const counted = source();
    const pieces = template('{% for x in items %}{{ x }}{{ pad }}{% endfor %}').generate({
      items: counted.items(),
      pad: 'x'.repeat(1000),
    });
    pieces.next();
    expect(counted.taken).toBeLessThan(20);
    pieces.next();
    expect(counted.taken).toBeLessThan(40);
    pieces.return();
    expect(counted.closed).toBe(1);
  });

  it('is in order, whatever is waited for where', async () => {
    type Tree = { t: unknown; c: unknown };
    const later = <T>(value: T, ms?: number): Promise<T> =>
      ms === undefined ? Promise.resolve(value) : sleep(ms, value);
    const tree = (ms?: number): Promise<Tree> => {
      const leaf = (t: string): Promise<Tree> => later({ t: later(t, ms), c: later([], ms) }, ms);
      const inner = later({ t: later('c', ms), c: later([leaf('d'), leaf('e')], ms) }, ms);
      return later({ t: later('a', ms), c: later([leaf('b'), inner], ms) }, ms);
    };
    const templates = { base: 'head {% block main %}{% endblock %} foot', part: '({{ root.t }})' };
    const page = template(
      `{% extends 'base' %}{% macro show(n) %}<{{ n.t }}{% for k in n.c %}[{{ show(k) }}]{% endfor %}>{% endmacro %}
      {% block main %}{{ show(root) }}{% include 'part' %}{% set x %}{{ show(root) }}{% endset %}{{ x|upper }}
      {%- filter lower %}{{ root.t }}{{ show(root) }}{% endfilter %}
      {%- for n in [root] recursive %}{{ n.t }}({{ loop(n.c) }}){% endfor %}
      {%- call(y) wrap(root) %}{{ y.t }}{% endcall %}{% endblock %}
      {% macro wrap(n) %}-{{ n.t }}{{ caller(n) }}{{ n.c|length }}-{% endmacro %}`,
      {},
      templates,
    );
    const tag = '<a[<b>][<c[<d>][<e>]>]>';
    const expected = `head ${tag}(a)${tag.toUpperCase()}a${tag}a(b()c(d()e()))-aa2- foot`;
    for (const ms of [undefined, 0, 1]) {
      expect(await page.renderAsync({ root: tree(ms) })).toBe(expected);
      expect(await join(page.generateAsync({ root: tree(ms) }))).toBe(expected);
    }
  });

  it('waits for the attribute that a filter reads, and not for the others', async () => {
    const never = new Promise<never>(() => {});
    const soon = <T>(value: T): Promise<T> => sleep(1, value);
    const post = (title: string, score: number) => ({
      title: soon(title),
      author: soon({ name: soon(title.toUpperCase()) }),
      score: soon(score),
      photo: never,
    });
    const posts = [post('b', 2), post('a', 0), post('c', 1)];
    const page = template(`{{ posts|sort(attribute='title')|map(attribute='author.name')|join(' ') }}
      {{ posts|selectattr('score')|map(attribute='title')|list }}
      {{ posts|rejectattr('score', 'ge', 1)|map(attribute='title')|first }}
      {%- for score, group in posts|groupby('score') %} {{ score }}{{ group[0].title }}{% endfor %}
      {{ posts|sum(attribute='score') }} {{ posts|max(attribute='score')|attr('x') }}{{ (posts|min(attribute='score')).title }}
      {{ posts|unique(attribute='score')|map(attribute='title')|join }} {{ posts|join('-', attribute='title') }}`);
    const expected = 'A B C ["b", "c"] a 0a 1c 2b 3 a bac b-a-c'.replaceAll('"', '&#39;');
    expect((await page.renderAsync({ posts: soon(posts) })).replace(/\s+/g, ' ')).toBe(expected);
    const ready = [
      { title: 'b', photo: never },
      { title: 'a', photo: never },
    ];
    const titles = template("{{ posts|sort(attribute='title')|map(attribute='title')|join }}");
    expect(titles.render({ posts: ready })).toBe('ab');
  });

  it('waits for all that is printed, compared or written as a whole', async () => {
    const page = template(
      "{{ list }} {{ dict }} {{ dict|tojson }} {{ 2 in list }} {{ list == [1, 2] }} {{ list ~ '!' }} {{ '%s'|format(list) }} {{ dict.values() }}",
      { autoescape: false },
    );
    const list = [Promise.resolve(1), Promise.resolve(2)];
    const dict = Promise.resolve({ a: Promise.resolve([Promise.resolve(null)]) });
    expect(await page.renderAsync({ list, dict })).toBe(
      '[1, 2] {\'a\': [None]} {"a": [null]} True True [1, 2]! [1, 2] dict_values([[None]])',
    );
  });

  it('closes every source when the reader stops, from the innermost outwards', async () => {
    const [outer, inner] = [source(), source()];
    const order: string[] = [];
    const watch = function* (name: string, items: Iterable<string>): Generator<string> {
      try {
        yield* items;
      } finally {
        order.push(name);
      }
    };
    const pieces = template(
      '{% for a in outer %}{% for b in inner %}{{ a }}{{ b }}{{ pad }}{% endfor %}{% endfor %}',
    ).generateAsync({
      outer: watch('outer', outer.items()),
      inner: watch('inner', inner.items()),
      pad: 'x'.repeat(1000),
    });
    await pieces.next();
    await pieces.return();
    expect(order).toEqual(['inner', 'outer']);
    expect([outer.closed, inner.closed]).toEqual([1, 1]);
    expect(await pieces.next()).toEqual({ done: true, value: undefined });
  });

  it('closes an asynchronous source at once when the reader leaves while it is waited for', async () => {
    let isClosed = false;
    const never: AsyncIterator<string> & AsyncIterable<string> = {
      next: () => new Promise(() => {}),
      async return() {
        isClosed = true;
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const pieces = template('start {% for x in events %}{{ x }}{% endfor %}').generateAsync({
      events: never,
    });
    expect((await pieces.next()).value).toBe('start ');
    const waiting = pieces.next();
    await sleep(1);
    await pieces.return();
    expect(isClosed).toBe(true);
    // Nothing settles it: the source never answers.
    expect(await Promise.race([waiting, sleep(5, 'still waiting')])).toBe('still waiting');
  });

  it('passes an error midway on, and closes what is open', async () => {
    const [counted, other] = [source(), source()];
    const failure = new Error('the database is gone');
    const fail = (): never => {
      throw failure;
    };
    const page = template(
      '{% for x in items %}{{ x }}{% if loop.index == 3 %}{{ fail() }}{% endif %}{% endfor %}',
    );
    expect(await errorOf(() => join(page.generateAsync({ items: later(counted.items()), fail })))).toBe(
      failure,
    );
    expect(counted.closed).toBe(1);
    expect(failure.stack).toContain('in template main.html, line 1');
    expect(await errorOf(() => [...page.generate({ items: other.items(), fail })])).toBe(failure);
    expect(other.closed).toBe(1);
  });

  it('fails where a source does, and does not close what has failed', async () => {
    let returns = 0;
    const failing = {
      next: () => Promise.reject(new Error('no more')),
      async return() {
        returns++;
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const page = template('{% for x in items %}{{ x }}{% endfor %}');
    expect((await errorOf(() => page.renderAsync({ items: failing }))).message).toBe('no more');
    expect(returns).toBe(0);
  });

  it('knows of a stream what Jinja knows: the last item, and the length once that is asked for', async () => {
    const page = template(
      '{% for x in items %}{{ loop.index }}{{ x }}{{ "!" if loop.last else ", " }}{% endfor %}',
    );
    expect(page.render({ items: ['a', 'b'].values() })).toBe('1a, 2b!');
    expect(await page.renderAsync({ items: later(['a', 'b']) })).toBe('1a, 2b!');
    const whole = template(
      '{% for x in items %}{{ x }}{{ loop.index }}/{{ loop.length }} {{ loop.nextitem }};{% endfor %}',
    );
    expect(whole.render({ items: ['a', 'b'].values() })).toBe('a1/2 b;b2/2 ;');
    expect(await whole.renderAsync({ items: later(['a', 'b']) })).toBe('a1/2 b;b2/2 ;');
  });

  it('filters a stream as it comes', async () => {
    const counted = source();
    const pieces = template(
      '{% for x in items if x.endswith("0") %}{{ loop.index }}:{{ x }}{{ pad }};{% endfor %}',
    ).generate({
      items: counted.items(),
      pad: ' '.repeat(20_000),
    });
    expect(pieces.next().value?.trim()).toMatch(/^1:item 10\s+;$/);
    expect(counted.taken).toBe(10);
    pieces.return();
  });
});

/** Plain Node, whose process is to survive, reads what is built. */
const dist = new URL('../dist/index.js', import.meta.url);
const whereBuilt = existsSync(fileURLToPath(dist)) ? it : it.skip;

describe('promises that nobody waits for', () => {
  whereBuilt('do not end the process', () => {
    const script = `
      import { Environment } from ${JSON.stringify(dist.href)};
      import { setTimeout as sleep } from 'node:timers/promises';
      process.on('unhandledRejection', ({ message }) => console.log(message));
      const reject = async (ms, of) => { await sleep(ms); throw new Error(of); };
      const filters = { late: (x) => reject(1, 'filter'), mixed: (x) => { if (x === 1) return reject(1, 'mixed'); throw new Error(); } };
      const environment = new Environment({ filters });
      const run = async (source, context) => {
        const page = environment.fromString(source);
        const given = () => ({ fail() { throw new Error('at once'); }, ...context() });
        for (const f of [page.renderAsync, page.generateAsync, page.render, page.generate]) {
          try {
            const made = await f.call(page, given());
            if (typeof made !== 'string') for await (const piece of made) break;
          } catch {}
        }
        page.generateAsync(given());
        await page.generateAsync(given()).return();
      };
      await run('a{{ slow }}{{ bad }}{{ other }}', () => ({ slow: sleep(20), bad: reject(1, 'bad'), other: reject(30, 'other') }));
      await run('a{{ fail() }}', () => ({ bad: reject(1, 'failed') }));
      await run('{% for x in [1]|map("late") %}{{ fail() }}{% endfor %}', () => ({}));
      await run('{{ [1, 2]|map("mixed")|list }}', () => ({}));
      await run('{% for row in rows %}{{ row }}{% endfor %}', () => ({ rows: [sleep(20), reject(1, 'list')] }));
      await run('{% for row in rows() %}{{ row }}{% endfor %}', () => ({ rows: () => [sleep(20), reject(1, 'result')] }));
      await run('{% for row in rows %}{{ row.x }}{% endfor %}', () => ({ rows: [{ x: sleep(20) }, { x: reject(1, 'row') }] }));
      await run('{% for row in rows %}{{ row.x }}{% endfor %}', () => ({
        rows: Promise.resolve([{ x: sleep(20) }, { x: reject(1, 'later') }]),
      }));
      const unused = environment.fromString('a');
      await unused.renderAsync({ bad: reject(1, 'unused') });
      for await (const piece of unused.generateAsync({ bad: reject(1, 'unused') }));
      await sleep(60);
      console.log('alive');
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect([stdout.trim(), stderr]).toEqual(['alive', '']);
  });
});

describe('a response', () => {
  it('is held back by a reader that is slow, and closes the source of one that leaves', async () => {
    const counted = source();
    const page = template('{% for x in items %}{{ x }}{{ pad }}{% endfor %}');
    let sent = 0;
    const app = new Microdot({ logger: { info() {}, error() {} } });
    app.get('/', async function* () {
      for await (const piece of page.generateAsync({
        items: later(counted.items()),
        pad: 'x'.repeat(1000),
      })) {
        sent += piece.length;
        yield piece;
      }
    });
    const server = await app.startServer({ port: 0, host: '127.0.0.1' });
    const socket = createConnection(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.pause();
    await settled(() => sent);
    const first = sent;
    expect(counted.taken).toBeGreaterThan(0);
    // What is ahead of the network is what one piece holds.
    expect(counted.taken * 1000 - first).toBeLessThan(64 * 1024);
    socket.resume();
    await until(() => sent > first);
    socket.destroy();
    await until(() => counted.closed === 1);
    await server.close();
  });
});

/** Waits until a number has stopped to grow. */
async function settled(read: () => number): Promise<void> {
  for (let last = -1; last !== read(); ) {
    last = read();
    await sleep(100);
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}
