import { expect, it } from '@jest/globals';
import { parseHttpDate } from '../src/httpDate.ts';

const TIME = Date.UTC(1994, 10, 6, 8, 49, 37);

it.each<[string, number | undefined]>([
  ['Sun, 06 Nov 1994 08:49:37 GMT', TIME],
  ['Sunday, 06-Nov-94 08:49:37 GMT', TIME],
  ['Sun Nov  6 08:49:37 1994', TIME],
  ['Sat, 31 Dec 2016 23:59:60 GMT', Date.UTC(2017, 0, 1)],
  ['Thu, 29 Feb 2024 00:00:00 GMT', Date.UTC(2024, 1, 29)],
  ['Wed, 29 Feb 2023 00:00:00 GMT', undefined],
  ['Sun, 31 Nov 1994 08:49:37 GMT', undefined],
  ['Sun, 00 Nov 1994 08:49:37 GMT', undefined],
  ['Sun, 06 Nov 1994 24:00:00 GMT', undefined],
  ['Sun, 06 Nov 1994 08:60:00 GMT', undefined],
  ['Sun, 06 Nov 1994 08:49:61 GMT', undefined],
  ['Sun, 06 Nov 1994 08:49:37 UTC', undefined],
  ['Sun, 06 Nov 1994 08:49:37 +0000', undefined],
  ['Sun, 6 Nov 1994 08:49:37 GMT', undefined],
  ['Sun, 06 Foo 1994 08:49:37 GMT', undefined],
  // Stands within JanFebMar, but is no month.
  ['Sun, 06 anF 1994 08:49:37 GMT', undefined],
  ['sun, 06 nov 1994 08:49:37 gmt', undefined],
  ['Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT', undefined],
  ['1994-11-06T08:49:37Z', undefined],
  ['784111777', undefined],
  ['', undefined],
])('%j', (text, time) => {
  expect(parseHttpDate(text)).toBe(time);
});

it('reads back what toUTCString writes', () => {
  for (let time = 0; time < 4e12; time += 12_345_678_000)
    expect(parseHttpDate(new Date(time).toUTCString())).toBe(time);
});

it('takes two digits for the year within fifty years from now', () => {
  const year = new Date().getUTCFullYear();
  for (let ahead = -49; ahead <= 50; ahead++) {
    const digits = String((year + ahead) % 100).padStart(2, '0');
    expect(parseHttpDate(`Sunday, 06-Nov-${digits} 08:49:37 GMT`)).toBe(
      Date.UTC(year + ahead, 10, 6, 8, 49, 37),
    );
  }
});
