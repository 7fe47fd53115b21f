import { describe, expect, it } from '@jest/globals';
import { abort, Microdot, Response, redirect } from '@microdot/core';
import { CORS, type CORSOptions } from '@microdot/cors';
import { TestClient, type TestResponse } from '@microdot/test-client';

const GOOD = 'https://good.example';
const EVIL = 'https://evil.example';
const silent = { info() {}, error() {} };

function application(options: CORSOptions): Microdot {
  const app = new Microdot({ logger: silent });
  new CORS(app, options);
  app.get('/', () => 'ok');
  return app;
}

function get(app: Microdot, path = '/', origin: string | undefined = GOOD): Promise<TestResponse> {
  return new TestClient(app).get(path, { headers: origin === undefined ? {} : { Origin: origin } });
}

function preflight(app: Microdot, headers: Record<string, string> = {}, path = '/'): Promise<TestResponse> {
  const asked = { Origin: GOOD, 'Access-Control-Request-Method': 'GET', ...headers };
  return new TestClient(app).options(path, { headers: asked });
}

function allowed({ headers }: TestResponse): string | undefined {
  return headers.get('Access-Control-Allow-Origin');
}

describe('an answer', () => {
  it('may be read by the origins that are named', async () => {
    const app = application({
      allowedOrigins: [GOOD],
      allowCredentials: true,
      exposeHeaders: ['ETag', 'X-Total'],
    });
    const response = await get(app);
    expect(allowed(response)).toBe(GOOD);
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true');
    expect(response.headers.get('Access-Control-Expose-Headers')).toBe('ETag, X-Total');
    const refused = await get(app, '/', EVIL);
    expect([refused.text, allowed(refused)]).toEqual(['ok', undefined]);
    expect(refused.headers.has('Access-Control-Allow-Credentials')).toBe(false);
  });

  it('may be read by nobody without allowedOrigins', async () => {
    const response = await get(application({}));
    expect([allowed(response), response.headers.has('Vary')]).toEqual([undefined, false]);
  });

  it('may be read by the subdomains of a pattern, and by those whom a function allows', async () => {
    const pattern = application({ allowedOrigins: ['https://*.good.example'] });
    expect(allowed(await get(pattern, '/', 'https://www.good.example'))).toBe('https://www.good.example');
    expect(allowed(await get(pattern))).toBe(undefined);
    const asked = application({ allowedOrigins: (origin) => origin === GOOD });
    expect(allowed(await get(asked))).toBe(GOOD);
    expect(allowed(await get(asked, '/', EVIL))).toBe(undefined);
  });

  it('does not echo what is no origin, though everybody is allowed', async () => {
    const app = application({ allowedOrigins: '*' });
    expect(allowed(await get(app, '/', '<script>alert(1)</script>'))).toBe('*');
    expect(allowed(await get(app, '/', EVIL))).toBe(EVIL);
    expect(allowed(await get(app, '/', 'null'))).toBe('null');
  });

  it('goes to no origin by a second Origin line', async () => {
    const response = await new TestClient(application({ allowedOrigins: [GOOD] })).get('/', {
      headers: [
        ['Origin', GOOD],
        ['Origin', EVIL],
      ],
    });
    expect(allowed(response)).toBe(undefined);
  });

  it('carries the headers also where it is an error, a redirect, a 404, a 405 or a 413', async () => {
    const app = application({ allowedOrigins: [GOOD] });
    app.get('/abort', () => abort(403));
    app.get('/throw', () => {
      throw new Error('x');
    });
    app.get('/redirect', () => redirect('/'));
    const client = new TestClient(app);
    const headers = { Origin: GOOD };
    const responses = await Promise.all([
      client.get('/abort', { headers }),
      client.get('/throw', { headers }),
      client.get('/redirect', { headers }),
      client.get('/none', { headers }),
      client.post('/', { headers }),
      client.post('/', { headers, body: 'x'.repeat(20_000) }),
      client.head('/', { headers }),
    ]);
    expect(responses.map((response) => [response.statusCode, allowed(response)])).toEqual(
      [403, 500, 302, 404, 405, 413, 200].map((status) => [status, GOOD]),
    );
  });

  it('carries them where a hook fails after they were added', async () => {
    const app = application({ allowedOrigins: [GOOD] });
    app.afterRequest(() => {
      throw new Error('x');
    });
    const response = await get(app);
    expect([response.statusCode, allowed(response)]).toEqual([500, GOOD]);
  });

  it('carries them over the Node server', async () => {
    const server = await application({ allowedOrigins: [GOOD] }).startServer({ port: 0, host: '127.0.0.1' });
    try {
      const response = await fetch(server.url, { headers: { Origin: GOOD } });
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(GOOD);
      expect(response.headers.get('Vary')).toBe('Origin');
    } finally {
      await server.close();
    }
  });
});

