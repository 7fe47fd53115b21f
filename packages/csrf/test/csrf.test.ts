import { describe, expect, it } from '@jest/globals';
import { type Handler, Microdot } from '@microdot/core';
import { CORS, type CORSOptions } from '@microdot/cors';
import { CSRF, type CSRFOptions } from '@microdot/csrf';
import { TestClient } from '@microdot/test-client';

const GOOD = 'https://good.example';

interface Options extends Omit<CSRFOptions, 'cors'> {
  cors?: CORSOptions;
}

function application({ cors, ...options }: Options = {}): { app: Microdot; csrf: CSRF } {
  const app = new Microdot();
  const csrf = new CSRF(app, { cors: cors && new CORS(app, cors), ...options });
  app.route('/', { methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PURGE'] }, () => 'ok');
  return { app, csrf };
}

/** The status of a request with what a browser says of the page behind it. */
async function status(
  app: Microdot,
  site: string | undefined,
  origin?: string,
  { method = 'POST', path = '/', scheme = 'http' as 'http' | 'https', host = 'example.com' } = {},
): Promise<number> {
  const headers = {
    ...(site !== undefined && { 'Sec-Fetch-Site': site }),
    ...(origin !== undefined && { Origin: origin }),
  };
  return (await new TestClient(app, { scheme, host }).request(method, path, { headers })).statusCode;
}

describe('a request that changes something', () => {
  const { app } = application();

  it.each([
    ['same-origin', 'https://example.com'],
    ['same-origin', undefined],
    ['none', undefined],
    [undefined, undefined],
    ['', ''],
  ])('is let through where Sec-Fetch-Site is %p and Origin %p', async (site, origin) => {
    expect(await status(app, site, origin)).toBe(200);
  });

  it.each([
    ['cross-site', undefined],
    ['cross-site', 'https://evil.example'],
    ['same-site', 'https://user-content.example.com'],
    ['same-origin, cross-site', undefined],
    ['SAME-ORIGIN', undefined],
    ['anything', undefined],
    [undefined, 'https://evil.example'],
    [undefined, 'null'],
    [undefined, 'nonsense'],
    [undefined, 'https://example.com, https://evil.example'],
  ])('is refused where Sec-Fetch-Site is %p and Origin %p', async (site, origin) => {
    expect(await status(app, site, origin)).toBe(403);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PURGE', 'post'])('is one with %s', async (method) => {
    expect(await status(app, 'cross-site', undefined, { method })).toBe(403);
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'get'])('is not one with %s', async (method) => {
    expect(await status(app, 'cross-site', 'https://evil.example', { method })).toBe(200);
  });

  it('is refused with a 403 that the application may answer', async () => {
    const { app: own } = application();
    own.errorHandler(403, () => ({ error: 'csrf' }));
    const response = await new TestClient(own).post('/', { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect(response.json).toEqual({ error: 'csrf' });
    const plain = await new TestClient(app).post('/', { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect([plain.statusCode, plain.text]).toEqual([403, 'Forbidden']);
  });

  it('is refused over the Node server', async () => {
    const server = await application().app.startServer({ port: 0, host: '127.0.0.1' });
    try {
      const post = async (headers: Record<string, string>): Promise<number> => {
        const response = await fetch(server.url, { method: 'POST', headers });
        await response.text();
        return response.status;
      };
      expect(await post({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
      expect(await post({ Origin: 'https://evil.example' })).toBe(403);
      expect(await post({ Origin: new URL(server.url).origin })).toBe(200);
      expect(await post({ 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
    } finally {
      await server.close();
    }
  });
});

describe('without Sec-Fetch-Site, which is not sent over plain HTTP,', () => {
  const { app } = application();

  it.each([
    ['http', 'example.com', 'http://example.com'],
    ['http', 'example.com:5000', 'http://example.com:5000'],
    ['http', 'EXAMPLE.com', 'http://example.com'],
    ['https', 'example.com', 'https://example.com'],
    ['http', 'example.com', 'https://example.com'], // behind a proxy
  ] as const)('an %s request to %s may come from %s', async (scheme, host, origin) => {
    expect(await status(app, undefined, origin, { scheme, host })).toBe(200);
  });

  it.each([
    ['https', 'example.com', 'http://example.com'],
    ['http', 'example.com:5000', 'http://example.com:5001'],
    ['http', 'example.com:5000', 'http://example.com'],
    ['http', 'example.com', 'http://www.example.com'],
    ['http', 'example.com', 'http://example.com.evil.example'],
    ['http', 'example.com', 'http://evil.example/example.com'],
  ] as const)('an %s request to %s may not come from %s', async (scheme, host, origin) => {
    expect(await status(app, undefined, origin, { scheme, host })).toBe(403);
  });

  it('the Host says nothing against a Sec-Fetch-Site that is there', async () => {
    expect(await status(app, 'cross-site', 'http://example.com')).toBe(403);
  });
});

describe('cors', () => {
  it('names other origins that are trusted, whatever the way in which they are named', async () => {
    for (const allowedOrigins of [GOOD, [GOOD], (origin: string) => origin === GOOD]) {
      const { app } = application({ cors: { allowedOrigins } });
      expect(await status(app, 'cross-site', GOOD)).toBe(200);
      expect(await status(app, undefined, GOOD)).toBe(200);
      expect(await status(app, 'cross-site', 'https://evil.example')).toBe(403);
      expect(await status(app, 'cross-site', 'https://a.good.example')).toBe(403);
      expect(await status(app, 'cross-site')).toBe(403);
    }
    const { app } = application({ cors: { allowedOrigins: ['https://*.good.example'] } });
    expect(await status(app, 'cross-site', 'https://a.good.example')).toBe(200);
    expect(await status(app, 'cross-site', GOOD)).toBe(403);
  });

  it('trusts nobody by *', async () => {
    const { app } = application({ cors: { allowedOrigins: '*' }, allowSubdomains: true });
    expect(await status(app, 'cross-site', GOOD)).toBe(403);
    expect(await status(app, undefined, GOOD)).toBe(403);
  });
});

describe('allowSubdomains', () => {
  const { app } = application({ cors: { allowedOrigins: [GOOD] }, allowSubdomains: true });

  it('trusts the same site, and the subdomains of origins that are trusted', async () => {
    expect(await status(app, 'same-site', 'https://www.example.com')).toBe(200);
    expect(await status(app, 'cross-site', 'https://a.b.good.example')).toBe(200);
    expect(await status(app, undefined, 'https://a.good.example')).toBe(200);
  });

  it.each([
    ['a suffix that is no subdomain', 'https://evilgood.example'],
    ['another scheme', 'http://a.good.example'],
    ['another port', 'https://a.good.example:8443'],
    ['a path that ends so', 'https://evil.example/.good.example'],
    ['the name of a user', 'https://evil.example@a.good.example'],
    ['no origin', 'null'],
    ['no scheme', 'a.good.example'],
    ['64 KB of labels', `https://${'a.'.repeat(32_000)}good.example`],
  ])('does not trust %s', async (_, origin) => {
    expect(await status(app, 'cross-site', origin)).toBe(403);
    expect(await status(app, undefined, origin)).toBe(403);
  });
});

describe('exempt', () => {
  it('leaves a route unprotected, and its handler protected elsewhere', async () => {
    const { app, csrf } = application();
    const handler: Handler = () => 'ok';
    app.post('/webhook', csrf.exempt(handler));
    app.post('/same-handler', handler);
    expect(await status(app, 'cross-site', undefined, { path: '/webhook' })).toBe(200);
    expect(await status(app, 'cross-site', undefined, { path: '/same-handler' })).toBe(403);
  });

  it('does nothing within another wrapper: the route stays protected', async () => {
    const { app, csrf } = application();
    const exempted = csrf.exempt(() => 'ok');
    app.post('/wrapped', (request) => exempted(request, {}));
    expect(await status(app, 'cross-site', undefined, { path: '/wrapped' })).toBe(403);
  });
});

describe('protect', () => {
  it('protects a route whatever its method', async () => {
    const { app, csrf } = application({ protectAll: false });
    app.route(
      '/logout',
      { methods: ['GET', 'POST'] },
      csrf.protect(() => 'ok'),
    );
    for (const method of ['GET', 'POST', 'HEAD']) {
      expect(await status(app, 'cross-site', undefined, { method, path: '/logout' })).toBe(403);
      expect(await status(app, 'same-origin', undefined, { method, path: '/logout' })).toBe(200);
    }
    expect(await status(app, 'cross-site')).toBe(200);
  });

  it('protects within other wrappers, and in spite of exempt', async () => {
    const { app, csrf } = application();
    const guarded = csrf.protect(() => 'ok');
    app.get('/wrapped', (request) => guarded(request, {}));
    app.post('/both', csrf.exempt(csrf.protect(() => 'ok')));
    expect(await status(app, 'cross-site', undefined, { method: 'GET', path: '/wrapped' })).toBe(403);
    expect(await status(app, 'cross-site', undefined, { path: '/both' })).toBe(403);
  });

  it('gives the handler its arguments, and a promise back', async () => {
    const { app, csrf } = application();
    app.get(
      '/<int:a>/<b>',
      csrf.protect(async (request, { a, b }) => ({ a, b, path: request.path })),
    );
    expect((await new TestClient(app).get('/1/x')).json).toEqual({ a: 1, b: 'x', path: '/1/x' });
  });
});

describe('mounted applications', () => {
  it('are protected by the CSRF of the application around them, and keep their own to themselves', async () => {
    const outer = new Microdot();
    new CSRF(outer);
    const sub = new Microdot();
    sub.post('/x', () => 'ok');
    outer.mount(sub, { urlPrefix: '/sub', local: true });
    expect(await status(outer, 'cross-site', undefined, { path: '/sub/x' })).toBe(403);

    const open = new Microdot();
    const shop = new Microdot();
    const csrf = new CSRF(shop);
    shop.post('/buy', () => 'ok');
    shop.post(
      '/hook',
      csrf.exempt(() => 'ok'),
    );
    open.mount(shop, { urlPrefix: '/shop', local: true });
    open.post('/open', () => 'ok');
    expect(await status(open, 'cross-site', undefined, { path: '/shop/buy' })).toBe(403);
    expect(await status(open, 'cross-site', undefined, { path: '/shop/hook' })).toBe(200);
    expect(await status(open, 'cross-site', undefined, { path: '/open' })).toBe(200);
  });
});

it('can be given its application later, and more options with it', async () => {
  const app = new Microdot();
  const csrf = new CSRF(undefined, { allowSubdomains: true });
  csrf.initialize(app, { cors: new CORS(app, { allowedOrigins: [GOOD] }) });
  app.post('/', () => 'ok');
  expect(await status(app, 'cross-site', 'https://a.good.example')).toBe(200);
  expect(await status(app, 'cross-site', 'https://evil.example')).toBe(403);
});
