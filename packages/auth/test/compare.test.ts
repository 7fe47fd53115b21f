import { describe, expect, it } from '@jest/globals';
import { timingSafeEqual, timingSafeFind } from '@microdot/auth';

describe('a comparison in constant time', () => {
  it('finds equal what is equal, and nothing else', () => {
    const texts = [
      '',
      'a',
      'b',
      'aa',
      'ab',
      'ba',
      'aaa',
      'abab',
      '\0',
      '\0\0',
      'é',
      '日本',
      '\ud800',
      'x'.repeat(1000),
    ];
    for (const given of texts) {
      for (const expected of texts) {
        expect([given, expected, timingSafeEqual(given, expected)]).toEqual([
          given,
          expected,
          given === expected,
        ]);
      }
    }
  });

  it('reads all that was given, wherever the difference is', () => {
    const read = (given: string): number => {
      let count = 0;
      const counting = {
        length: given.length,
        charCodeAt(i: number) {
          count++;
          return given.charCodeAt(i);
        },
      };
      timingSafeEqual(counting as unknown as string, 'secret');
      return count;
    };
    expect(['xecret', 'secrex', 'secret'].map(read)).toEqual([6, 6, 6]);
    expect(read('s')).toBe(1);
  });

  it('looks through all of a table', () => {
    let read = 0;
    const table = function* (): Generator<readonly [string, number]> {
      for (const entry of [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ] as const) {
        read++;
        yield entry;
      }
    };
    expect([timingSafeFind(table(), 'a'), timingSafeFind(table(), 'x')]).toEqual([1, undefined]);
    expect(read).toBe(6);
    expect(timingSafeFind(new Map([['a', 1]]), '')).toBeUndefined();
  });
});