describe('Vary', () => {
  it.each([
    ['an origin that is allowed', GOOD],
    ['an origin that is refused', EVIL],
    ['no origin at all', undefined],
  ])('names Origin for %s', async (_, origin) => {
    for (const allowedOrigins of ['*', [GOOD], () => false] as const) {
      expect((await get(application({ allowedOrigins }), '/', origin)).headers.getAll('Vary')).toEqual([
        'Origin',
      ]);
    }
  });

  it.each([
    ['Accept-Encoding', 'Accept-Encoding, Origin'],
    ['Accept-Encoding, origin', 'Accept-Encoding, origin'],
    ['X-Origin', 'X-Origin, Origin'],
    ['*', '*'],
  ])('that is %s becomes %s', async (before, after) => {
    const app = application({ allowedOrigins: '*' });
    app.get('/vary', () => new Response('x', 200, { Vary: before }));
    expect((await get(app, '/vary')).headers.getAll('Vary')).toEqual([after]);
  });

  it('that is two lines becomes one', async () => {
    const app = application({ allowedOrigins: '*' });
    app.get('/vary', () => new Response('x', 200, { Vary: ['Accept', 'Cookie'] }));
    expect((await get(app, '/vary')).headers.getAll('Vary')).toEqual(['Accept, Cookie, Origin']);
  });
});

describe('a preflight', () => {
  it('is told what is allowed, and for how long', async () => {
    const app = application({
      allowedOrigins: [GOOD],
      allowedMethods: ['put'],
      allowedHeaders: ['X-Token'],
      maxAge: 0,
    });
    const { statusCode, headers } = await preflight(app, {
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'content-type,x-token,X-TOKEN',
    });
    expect(statusCode).toBe(200);
    expect(headers.get('Access-Control-Allow-Methods')).toBe('PUT');
    expect(headers.get('Access-Control-Allow-Headers')).toBe('x-token');
    expect(headers.get('Access-Control-Max-Age')).toBe('0');
  });

  it('is not told of what is not allowed', async () => {
    const app = application({ allowedOrigins: [GOOD], allowedMethods: ['PUT'], allowedHeaders: [] });
    const { headers } = await preflight(app, {
      'Access-Control-Request-Method': 'DELETE',
      'Access-Control-Request-Headers': 'x-a',
    });
    expect(headers.has('Access-Control-Allow-Methods')).toBe(false);
    expect(headers.has('Access-Control-Allow-Headers')).toBe(false);
  });

  it('comes before every guard', async () => {
    const app = application({ allowedOrigins: [GOOD] });
    app.beforeRequest(() => 401);
    expect(allowed(await preflight(app))).toBe(GOOD);
    expect((await get(app)).statusCode).toBe(401);
  });

  it('echoes no method and no header that could not be one', async () => {
    const { headers } = await preflight(application({ allowedOrigins: '*' }), {
      'Access-Control-Request-Method': 'GET, PUT',
      'Access-Control-Request-Headers': 'x-a, <b>',
    });
    expect(headers.has('Access-Control-Allow-Methods')).toBe(false);
    expect(headers.has('Access-Control-Allow-Headers')).toBe(false);
  });

  it.each([
    ['names', `x-a${',x-abc'.repeat(11_000)}`],
    ['commas', ','.repeat(65_536)],
    ['spaces', `x-a${' '.repeat(65_000)},x-a`],
    ['one name', 'x'.repeat(65_536)],
  ])('with 64 KB of %s in Access-Control-Request-Headers gets a short answer', async (_, names) => {
    const asked = { 'Access-Control-Request-Headers': names };
    const open = await preflight(application({ allowedOrigins: '*' }), asked);
    expect([open.statusCode, open.headers.has('Access-Control-Allow-Headers')]).toEqual([200, false]);
    const listed = await preflight(application({ allowedOrigins: '*', allowedHeaders: ['X-A'] }), asked);
    expect(listed.headers.get('Access-Control-Allow-Headers') ?? 'x-a').toBe('x-a');
  });

  it('that asks for the private network is let in by allowPrivateNetwork alone', async () => {
    const asked = { 'Access-Control-Request-Private-Network': 'true' };
    const name = 'Access-Control-Allow-Private-Network';
    const app = application({ allowedOrigins: [GOOD], allowPrivateNetwork: true });
    expect((await preflight(app, asked)).headers.get(name)).toBe('true');
    expect((await preflight(app)).headers.has(name)).toBe(false);
    expect((await preflight(app, { ...asked, Origin: EVIL })).headers.has(name)).toBe(false);
    expect((await preflight(application({ allowedOrigins: [GOOD] }), asked)).headers.has(name)).toBe(false);
  });

  it('may be answered by a route for OPTIONS', async () => {
    const app = application({ allowedOrigins: [GOOD] });
    app.route('/own', { methods: ['OPTIONS'] }, () => 'mine');
    const response = await preflight(app, {}, '/own');
    expect([response.text, allowed(response)]).toEqual(['mine', GOOD]);
    expect(response.headers.get('Access-Control-Allow-Methods')).toBe('GET');
  });
});

