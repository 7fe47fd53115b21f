import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, sendFile } from '@microdot/core';
import { parseRanges } from '../src/ranges.ts';
import { type Answer, ask } from './ask.ts';
import { folder, letFilesRest, noise, random } from './folder.ts';

beforeEach(letFilesRest);
afterEach(() => void jest.restoreAllMocks());

const SMALL = noise(50_000, 2);
const LARGE = noise(1_048_576, 3);
const root = folder({
  'small.bin': SMALL,
  'large.bin': LARGE,
  'hello.txt': 'Hello, World!',
  'empty.txt': '',
});

const app = new Microdot();
app.get('/<name>', (_, { name }) => sendFile(name, { root }));

function askRange(name: string, range: string): Promise<Answer> {
  return ask(app, `/${name}`, { headers: { Range: range } });
}

describe('of thirteen bytes', () => {
  it.each<[string, string, string]>([
    ['bytes=0-4', 'bytes 0-4/13', 'Hello'],
    ['bytes=7-', 'bytes 7-12/13', 'World!'],
    ['bytes=-1', 'bytes 12-12/13', '!'],
    ['bytes=12-12', 'bytes 12-12/13', '!'],
    ['bytes=0-', 'bytes 0-12/13', 'Hello, World!'],
    ['bytes=0-99', 'bytes 0-12/13', 'Hello, World!'],
    ['bytes=-99', 'bytes 0-12/13', 'Hello, World!'],
    ['bytes=007-011', 'bytes 7-11/13', 'World'],
    ['Bytes=0-0', 'bytes 0-0/13', 'H'],
    ['bytes= 0-0 ,', 'bytes 0-0/13', 'H'],
    ['bytes=99-100,0-0', 'bytes 0-0/13', 'H'],
    [`bytes=0-${'9'.repeat(40)}`, 'bytes 0-12/13', 'Hello, World!'],
  ])('%s gives %s', async (range, contentRange, text) => {
    const answer = await askRange('hello.txt', range);
    expect([answer.status, answer.text]).toEqual([206, text]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-range': contentRange,
      'content-length': String(text.length),
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^"/),
      'last-modified': expect.any(String),
    });
  });

  it.each(['bytes=13-', 'bytes=13-14', 'bytes=-0', 'bytes=99-100,200-', `bytes=${'9'.repeat(40)}-`])(
    '%s cannot be, and the client is told how many there are',
    async (range) => {
      const answer = await askRange('hello.txt', range);
      expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */13']);
      expect(answer.headers.has('etag')).toBe(false);
    },
  );

  it.each([
    'bytes',
    'bytes=',
    'bytes=,',
    'bytes=-',
    'bytes=a-b',
    'bytes=1',
    'bytes=4-0',
    'bytes=0-4-5',
    'bytes=0x1-2',
    'bytes=1.5-2',
    'bytes=--1',
    'bytes=+0-4',
    'bytes=0-4;5-6',
    'bytes=0-4, bytes=5-6',
    'bytes =0-4',
    'seconds=0-4',
    'bytes=٠-٤',
  ])('%s is ignored', async (range) => {
    const answer = await askRange('hello.txt', range);
    expect([answer.status, answer.text, answer.headers.has('content-range')]).toEqual([
      200,
      'Hello, World!',
      false,
    ]);
  });
});

it('an empty file is sent as it is, whatever the range', async () => {
  for (const range of ['bytes=0-', 'bytes=-5', 'bytes=0-0']) {
    const answer = await askRange('empty.txt', range);
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '0']);
  }
});

