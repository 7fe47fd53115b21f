import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { errorOf, template } from './collect.ts';

/** An asynchronous source without end, that counts what is taken of it. */
function endless(): { taken: number; closed: number; items(): AsyncGenerator<number> } {
  const state = {
    taken: 0,
    closed: 0,
    async *items(): AsyncGenerator<number> {
      try {
        for (;;) {
          await sleep(1);
          yield ++state.taken;
        }
      } finally {
        state.closed++;
      }
    },
  };
  return state;
}

const ROWS = '{% for x in items %}{{ x }}{{ tick() }}{% endfor %}';
const templates = { base: 'head{% block a %}{% endblock %}', part: ROWS };

describe('a reader that leaves while the page waits for a part that is put together in memory', () => {
  it.each([
    ['a macro', `head{% macro m() %}${ROWS}{% endmacro %}{{ slow() }}{{ m() }}`],
    [
      'the body of a call',
      `head{% macro m() %}{{ caller() }}{% endmacro %}{{ slow() }}{% call m() %}${ROWS}{% endcall %}`,
    ],
    ['a block of set', `head{{ slow() }}{% set x %}${ROWS}{% endset %}`],
    [
      'a block as a value',
      `head{% if no %}{% block a %}${ROWS}{% endblock %}{% endif %}{{ slow() }}{{ self.a()|upper }}`,
    ],
    ['a template that is imported', "head{{ slow() }}{% import 'part' as p with context %}"],
    [
      'a recursive loop',
      'head{% for x in [[1]] recursive %}{{ slow() }}{{ loop(items)|upper if x is iterable else tick() }}{% endfor %}',
    ],
    ['a filter that reads a stream', 'head{{ slow() }}{{ items|join }}'],
    ['a loop over what a filter sorts', 'head{{ slow() }}{% for x in items|sort %}{% endfor %}'],
    ['a stream that is printed', "{% extends 'base' %}{% block a %}{{ slow() }}{{ items }}{% endblock %}"],
  ])('closes what is open in %s, and nothing goes on', async (_, source) => {
    const stream = endless();
    let ticks = 0;
    const pieces = template(source, {}, templates).generateAsync({
      items: stream.items(),
      slow: () => sleep(1, ''),
      tick: () => {
        ticks++;
        return '';
      },
    });
    expect((await pieces.next()).value).toBe('head');
    const waiting = pieces.next();
    while (stream.taken < 3) await sleep(1);
    await pieces.return();
    expect(stream.closed).toBe(1);
    const before = [stream.taken, ticks];
    await sleep(20);
    expect([stream.taken, ticks]).toEqual(before);
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('does not end a module that others import, too', async () => {
    let resolve: (value: string) => void = () => {};
    const slow = new Promise<string>((settle) => {
      resolve = settle;
    });
    const lib = '{% set site = name() %}{% macro m() %}{{ site }}{% endmacro %}';
    const page = template(
      "head{% import 'lib' as lib %}{{ lib.m() }}",
      { globals: { name: () => slow } },
      { lib },
    );
    const [left, kept] = [page.generateAsync(), page.renderAsync()];
    await left.next();
    const waiting = left.next();
    await sleep(1);
    await left.return();
    resolve('shop');
    expect(await kept).toBe('headshop');
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});

it('does nothing after a synchronous method has refused a promise', async () => {
  let ticks = 0;
  const page = template(
    '{% macro m() %}{% for x in range(9) %}{{ tick() }}{% endfor %}{% endmacro %}{{ m() }}',
  );
  const tick = (): Promise<string> => {
    ticks++;
    return Promise.resolve('');
  };
  expect(await errorOf(() => page.render({ tick }))).toMatchObject({ code: 'ASYNC_VALUE' });
  expect(await errorOf(() => [...page.generate({ tick })])).toMatchObject({ code: 'ASYNC_VALUE' });
  await sleep(5);
  expect(ticks).toBe(2);
});
