import { describe, expect, it } from '@jest/globals';
import { type AllowedOrigins, originTest } from '@microdot/cors';

describe('a list', () => {
  const test = originTest([
    'https://example.com',
    'http://localhost:3000',
    'http://[::1]:8080',
    'app://localhost',
  ]);

  it.each(['https://example.com', 'http://localhost:3000', 'http://[::1]:8080', 'app://localhost'])(
    'allows %s, which it names',
    (origin) => expect(test(origin)).toBe(true),
  );

  it.each([
    ['another scheme', 'http://example.com'],
    ['another port', 'https://example.com:8443'],
    ['the default port', 'https://example.com:443'],
    ['a subdomain', 'https://www.example.com'],
    ['the same end', 'https://notexample.com'],
    ['the same beginning', 'https://example.com.evil.com'],
    ['upper case', 'https://EXAMPLE.com'],
    ['a trailing dot', 'https://example.com.'],
    ['a trailing slash', 'https://example.com/'],
    ['the name of a user', 'https://example.com@evil.com'],
    ['two origins', 'https://example.com, https://example.com'],
    ['null', 'null'],
    ['nothing', ''],
    ['__proto__', '__proto__'],
  ])('refuses %s', (_, origin) => expect(test(origin)).toBe(false));
});

describe('https://*.example.com', () => {
  const test = originTest('https://*.example.com');

  it.each([
    'https://www.example.com',
    'https://a.b.c.example.com',
    'https://x-1.example.com',
    'https://a_b.example.com',
  ])('allows %s', (origin) => expect(test(origin)).toBe(true));

  it.each([
    ['the bare domain', 'https://example.com'],
    ['an empty label', 'https://.example.com'],
    ['an empty label further on', 'https://a..example.com'],
    ['the same end', 'https://xexample.com'],
    ['a path that ends so', 'https://evil.com/.example.com'],
    ['a query that ends so', 'https://evil.com?.example.com'],
    ['a fragment that ends so', 'https://evil.com#.example.com'],
    ['a backslash', 'https://evil.com\\.example.com'],
    ['the name of a user', 'https://evil.com@www.example.com'],
    ['a user called so', 'https://www.example.com@evil.com'],
    ['a port that ends so', 'https://evil.com:80.example.com'],
    ['a space', 'https://evil.com .example.com'],
    ['two origins', 'https://evil.com, https://www.example.com'],
    ['a null character', 'https://evil.com\0.example.com'],
    ['a line break', 'https://evil.com\n.example.com'],
    ['a last line break', 'https://www.example.com\n'],
    ['percent-encoding', 'https://evil.com%2f.example.com'],
    ['a letter that only looks so', 'https://www.ехаmple.com'],
    ['another domain behind', 'https://www.example.com.evil.com'],
    ['upper case', 'https://WWW.example.com'],
    ['an upper-case scheme', 'HTTPS://www.example.com'],
    ['a trailing dot', 'https://www.example.com.'],
    ['another scheme', 'http://www.example.com'],
    ['a scheme within the host', 'https://https://www.example.com'],
    ['a port', 'https://www.example.com:8443'],
    ['the pattern itself', 'https://*.example.com'],
    ['null', 'null'],
    ['a host beyond all length', `https://${'a.'.repeat(200)}example.com`],
  ])('refuses %s', (_, origin) => expect(test(origin)).toBe(false));

  it('has a port of its own', () => {
    const ported = originTest(['https://*.example.com:8443']);
    expect(ported('https://www.example.com:8443')).toBe(true);
    expect(ported('https://www.example.com')).toBe(false);
    expect(ported('https://www.example.com:18443')).toBe(false);
  });
});

it('a pattern may stand for the subdomains of localhost, which are on the same machine', () => {
  const test = originTest(['http://*.localhost:3000', 'http://*.localhost']);
  expect(test('http://shop.localhost:3000')).toBe(true);
  expect(test('http://shop.localhost')).toBe(true);
  expect(test('http://shop.localhost.evil.com')).toBe(false);
});

describe('a function', () => {
  it('decides', () => {
    const test = originTest((origin) => origin.endsWith('.example.com'));
    expect(test('https://www.example.com')).toBe(true);
    expect(test('https://www.example.org')).toBe(false);
  });

  it('is asked for null, and for nothing else that is not written as browsers write an origin', () => {
    const asked: string[] = [];
    const test = originTest((origin) => asked.push(origin) > 0);
    for (const origin of ['https://evil.com/.example.com', 'HTTPS://a.com', 'a', '', 'null', 'https://a.com'])
      test(origin);
    expect(asked).toEqual(['null', 'https://a.com']);
  });

  it('allows nobody by a promise, which is true of everything', () => {
    const test = originTest((async () => false) as unknown as (origin: string) => boolean);
    expect(test('https://evil.com')).toBe(false);
  });
});

it('allows everybody by *', () => {
  expect(originTest('*')('https://evil.com')).toBe(true);
});

describe('what no browser sends is refused when it is set', () => {
  it.each<[unknown, string]>([
    ['https://example.com/', 'write "https://example.com"'],
    ['https://Example.com', 'write "https://example.com"'],
    ['https://example.com:443', 'write "https://example.com"'],
    ['http://example.com:80', 'write "http://example.com"'],
    ['https://*.example.com:443', 'write "https://example.com"'],
    ['https://example.com/app?x', 'write "https://example.com"'],
    ['example.com', 'write "https://example.com"'],
    ['https://bücher.example', 'write "https://example.com"'],
    ['https://user@example.com', 'Not an origin'],
    ['https://*', 'Not an origin'],
    ['https://*.com', 'write "https://*.example.com"'],
    ['https://*.com:8443', 'write "https://*.example.com:8443"'],
    [['https://example.com', 'https://*.dev'], 'write "https://*.example.dev"'],
    ['https://*example.com', 'Not an origin'],
    ['https://www.*.com', 'Not an origin'],
    ['https://*.*.example.com', 'Not an origin'],
    ['*://example.com', 'Not an origin'],
    ['*.example.com', 'Not an origin'],
    ['https://example.com.', 'Not an origin'],
    ['', 'Not an origin'],
    ['null', 'sandboxed'],
    [['*'], "write allowedOrigins: '*'"],
    [[/example/], 'strings, or a function'],
    [/example/, 'strings, or a function'],
  ])('%p', (origins, message) => {
    expect(() => originTest(origins as AllowedOrigins)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining(message) }),
    );
  });
});
