import { describe, expect, it } from '@jest/globals';
import { type HandlerResult, Microdot, Response, redirect } from '@microdot/core';
import { ask } from './ask.ts';

function returning(result: () => HandlerResult | Promise<HandlerResult>): Microdot {
  const app = new Microdot({ logger: { info() {}, error() {} } });
  app.get('/', result as () => string);
  return app;
}

const TEXT = 'text/plain; charset=UTF-8';
const JSON_TYPE = 'application/json; charset=UTF-8';

describe('a handler returns', () => {
  it.each<[string, () => HandlerResult, number, string | undefined, string]>([
    ['text', () => 'hé', 200, TEXT, 'hé'],
    ['bytes', () => new Uint8Array([104, 105]), 200, TEXT, 'hi'],
    ['an object', () => ({ a: [1] }), 200, JSON_TYPE, '{"a":[1]}'],
    ['an array', () => [1, 'a'], 200, JSON_TYPE, '[1,"a"]'],
    ['nothing', () => undefined, 204, undefined, ''],
    ['null', () => null, 204, undefined, ''],
    ['a status', () => 404, 404, TEXT, ''],
    ['a response', () => new Response('no', 403), 403, TEXT, 'no'],
    [
      'a generator',
      () =>
        (function* () {
          yield 'a';
          yield new Uint8Array([98]);
        })(),
      200,
      TEXT,
      'ab',
    ],
    [
      'an async generator',
      () =>
        (async function* () {
          yield 'a';
          yield '€';
        })(),
      200,
      TEXT,
      'a€',
    ],
    ['an iterator', () => ['a', 'b'].values(), 200, TEXT, 'ab'],
    ['a ReadableStream', () => new Blob(['blob']).stream() as HandlerResult, 200, TEXT, 'blob'],
    ['what knows its JSON', () => new Date(0), 200, JSON_TYPE, '"1970-01-01T00:00:00.000Z"'],
  ])('%s', async (_, result, status, type, text) => {
    const answer = await ask(returning(result), '/');
    expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([status, type, text]);
  });

  it.each<[string, () => unknown]>([
    ['a boolean', () => true],
    ['a function', () => () => 'x'],
    ['a bigint', () => 1n],
    ['a symbol', () => Symbol('x')],
  ])('%s, and is told', async (_, result) => {
    const logged: unknown[] = [];
    const app = new Microdot({ logger: { info() {}, error: (error) => logged.push(error) } });
    app.get('/', result as () => string);
    expect((await ask(app, '/')).status).toBe(500);
    expect(logged).toEqual([expect.objectContaining({ code: 'INVALID_BODY' })]);
  });

  it('the same response for every request', async () => {
    const constant = new Response({ ok: true });
    const app = returning(() => constant);
    app.afterRequest((request, response) => response.headers.set('X-Path', request.path));
    const head = await ask(app, '/', { method: 'HEAD' });
    const first = await ask(app, '/');
    const second = await ask(app, '/');
    expect([first.text, second.text, head.text]).toEqual(['{"ok":true}', '{"ok":true}', '']);
    expect([...second.headers]).toEqual([...head.headers]);
  });

  it('a stream twice, which cannot be', async () => {
    const constant = new Response(
      (function* () {
        yield 'once';
      })(),
    );
    constant['~openBody']();
    expect(() => constant['~openBody']()).toThrow(expect.objectContaining({ code: 'BODY_USED' }));
  });
});

describe('a response', () => {
  it('says how long it is, where it is known', async () => {
    expect(
      (
        await ask(
          returning(() => '€'),
          '/',
        )
      ).headers.get('content-length'),
    ).toBe('3');
    expect(
      (
        await ask(
          returning(() => new Response(null, 404)),
          '/',
        )
      ).headers.has('content-length'),
    ).toBe(false);
  });

  it('has neither a type nor a length with 204 and 304', async () => {
    const headers = { 'Content-Type': 'text/html', 'Content-Length': '3', ETag: '"x"' };
    expect([
      ...(
        await ask(
          returning(() => new Response('', 304, headers)),
          '/',
        )
      ).headers.keys(),
    ]).toEqual(['etag']);
    expect([
      ...(
        await ask(
          returning(() => 204),
          '/',
        )
      ).headers.keys(),
    ]).toEqual([]);
  });

  it('has the type that the application says', async () => {
    const given = { 'content-type': 'text/html' };
    expect(
      (
        await ask(
          returning(() => new Response('a', 200, given)),
          '/',
        )
      ).headers.get('content-type'),
    ).toBe('text/html');
    expect(
      (
        await ask(
          returning(() => new Response({}, 200, given)),
          '/',
        )
      ).headers.get('content-type'),
    ).toBe(JSON_TYPE);
    Response.defaultContentType = 'text/html';
    try {
      expect(
        (
          await ask(
            returning(() => 'a'),
            '/',
          )
        ).headers.get('content-type'),
      ).toBe('text/html; charset=UTF-8');
    } finally {
      Response.defaultContentType = 'text/plain';
    }
  });

  it('takes headers in every form', () => {
    const response = new Response('', 200, { 'Set-Cookie': ['a=1', 'b=2'], 'X-A': '1' });
    response.headers.append('x-a', '2');
    expect(response.headers.getAll('set-cookie')).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('X-a')).toBe('1, 2');
    response.headers.set('x-A', '3');
    expect([...new Response('', 200, response.headers).headers]).toEqual([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X-A', '3'],
    ]);
    response.headers.delete('set-cookie');
    expect(response.headers.has('Set-Cookie')).toBe(false);
    expect(new Response('', 200, new Map([['X-B', '1']])).headers.get('x-b')).toBe('1');
  });

  it('shows the type of JSON among its headers', () => {
    expect(new Response({}).headers.get('content-type')).toBe(JSON_TYPE);
  });

  it('refuses statuses that are none', () => {
    for (const status of [99, 101, 1000, 200.5, Number.NaN])
      expect(() => new Response('', status)).toThrow('status');
    expect(() => new Response('', 200, {}, 'a\r\nb')).toThrow('reason');
  });

  it('is known to another copy of the package', async () => {
    const foreign = Object.create(
      Object.getOwnPropertyDescriptors(Response.prototype) && Response.prototype,
      {},
    );
    expect(foreign instanceof Response).toBe(true);
    expect({} instanceof Response).toBe(false);
  });
});