describe('mounted applications', () => {
  function mounted(outer: CORSOptions | undefined, inner: CORSOptions | undefined): Microdot {
    const app = new Microdot({ logger: silent });
    if (outer) new CORS(app, outer);
    const api = new Microdot();
    if (inner) new CORS(api, inner);
    api.get('/items', () => []);
    api.put('/items', () => abort(400));
    app.mount(api, { urlPrefix: '/api', local: true });
    app.get('/', () => 'ok');
    app.get('/<path:page>', () => 'a page');
    return app;
  }

  it('are covered by the CORS of the application around them', async () => {
    const app = mounted({ allowedOrigins: [GOOD] }, undefined);
    expect(allowed(await get(app, '/api/items'))).toBe(GOOD);
    expect(allowed(await preflight(app, {}, '/api/items'))).toBe(GOOD);
  });

  it('keep a CORS of their own to their routes, preflights and errors included', async () => {
    const app = mounted(undefined, { allowedOrigins: [GOOD] });
    expect(allowed(await get(app, '/api/items'))).toBe(GOOD);
    expect(allowed(await preflight(app, {}, '/api/items'))).toBe(GOOD);
    expect(allowed(await preflight(app, { 'Access-Control-Request-Method': 'PUT' }, '/api/items'))).toBe(
      GOOD,
    );
    const refused = await new TestClient(app).put('/api/items', { headers: { Origin: GOOD } });
    expect([refused.statusCode, allowed(refused)]).toEqual([400, GOOD]);
    expect(allowed(await get(app))).toBe(undefined);
    expect(allowed(await preflight(app))).toBe(undefined);
  });

  it('are not opened by the application around them where their own CORS is narrower', async () => {
    const app = mounted({ allowedOrigins: '*' }, { allowedOrigins: [GOOD], allowCredentials: true });
    expect(allowed(await get(app, '/', EVIL))).toBe(EVIL);
    expect(allowed(await get(app, '/api/items', EVIL))).toBe(undefined);
    expect(allowed(await preflight(app, { Origin: EVIL }, '/api/items'))).toBe(undefined);
    const refused = await new TestClient(app).put('/api/items', { headers: { Origin: EVIL } });
    expect([refused.statusCode, allowed(refused)]).toEqual([400, undefined]);
    const response = await get(app, '/api/items');
    expect([allowed(response), response.headers.get('Access-Control-Allow-Credentials')]).toEqual([
      GOOD,
      'true',
    ]);
  });
});

