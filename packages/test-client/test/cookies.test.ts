import { inspect } from 'node:util';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, Response } from '@microdot/core';
import { TestClient } from '@microdot/test-client';

/** Sets the cookies of the header `X-Set`, and answers with those it was sent. */
function cookieApp(): Microdot {
  const app = new Microdot();
  app.route('/<path:x>', (request) => {
    const lines = request.headers.getAll('X-Set');
    return new Response(request.headers.get('Cookie') ?? 'none', 200, { 'Set-Cookie': lines });
  });
  return app;
}

async function visit(client: TestClient, path: string, ...lines: string[]): Promise<string> {
  return (await client.get(path, { headers: { 'X-Set': lines } })).text as string;
}

afterEach(() => {
  jest.useRealTimers();
});

describe('the cookies of a client', () => {
  it('are sent back', async () => {
    const client = new TestClient(cookieApp());
    expect(await visit(client, '/x', 'a=1', 'b=2; HttpOnly')).toBe('none');
    expect(await visit(client, '/x', 'a=3')).toBe('a=1; b=2');
    expect(await visit(client, '/x')).toBe('a=3; b=2');
  });

  it('can be given, read, set and deleted by name', async () => {
    const client = new TestClient(cookieApp(), { cookies: { one: '1', two: '2' } });
    expect(await visit(client, '/deep/x', 'two=; Path=/; Max-Age=0', 'three=3; Path=/')).toBe('one=1; two=2');
    expect(client.cookies).toEqual({ one: '1', three: '3' });
    expect(client.cookies.three).toBe('3');
    expect('two' in client.cookies).toBe(false);
    client.cookies.four = '4';
    delete client.cookies.one;
    expect({ ...client.cookies }).toEqual({ three: '3', four: '4' });
    expect(await visit(client, '/x')).toBe('three=3; four=4');
    client.cookies = { five: '5' };
    expect(JSON.stringify(client.cookies)).toBe('{"five":"5"}');
  });

  it('can be printed', () => {
    const client = new TestClient(cookieApp());
    client.cookies = JSON.parse('{"one":"1","__proto__":"2"}');
    expect(inspect(client.cookies)).toBe("{ one: '1', ['__proto__']: '2' }");
    expect(inspect([client.cookies])).toBe("[ { one: '1', ['__proto__']: '2' } ]");
    expect(Reflect.ownKeys(client.cookies)).toEqual(['one', '__proto__']);
  });

  it('are changed by their name alone, wherever they came from', async () => {
    const client = new TestClient(cookieApp());
    await visit(client, '/a/x', 'a=deep', 'a=top; Path=/');
    expect(client.cookies.a).toBe('top');
    client.cookies.a = 'new';
    expect(await visit(client, '/a/x')).toBe('a=new');
    delete client.cookies.a;
    expect(await visit(client, '/a/x')).toBe('none');
  });

  it('may be called __proto__ and constructor', async () => {
    const client = new TestClient(cookieApp(), { cookies: { constructor: '1' } });
    await visit(client, '/x', '__proto__=2');
    expect(client.cookies.constructor).toBe('1');
    expect(Object.keys(client.cookies)).toEqual(['constructor', '__proto__']);
    expect(client.cookies.toString).toBeUndefined();
  });

  it('come before those of a Cookie header, so that these win', async () => {
    const client = new TestClient(cookieApp(), { cookies: { a: '1' } });
    expect((await client.get('/x', { headers: { cookie: 'b=2' } })).text).toBe('a=1; b=2');
  });

  it('may be shared by clients', async () => {
    const client = new TestClient(cookieApp());
    const other = new TestClient(cookieApp(), { cookies: client.cookieJar, scheme: 'https' });
    await visit(other, '/x', 'a=1');
    expect(await visit(client, '/x')).toBe('a=1');
  });
});