describe('cookies', () => {
  it('are set with their attributes', () => {
    const response = new Response();
    response.setCookie('a', 'b');
    const expires = new Date(Date.UTC(2030, 0, 1));
    response.setCookie('c', 'd', {
      path: '/p',
      domain: 'example.com',
      expires,
      maxAge: 0,
      sameSite: 'None',
      secure: true,
      httpOnly: true,
      partitioned: true,
    });
    response.deleteCookie('e', { path: '/p', maxAge: 5 });
    expect(response.headers.getAll('Set-Cookie')).toEqual([
      'a=b',
      'c=d; Path=/p; Domain=example.com; Expires=Tue, 01 Jan 2030 00:00:00 GMT; Max-Age=0; SameSite=None; Secure; HttpOnly; Partitioned',
      'e=; Path=/p; Expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0',
    ]);
  });

  it.each([
    ['a name with a separator', 'a;b', 'c', {}],
    ['a name with a line break', 'a\r\nX: y', 'c', {}],
    ['no name', '', 'c', {}],
    ['a value with a semicolon', 'a', 'b; Domain=evil', {}],
    ['a value with a line break', 'a', 'b\r\nX: y', {}],
    ['a value with NUL', 'a', 'b\0', {}],
    ['a value beyond ASCII', 'a', 'é', {}],
    ['a path that is two attributes', 'a', 'b', { path: '/; Domain=evil' }],
    ['a domain with a line break', 'a', 'b', { domain: 'x\nY: z' }],
    ['an expiry that is two attributes', 'a', 'b', { expires: 'never; Secure' }],
    ['a fractional age', 'a', 'b', { maxAge: 1.5 }],
    ['SameSite=None without Secure', 'a', 'b', { sameSite: 'None' as const }],
  ])('refuse %s', (_, name, value, options) => {
    expect(() => new Response().setCookie(name, value, options)).toThrow(
      expect.objectContaining({ code: 'INVALID_COOKIE' }),
    );
  });
});

describe('response splitting', () => {
  it.each(['a\r\nX: y', 'a\nb', 'a\rb', 'a\0b', 'a\x7fb', 'snowman ☃'])(
    'is refused in a header value: %j',
    (value) => {
      expect(() => new Response('', 200, { 'X-A': value })).toThrow(
        expect.objectContaining({ code: 'INVALID_HEADER' }),
      );
      expect(() => new Response().headers.append('X-A', value)).toThrow('X-A');
    },
  );

  it.each(['a b', 'a:b', 'a\r\nb', '', 'é'])('is refused in a header name: %j', (name) => {
    expect(() => new Response().headers.set(name, 'x')).toThrow(
      expect.objectContaining({ code: 'INVALID_HEADER' }),
    );
  });
});

describe('redirect', () => {
  it('refuses half a character', () => {
    expect(() => redirect('/\ud800')).toThrow('Cannot redirect');
  });

  it.each([
    '/',
    '/x?y=1#z',
    'x/y',
    '?page=2',
    '#top',
    '../up',
    'https://example.com/',
    'HTTP://example.com',
    '/a:b',
    'é',
  ])('goes to %s', (location) => {
    expect(redirect(location).statusCode).toBe(302);
  });

  it('encodes what a header cannot hold', () => {
    expect(redirect('/é', 308).headers.get('Location')).toBe('/%C3%A9');
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '\\evil.example',
    ' //evil.example',
    '/\t/evil.example',
    '/x\r\nSet-Cookie: a=b',
    '/\0',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'mailto:a@b',
    'http:evil.example',
    'http:/evil.example',
    'https:\\\\evil.example',
  ])('does not go to %j', (location) => {
    expect(() => redirect(location)).toThrow(expect.objectContaining({ code: 'INVALID_REDIRECT' }));
  });
});
