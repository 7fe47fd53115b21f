import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Request } from '@microdot/core';
import { MemoryStore, type SessionOptions, withSession } from '@microdot/session';
import { TestClient } from '@microdot/test-client';
import { application, KEY } from './application.ts';

const NOW = () => Math.floor(Date.now() / 1000);
const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token, made by hand. */
function token(payload: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }, key: string = KEY): string {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

async function read(cookie: string, options: SessionOptions = {}): Promise<unknown> {
  const client = new TestClient(application(options).app);
  const response = await client.get('/', { headers: { Cookie: `session=${cookie}` } });
  expect(response.statusCode).toBe(200);
  return response.json;
}

const data = { name: 'eve' };
const good = token(data);
const [head = '', body = '', signature = ''] = good.split('.');

describe('a cookie', () => {
  it('of ours is read, so that the others fail for their own reasons', async () => {
    expect(await read(good)).toEqual(data);
    expect(await read(token({ ...data, exp: NOW() + 60, nbf: NOW() - 60, iat: NOW() - 60 }))).toMatchObject(
      data,
    );
  });

  it.each<[attack: string, cookie: string]>([
    ['with a tampered payload', `${head}.${part({ name: 'admin' })}.${signature}`],
    ['with a tampered header', `${part({ alg: 'HS256' })}.${body}.${signature}`],
    [
      'with a tampered signature',
      `${head}.${body}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
    ],
    ['with a shortened signature', `${head}.${body}.${signature.slice(0, -2)}`],
    ['without a signature', `${head}.${body}.`],
    ['without the last part', `${head}.${body}`],
    ['with a part too many', `${good}.x`],
    ['signed with another key', token(data, { alg: 'HS256' }, `${KEY}x`)],
    ['signed with the empty key', token(data, { alg: 'HS256' }, '')],
    ['with the algorithm none', `${part({ alg: 'none', typ: 'JWT' })}.${body}.`],
    ['with the algorithm none, and a signature', token(data, { alg: 'none' })],
    ['with the algorithm nOnE', `${part({ alg: 'nOnE' })}.${body}.`],
    ['with the algorithm HS512', token(data, { alg: 'HS512' })],
    ['with the algorithm hs256', token(data, { alg: 'hs256' })],
    ['with the algorithm RS256', token(data, { alg: 'RS256' })],
    ['with a list of algorithms', token(data, { alg: ['HS256'] })],
    ['without an algorithm', token(data, { typ: 'JWT' })],
    ['with a header that is no object', token(data, 'null')],
    ['with a header that is no JSON', token(data, 'x')],
    ['with a critical extension', token(data, { alg: 'HS256', crit: ['x'], x: 1 })],
    ['with an unencoded payload', token(data, { alg: 'HS256', b64: false, crit: ['b64'] })],
    ['with a payload that is a list', token([1])],
    ['with a payload that is a text', token('"x"')],
    ['with a payload that is null', token('null')],
    ['with a payload that is no JSON', token('{')],
    ['with a payload that is not UTF-8', token(Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'))],
    ['that has expired', token({ ...data, exp: NOW() - 1 })],
    ['that expires now', token({ ...data, exp: NOW() })],
    ['with an expiry that is no number', token({ ...data, exp: 'never' })],
    ['that is not valid yet', token({ ...data, nbf: NOW() + 60 })],
    ['from the future', token({ ...data, iat: NOW() + 60 })],
    ['for another audience', token({ ...data, aud: 'another service' })],
    ['that is empty', ''],
    ['that is garbage', 'abc'],
    ['of two dots', '..'],
    ['of many dots', '.'.repeat(4000)],
    ['in quotes', `"${good}"`],
    ['with line noise', `${head}.${body}.%00%ff`],
    ['that is oversized, if signed', token({ name: 'x'.repeat(4096) })],
    ['of 15,000 bytes', 'x'.repeat(15_000)],
  ])('%s gives an empty session', async (_, cookie) => {
    expect(await read(cookie)).toEqual({});
    expect(await read(cookie, { secretKey: ['another', KEY] })).toEqual({});
    expect(await read(cookie, { store: new MemoryStore() })).toEqual({});
  });

  it('cut off or changed anywhere gives an empty session', async () => {
    const client = new TestClient(application().app);
    for (let i = 0; i < good.length; i++) {
      for (const cookie of [good.slice(0, i), `${good.slice(0, i)}~${good.slice(i + 1)}`]) {
        const response = await client.get('/', { headers: { Cookie: `session=${cookie}` } });
        expect([cookie, response.json]).toEqual([cookie, {}]);
      }
    }
  });

  it('with anything else in the bits of its last character that say nothing, or padded, gives an empty session', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=';
    for (const character of alphabet) {
      const cookie = good.slice(0, -1) + character;
      expect([cookie, await read(cookie)]).toEqual([cookie, cookie === good ? data : {}]);
    }
    for (const suffix of ['=', '==', '%3D', ' =', 'A']) expect(await read(good + suffix)).toEqual({});
  });

  it('with names that are methods of a session does not take them away (prototype pollution)', async () => {
    const text = '{"save":1,"delete":2,"__proto__":{"admin":true},"constructor":3,"name":"eve"}';
    const { app } = application();
    const client = new TestClient(app, { cookies: { session: token(text) } });
    expect((await client.get('/')).json).toEqual({ constructor: 3, name: 'eve' });
    expect((await client.post('/count')).json).toEqual({ constructor: 3, name: 'eve', count: 1 });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('what is saved', () => {
  async function save(json: string, options: SessionOptions = {}): Promise<unknown> {
    const { app, sessions } = application(options);
    app.post('/update', (request) => {
      try {
        sessions.update(request, request.json as object);
        return 'saved';
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    const headers = { 'Content-Type': 'application/json' };
    return (await new TestClient(app).post('/update', { headers, body: json })).text;
  }

  it.each([
    '{"save":1}',
    '{"delete":1}',
    '{"__proto__":{"a":1}}',
    '{"aud":"x"}',
    '{"exp":"x"}',
    '{"nbf":{}}',
    '{"iat":null}',
  ])('cannot be %s', async (json) => {
    expect(await save(json)).toBe('INVALID_SESSION');
    expect(await save(json, { store: new MemoryStore() })).toBe('INVALID_SESSION');
  });

  it('cannot be more than a cookie holds, name and attributes included', async () => {
    const options = { cookieOptions: { domain: 'example.com', secure: true } };
    let length = 2800;
    while ((await save(JSON.stringify({ x: 'x'.repeat(length) }), options)) === 'saved') length++;
    const { app } = application(options);
    const client = new TestClient(app, { scheme: 'https' });
    const saved = await client.post('/', { body: { x: 'x'.repeat(length - 1) } });
    const size = saved.headers.get('Set-Cookie')?.length ?? 0;
    expect(size).toBeLessThanOrEqual(4096);
    expect(size).toBeGreaterThan(4092);
    expect((await client.get('/')).json).toEqual({ x: 'x'.repeat(length - 1) });
    expect(await save(JSON.stringify({ x: 'x'.repeat(length) }), options)).toBe('SESSION_TOO_LARGE');
    expect(await save(JSON.stringify({ x: 'x'.repeat(9000) }), { store: new MemoryStore() })).toBe('saved');
  });

  it.each([
    ['20 MB of text', { x: 'x'.repeat(20_000_000) }],
    ['a text that is nothing but escapes', { x: '"'.repeat(5_000_000) }],
    ['a million numbers', { x: Array(1_000_000).fill(0.00001) }],
  ])('cannot be %s', (_, data) => {
    const { sessions } = application();
    const request = { cookies: {}, afterRequest() {} } as unknown as Request;
    expect(() => sessions.update(request, data)).toThrow(
      expect.objectContaining({
        code: 'SESSION_TOO_LARGE',
        message: expect.stringContaining('over 4096 bytes'),
      }),
    );
  });

  it('may have small numbers that are shorter in Python', async () => {
    const { app } = application();
    const client = new TestClient(app);
    const body = { list: Array(340).fill(0.00001) };
    expect((await client.post('/', { body })).statusCode).toBe(200);
    expect((await client.get('/')).json).toEqual(body);
  });

  it.each(['save', 'delete'])('cannot be put in the place of %s()', async (name) => {
    const { app } = application();
    app.get(
      '/shadow',
      withSession((_, session) => {
        const codes: string[] = [];
        (session as Record<string, unknown>)[name] = 1;
        try {
          session.save();
        } catch (error) {
          codes.push((error as { code: string; message: string }).code);
          expect(String(error)).toContain(`named ${name}`);
        }
        expect(Object.keys(session)).toEqual([]);
        session.delete();
        return codes;
      }),
    );
    expect((await new TestClient(app).get('/shadow')).json).toEqual(['INVALID_SESSION']);
  });

  it('cannot be what JSON does not know', async () => {
    const { app, sessions } = application();
    app.get('/big', (request) => {
      expect(() => sessions.update(request, { n: 1n })).toThrow();
      const cycle: Record<string, unknown> = {};
      cycle.cycle = cycle;
      expect(() => sessions.update(request, cycle)).toThrow();
      return 'refused';
    });
    const response = await new TestClient(app).get('/big');
    expect(response.text).toBe('refused');
    expect(response.headers.has('Set-Cookie')).toBe(false);
  });
});

describe('with a maxAge', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    ['in the cookie', undefined],
    ['in a store', new MemoryStore()],
  ])('a session %s ends on the server as well, whatever the browser does', async (_, store) => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
    const { app } = application({ maxAge: 60, store });
    const client = new TestClient(app);
    const setCookie = (await client.post('/count')).headers.get('Set-Cookie') ?? '';
    expect(setCookie).toContain('; Max-Age=60');
    const cookie = setCookie.split(';')[0] as string;
    const stolen = async (): Promise<unknown> =>
      (await new TestClient(app).get('/', { headers: { Cookie: cookie } })).json;
    // The expiry is none of the application's data.
    expect(await stolen()).toEqual({ count: 1 });
    jest.setSystemTime(Date.now() + 59_000);
    expect(await stolen()).toEqual({ count: 1 });
    jest.setSystemTime(Date.now() + 2_000);
    expect(await stolen()).toEqual({});
  });
});

describe('a list of keys', () => {
  const old = 'old-key-old-key-old-key-old-key-';

  it('verifies with all of them and signs with the first (rotation)', async () => {
    const before = new TestClient(application({ secretKey: old }).app);
    await before.post('/count');
    const { session = '' } = before.cookies;
    const rotated = new TestClient(application({ secretKey: [KEY, old] }).app, { cookies: { session } });
    expect((await rotated.post('/count')).json).toEqual({ count: 2 });
    const after = new TestClient(application().app, { cookies: rotated.cookies });
    expect((await after.get('/')).json).toEqual({ count: 2 });
    expect(await read(session)).toEqual({});
  });

  it('may be bytes', async () => {
    const bytes = new TextEncoder().encode(KEY);
    expect(await read(good, { secretKey: bytes })).toEqual(data);
    expect(await read(good, { secretKey: [bytes.subarray(0, 4), bytes] })).toEqual(data);
  });
});