describe('a cookie', () => {
  it('belongs to its path and what is below it', async () => {
    const client = new TestClient(cookieApp());
    await visit(client, '/x', 'a=1; Path=/app', 'b=2; Path=/app/', 'c=3; Path=/');
    expect(await visit(client, '/app')).toBe('a=1; c=3');
    expect(await visit(client, '/app?q=/app/')).toBe('a=1; c=3');
    expect(await visit(client, '/app/x')).toBe('b=2; a=1; c=3');
    expect(await visit(client, '/application')).toBe('c=3');
  });

  it('without a path belongs to the directory of the request', async () => {
    const client = new TestClient(cookieApp());
    await visit(client, '/a/b/c', 'a=1', 'b=2; Path=x', 'c=3; Path=');
    expect(await visit(client, '/a/b')).toBe('a=1; b=2; c=3');
    expect(await visit(client, '/a')).toBe('none');
  });

  it('belongs to its host, or to those below its domain', async () => {
    const client = new TestClient(cookieApp(), { host: 'www.example.com:8080' });
    await visit(
      client,
      '/x',
      'a=1',
      'b=2; Domain=.Example.com',
      'c=3; Domain=other.com',
      'd=4; Domain=ple.com',
    );
    const at = async (Host: string) => (await client.get('/x', { headers: { Host } })).text;
    expect(await at('WWW.example.com')).toBe('a=1; b=2');
    expect(await at('example.com:443')).toBe('b=2');
    expect(await at('sub.www.example.com')).toBe('b=2');
    expect(await at('badexample.com')).toBe('none');
    const address = new TestClient(cookieApp(), { host: '127.0.0.1' });
    await visit(address, '/x', 'a=1; Domain=0.0.1', 'b=2; Domain=127.0.0.1');
    expect(await visit(address, '/x')).toBe('b=2');
  });

  it('that is Secure goes over https alone', async () => {
    const client = new TestClient(cookieApp());
    await visit(client, '/x', 'a=1; secure');
    expect(await visit(client, '/x')).toBe('none');
    const secure = new TestClient(cookieApp(), { cookies: client.cookieJar, scheme: 'https' });
    expect(await visit(secure, '/x')).toBe('a=1');
  });

  it('expires, by Max-Age before Expires', async () => {
    jest.useFakeTimers({ now: Date.UTC(2030, 0, 1) });
    const client = new TestClient(cookieApp());
    const soon = 'Tue, 01 Jan 2030 00:00:30 GMT';
    await visit(client, '/x', 'a=1; Max-Age=60', `b=2; Expires=${soon}`, `c=3; Expires=${soon}; Max-Age=60`);
    await visit(client, '/x', 'd=4; Expires=x', 'e=5; Max-Age=x', 'f=6; Max-Age=-1');
    expect(await visit(client, '/x')).toBe('a=1; b=2; c=3; d=4; e=5');
    jest.setSystemTime(Date.UTC(2030, 0, 1, 0, 0, 30));
    expect(client.cookies).toEqual({ a: '1', c: '3', d: '4', e: '5' });
    jest.setSystemTime(Date.UTC(2030, 0, 1, 0, 1));
    expect(await visit(client, '/x')).toBe('d=4; e=5');
  });

  it('is deleted by one that has expired, of the same name, domain and path', async () => {
    const client = new TestClient(cookieApp(), { cookies: { a: '1', b: '2', c: '3' } });
    const past = 'Thu, 01 Jan 1970 00:00:00 GMT';
    await visit(
      client,
      '/x',
      `a=; Expires=${past}`,
      `b=; Path=/bad; Expires=${past}`,
      'c=; Max-Age=0; Expires=foo',
    );
    expect(client.cookies).toEqual({ b: '2' });
  });

  it('that is malformed is dropped', async () => {
    const client = new TestClient(cookieApp());
    await visit(client, '/x', 'novalue', '=x', '', ' a = b=c ;; =', 'd="e f"');
    expect({ ...client.cookies }).toEqual({ a: 'b=c', d: '"e f"' });
  });

  it('can be put into the jar with all that there is to say', async () => {
    const client = new TestClient(cookieApp());
    client.cookieJar.set('a', '1', { domain: 'example.com', path: '/a', secure: true, maxAge: 5 });
    expect([...client.cookieJar]).toMatchObject([
      { name: 'a', domain: 'example.com', isHostOnly: false, path: '/a', isSecure: true },
    ]);
    client.cookieJar.set('a', '1', { expires: new Date(0) });
    expect([...client.cookieJar]).toEqual([]);
    client.cookieJar.set('b', '2', { expires: 'Tue, 01 Jan 2999 00:00:00 GMT' });
    expect(await visit(client, '/x')).toBe('b=2');
    client.cookieJar.clear();
    expect(await visit(client, '/x')).toBe('none');
  });
});
