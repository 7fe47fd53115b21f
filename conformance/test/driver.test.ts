import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { conformance } from '../src/cli.ts';
import { compare } from '../src/compare.ts';
import { deviationOf } from '../src/deviations.ts';
import { families } from '../src/families.ts';
import type { Answer } from '../src/transport.ts';
import type { Spec, VectorCase, VectorFile, VectorResponse } from '../src/vectors.ts';

const TEXT = { 'content-length': ['2'], 'content-type': ['text/plain; charset=UTF-8'] };
const app: Spec = [
  { route: '/', do: { return: { text: 'ok' } } },
  { route: '/form', methods: ['POST'], do: { echo: 'form' } },
];

function vector(id: string, path: string, response: VectorResponse, more = {}): VectorCase {
  return { id, app: 0, requests: [{ method: 'GET', path, ...more }], responses: [response] };
}

let folder: string;

async function run(
  family: string,
  file: VectorFile,
  ...args: string[]
): Promise<{ code: number; lines: string[] }> {
  await writeFile(join(folder, `${family}.json`), JSON.stringify(file));
  const lines: string[] = [];
  const code = await conformance(['--dir', folder, '--family', family, ...args], '/', (line) =>
    lines.push(line),
  );
  return { code, lines };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
});

describe('the driver', () => {
  it('counts what passes and shows what differs', async () => {
    const cases = [
      vector('routing-1', '/', { status: 200, headers: TEXT, text: 'ok' }),
      vector('routing-2', '/', { status: 201, headers: { ...TEXT, 'x-a': ['1'] }, text: 'no' }),
      vector('routing-3', '/none', { status: 404 }),
    ];
    for (const transport of ['client', 'node']) {
      const { code, lines } = await run('routing', { apps: [app], cases }, '--transport', transport);
      expect(lines).toEqual([
        'routing: 2 passed, 1 failed',
        '  routing-2',
        '    GET /: status: 201 expected, 200 came',
        '    GET /: x-a: ["1"] expected, none came',
        '    GET /: body: "no" expected, "ok" came',
      ]);
      expect(code).toBe(1);
    }
  });

  it('counts an answer by a listed deviation, if it is the one that is stated there', async () => {
    const body = (text: string): object => ({
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: text,
    });
    const recorded = { status: 500, headers: TEXT, text: 'Internal server error' };
    const cases = [
      vector('bodies-1', '/form', recorded, body('a&b=1')),
      vector('bodies-2', '/form', recorded, body('a=&b=1')),
    ];
    const { code, lines } = await run('bodies', { apps: [app], cases });
    expect(code).toBe(1);
    expect(lines[0]).toBe('bodies: 1 passed, 1 failed');
    expect(lines[1]).toMatch(
      /^ {2}1 of these by a listed deviation from the recording: form-name-without-value - ./,
    );
    expect(lines[2]).toBe('  bodies-2');
  });

  it('knows the other deviation by how an application is mounted, whatever a vector is called', () => {
    const mounted = (local: boolean): Spec => {
      const inner = { mount: app, options: { url_prefix: '/inner', local } };
      return [{ mount: [inner], options: { url_prefix: '/outer', local: true } }];
    };
    const error = vector('any', '/outer/inner/err', { status: 500 });
    expect(deviationOf(error, mounted(false))?.responses).toMatchObject([{ status: 520, text: 'inner key' }]);
    expect(deviationOf(error, mounted(true))).toBeUndefined();
    expect(deviationOf(vector('any', '/', { status: 500 }), mounted(false))).toBeUndefined();
  });

  it('names what a transport cannot express', async () => {
    const cases = [vector('routing-1', '/é', { status: 404 })];
    const { code, lines } = await run('routing', { apps: [app], cases }, '--transport', 'node');
    expect(lines).toEqual([
      'routing: 0 passed, 0 failed',
      expect.stringMatching(/^ {2}not asked: routing-1 - node:http/),
    ]);
    expect(code).toBe(0);
  });

  it('fails, and goes on, where a vector asks for what it does not know', async () => {
    const unknown: Spec = [{ route: '/', do: { dance: true } }];
    const cases = [
      { ...vector('routing-1', '/', { status: 200 }), app: 1 },
      vector('routing-2', '/', { status: 200 }),
    ];
    const { code, lines } = await run('routing', { apps: [app, unknown], cases });
    expect([code, lines[0]]).toEqual([1, 'routing: 1 passed, 1 failed']);
    expect(lines[2]).toContain('does not know the action dance');
  });

  it('says what it was not given', async () => {
    const lines: string[] = [];
    const print = (line: string): unknown => lines.push(line);
    for (const args of [['--family', 'x'], ['--transport', 'x'], ['--x'], ['--dir', 'x']]) {
      expect(await conformance(args, folder, print)).toBe(2);
    }
    expect(lines).toEqual([
      expect.stringContaining('There is no family x'),
      expect.stringContaining('There is no transport x'),
      expect.stringContaining("Unknown option '--x'"),
      expect.stringContaining('has no vectors of routing'),
    ]);
  });

  for (const family of Object.keys(families).filter((name) => !families[name])) {
    it(`reports ${family}, whose package is still to come, as not yet and not as passed`, async () => {
      const lines: string[] = [];
      expect(await conformance(['--', '--family', family], folder, (line) => lines.push(line))).toBe(0);
      expect(lines).toEqual([`${family}: not yet`]);
    });
  }
});