describe('CORS', () => {
  it('can be given its application later, and more options with it', async () => {
    const cors = new CORS(undefined, { allowedOrigins: [EVIL], allowCredentials: true });
    const app = new Microdot();
    cors.initialize(app, { allowedOrigins: [GOOD] });
    app.get('/', () => 'ok');
    const response = await get(app);
    expect([allowed(response), response.headers.get('Access-Control-Allow-Credentials')]).toEqual([
      GOOD,
      'true',
    ]);
    expect(allowed(await get(app, '/', EVIL))).toBe(undefined);
  });

  it('leaves the responses alone with handleCors: false, and gives the headers to who asks', async () => {
    const app = new Microdot();
    const cors = new CORS(app, { allowedOrigins: [GOOD], handleCors: false });
    app.get('/', () => 'ok');
    app.get('/mine', (request) => new Response('ok', 200, cors.getCorsHeaders(request)));
    expect((await get(app)).headers.has('Vary')).toBe(false);
    expect(allowed(await get(app, '/mine'))).toBe(GOOD);
    expect(allowed(await preflight(app))).toBe(undefined);
  });

  it('trusts the origins that it names, and their subdomains if asked to', () => {
    const cors = new CORS(undefined, { allowedOrigins: [GOOD, 'http://localhost:3000'] });
    expect(cors.isTrusted(GOOD)).toBe(true);
    expect(cors.isTrusted('https://a.good.example')).toBe(false);
    const options = { allowSubdomains: true };
    expect(cors.isTrusted('https://a.b.good.example', options)).toBe(true);
    expect(cors.isTrusted('http://a.localhost:3000', options)).toBe(true);
    for (const origin of [
      'http://a.good.example',
      'https://evilgood.example',
      'https://evil.com/.good.example',
      'https://evil.com@a.good.example',
      'https://.good.example',
      'http://a.localhost',
      'null',
    ]) {
      expect([origin, cors.isTrusted(origin, options)]).toEqual([origin, false]);
    }
  });

  it('trusts nobody because everybody may read', () => {
    expect(new CORS(undefined, { allowedOrigins: '*' }).isTrusted(GOOD, { allowSubdomains: true })).toBe(
      false,
    );
    expect(new CORS().isTrusted(GOOD)).toBe(false);
  });
});

describe('what is not safe, or makes no sense, is refused when it is set', () => {
  it.each<[string, CORSOptions, string]>([
    ['* with credentials', { allowedOrigins: '*', allowCredentials: true }, 'name the origins'],
    ['* with the private network', { allowedOrigins: '*', allowPrivateNetwork: true }, 'name the origins'],
    ['null', { allowedOrigins: ['null'] }, 'sandboxed'],
    ['an origin with a path', { allowedOrigins: ['https://good.example/'] }, 'write "https://good.example"'],
    ['a header with a line break', { exposeHeaders: ['X-A\r\nSet-Cookie: a=b'] }, 'Not one name'],
    ['two headers in one', { allowedHeaders: ['X-A, X-B'] }, 'Not one name'],
    ['a method with a space', { allowedMethods: ['GET PUT'] }, 'Not one name'],
    ['all headers by *', { allowedHeaders: ['*'] }, 'leave allowedHeaders out'],
    ['text instead of a list', { allowedMethods: 'PUT' as unknown as string[] }, "such as ['PUT']"],
    ['a negative age', { maxAge: -1 }, 'maxAge'],
    ['an age that is no number', { maxAge: Number.NaN }, 'maxAge'],
  ])('%s', (_, options, message) => {
    const error = expect.objectContaining({
      code: 'INVALID_OPTION',
      message: expect.stringContaining(message),
    });
    expect(() => new CORS(undefined, options)).toThrow(error);
    expect(() => new CORS().initialize(new Microdot(), options)).toThrow(error);
  });
});