describe.each<[string, Uint8Array]>([
  ['small.bin', SMALL],
  ['large.bin', LARGE],
])('of %s', (name, bytes) => {
  const next = random(4);

  it('random ranges, byte by byte', async () => {
    for (let i = 0; i < 100; i++) {
      const start = next(bytes.length);
      const end = start + next(bytes.length - start);
      const answer = await askRange(name, `bytes=${start}-${end}`);
      expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/${bytes.length}`);
      expect(Buffer.compare(answer.bytes, bytes.subarray(start, end + 1))).toBe(0);
    }
  });

  it('several random ranges, in the order in which they were asked for', async () => {
    for (let i = 0; i < 30; i++) {
      const wanted = Array.from({ length: 2 + next(9) }, () => {
        const start = next(bytes.length);
        return { start, end: Math.min(start + next(Math.floor(bytes.length / 10)), bytes.length - 1) };
      });
      const answer = await askRange(
        name,
        `bytes=${wanted.map(({ start, end }) => `${start}-${end}`).join(', ')}`,
      );
      expect([answer.status, answer.headers.get('content-length')]).toEqual([
        206,
        String(answer.bytes.length),
      ]);
      const parts = parseMultipart(answer);
      expect(parts.map(({ headers }) => headers)).toEqual(
        wanted.map(({ start, end }) => [
          'Content-Type: application/octet-stream',
          `Content-Range: bytes ${start}-${end}/${bytes.length}`,
        ]),
      );
      for (const [at, { start, end }] of wanted.entries()) {
        expect(Buffer.compare(parts[at]?.body as Buffer, bytes.subarray(start, end + 1))).toBe(0);
      }
    }
  });
});

it('says nothing of one range where there are several', async () => {
  const { headers } = await askRange('hello.txt', 'bytes=0-0,2-2');
  expect([headers.has('content-range'), headers.get('accept-ranges')]).toEqual([false, 'bytes']);
});

describe('an attack with ranges gets the file, once', () => {
  it.each<[string, string]>([
    ['more than ten ranges', Array.from({ length: 11 }, (_, i) => `${i}-${i}`).join(',')],
    ['a hundred thousand ranges', Array.from({ length: 100_000 }, () => '0-0').join(',')],
    ['ranges that overlap (CVE-2011-3192)', '0-,0-,0-'],
    ['the whole file and a byte', '0-,5-5'],
    ['suffixes that overlap', '-13,-12'],
  ])('%s', async (_, ranges) => {
    const answer = await askRange('hello.txt', `bytes=${ranges}`);
    expect([answer.status, answer.text]).toEqual([200, 'Hello, World!']);
  });

  it('ten ranges are none', async () => {
    const ranges = Array.from({ length: 10 }, (_, i) => `${i}-${i}`).join(',');
    expect(
      parseMultipart(await askRange('hello.txt', `bytes=${ranges}`))
        .map(({ body }) => body.toString())
        .join(''),
    ).toBe('Hello, Wor');
  });

  it('numbers beyond all numbers', () => {
    const many = '9'.repeat(400);
    const parsed = [`0-${many}`, `-${many}`, `${many}-`, `${many}-${many}`].map((text) =>
      parseRanges(`bytes=${text}`, 13),
    );
    expect(parsed).toEqual([[{ start: 0, end: 12 }], [{ start: 0, end: 12 }], [], []]);
  });

  it('a long header takes no time', () => {
    const start = performance.now();
    for (const text of [' '.repeat(1e6), ','.repeat(1e6), '-'.repeat(1e6), `${'1'.repeat(1e6)}x`]) {
      expect(parseRanges(`bytes=${text}`, 13)).toBeUndefined();
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

/** As strict as a client may be: RFC 2046 5.1.1. */
function parseMultipart({ headers, bytes }: Answer): { headers: string[]; body: Buffer }[] {
  const boundary = /^multipart\/byteranges; boundary=([\w]+)$/.exec(headers.get('content-type') ?? '')?.[1];
  const text = Buffer.from(bytes).toString('latin1');
  const pieces = `\r\n${text}`.split(`\r\n--${boundary}`);
  expect([pieces.shift(), pieces.pop()]).toEqual(['', '--\r\n']);
  return pieces.map((piece) => {
    const end = piece.indexOf('\r\n\r\n');
    return { headers: piece.slice(2, end).split('\r\n'), body: Buffer.from(piece.slice(end + 4), 'latin1') };
  });
}