describe('a comparison', () => {
  const none = new Set<string>();
  const answer = (headers: Record<string, string>, body = '', status = 200): Answer => ({
    status,
    headers: Object.entries(headers),
    body: Buffer.from(body),
  });

  it('finds headers that are missing, different, or not expected', () => {
    const expected = { status: 200, headers: { a: ['1'], b: ['1', '2'] }, text: '' };
    expect(
      compare(
        expected,
        {
          ...answer({}),
          headers: [
            ['B', '1'],
            ['A', '1'],
            ['b', '2'],
          ],
        },
        none,
      ),
    ).toEqual([]);
    expect(compare(expected, answer({ b: '1', c: '3' }), none)).toEqual([
      'a: ["1"] expected, none came',
      'b: ["1","2"] expected, ["1"] came',
      'c: none expected, ["3"] came',
    ]);
    expect(compare(expected, answer({ a: '1', c: '3' }), new Set(['c']))).toHaveLength(1);
  });

  it('takes Allow for a set', () => {
    const expected = { status: 200, headers: { allow: ['GET, HEAD'] }, text: '' };
    expect(compare(expected, answer({ Allow: 'HEAD,GET' }), none)).toEqual([]);
    expect(compare(expected, answer({ Allow: 'HEAD, GET, GET' }), none)).toHaveLength(1);
  });

  it('compares JSON parsed, and its length not at all', () => {
    const expected = {
      status: 200,
      headers: { 'content-length': ['99'] },
      json: { a: [1, null], __proto__x: 1 },
    };
    const headers = { 'Content-Length': '1' };
    expect(compare(expected, answer(headers, '{"__proto__x":1, "a":[1,null]}'), none)).toEqual([]);
    expect(compare(expected, answer(headers, '{"a":[1]}'), none)).toHaveLength(1);
    expect(compare(expected, answer(headers, 'x'), none)).toHaveLength(1);
  });

  it('compares bytes, and text', () => {
    expect(compare({ status: 200, headers: {}, base64: 'AP8=' }, answer({}), none)).toHaveLength(1);
    expect(compare({ status: 200, headers: {}, text: 'é' }, answer({}, 'é'), none)).toEqual([]);
    expect(compare({ status: 200, headers: {}, text: 'é' }, answer({}, 'e'), none)).toHaveLength(1);
  });

  it('asks no more than the status where no more is recorded', () => {
    expect(compare({ status: 400 }, answer({ a: '1' }, 'x', 400), none)).toEqual([]);
  });
});
