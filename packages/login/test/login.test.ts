import { describe, expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { Login } from '@microdot/login';
import { Session } from '@microdot/session';
import { TestClient } from '@microdot/test-client';
import { application, KEY } from './application.ts';

describe('a login', () => {
  it('is asked for, lasts, and ends', async () => {
    const client = new TestClient(application().app);
    const sent = await client.get('/?a=b&c=%20d#');
    expect([sent.statusCode, sent.text]).toEqual([302, '']);
    expect(sent.headers.get('Location')).toBe('/login?next=/%3Fa%3Db%26c%3D%2520d%23');
    expect(sent.headers.get('Vary')).toBe('Cookie');
    expect((await client.get('/who')).json).toEqual({ user: null });
    const logged = await client.post('/login/1?next=/%3Fa%3Db');
    expect([logged.statusCode, logged.headers.get('Location')]).toEqual([302, '/?a=b']);
    expect((await client.get('/')).json).toEqual({ user: { id: 1, name: 'ann' } });
    expect((await client.get('/fresh/3')).json).toEqual({ user: { id: 1, name: 'ann' }, n: 3 });
    expect((await client.get('/who')).json).toEqual({ user: { id: 1, name: 'ann' } });
    await client.post('/logout');
    expect((await client.get('/')).statusCode).toBe(302);
    expect((await client.get('/fresh/3')).headers.get('Location')).toBe('/login?next=/fresh/3');
  });

  it('of a user with the id 0 is one', async () => {
    const client = new TestClient(application().app);
    await client.post('/login/0?remember');
    expect((await client.get('/')).json).toEqual({ user: { id: 0, name: 'zoe' } });
    delete client.cookies.session;
    expect((await client.get('/')).json).toEqual({ user: { id: 0, name: 'zoe' } });
  });

  it('is nobody once the user is gone', async () => {
    const { app, users } = application();
    const client = new TestClient(app);
    await client.post('/login/1');
    users.delete(1);
    expect((await client.get('/')).statusCode).toBe(302);
  });

  it('knows the user at once in the request that logs in or out', async () => {
    const { app, login } = application();
    app.get('/both', async (request) => {
      const seen = [await login.getCurrentUser(request)];
      await login.loginUser(request, { id: 1, name: 'ann' });
      seen.push(await login.getCurrentUser(request));
      await login.logoutUser(request);
      seen.push(await login.getCurrentUser(request));
      return seen;
    });
    const client = new TestClient(app);
    expect((await client.get('/both')).json).toEqual([null, { id: 1, name: 'ann' }, null]);
    expect((await client.get('/')).statusCode).toBe(302);
  });

  it('leaves what else is in the session, and so does the logout', async () => {
    const client = new TestClient(application().app);
    await client.post('/session', { body: { cart: [1] } });
    await client.post('/login/1');
    expect((await client.get('/session')).json).toEqual({ cart: [1], _user_id: 1, _fresh: true });
    await client.post('/logout');
    expect((await client.get('/session')).json).toEqual({ cart: [1] });
  });

  it('loads the user once a request, with a loader of either kind', async () => {
    const { app, login } = application();
    let count = 0;
    login.userLoader(async (id) => {
      count++;
      return { id, name: 'somebody' };
    });
    app.get(
      '/twice',
      login.fresh(login.required(async (request) => ({ user: await login.getCurrentUser(request) }))),
    );
    const client = new TestClient(app);
    await client.post('/login/5').catch(() => {});
    await client.post('/login/2');
    expect((await client.get('/twice')).json).toEqual({ user: { id: 2, name: 'somebody' } });
    expect(count).toBe(1);
  });

  it('works over a real server', async () => {
    const { app } = application();
    const server = await app.startServer({ port: 0, host: '127.0.0.1' });
    try {
      const logged = await fetch(`${server.url}/login/1?remember`, { method: 'POST', redirect: 'manual' });
      const cookies = logged.headers.getSetCookie().map((text) => text.split(';')[0] as string);
      expect(cookies.map((text) => text.split('=')[0])).toEqual(['session', '_remember']);
      for (const cookie of [...cookies, cookies.join('; ')]) {
        const response = await fetch(server.url, { headers: { cookie }, redirect: 'manual' });
        expect(await response.json()).toEqual({ user: { id: 1, name: 'ann' } });
      }
    } finally {
      await server.close();
    }
  });
});

describe('with a session store', () => {
  it('a login changes the id of the session (session fixation)', async () => {
    const { app } = application({ store: new Map<string, object>() });
    const attacker = new TestClient(app);
    await attacker.post('/session', { body: { n: 1 } });
    const victim = new TestClient(app, { cookies: attacker.cookies });
    await victim.post('/login/1');
    expect((await victim.get('/session')).json).toEqual({ n: 1, _user_id: 1, _fresh: true });
    expect((await attacker.get('/')).statusCode).toBe(302);
    expect((await attacker.get('/session')).json).toEqual({});
  });

  it('so does a login by a cookie that remembers', async () => {
    const { app } = application({ store: new Map<string, object>() });
    const victim = new TestClient(app);
    await victim.post('/login/1?remember');
    const attacker = new TestClient(app);
    await attacker.post('/session', { body: { n: 1 } });
    victim.cookies.session = attacker.cookies.session as string;
    expect((await victim.get('/')).statusCode).toBe(200);
    expect((await attacker.get('/')).statusCode).toBe(302);
  });

  it('a logout ends the session for whoever has copied the cookie', async () => {
    const { app } = application({ store: new Map<string, object>() });
    const client = new TestClient(app);
    await client.post('/login/1');
    const thief = new TestClient(app, { cookies: client.cookies });
    expect((await thief.get('/')).statusCode).toBe(200);
    await client.post('/logout');
    expect((await thief.get('/')).statusCode).toBe(302);
  });
});

describe('next', () => {
  it.each([
    ['/x', '/x'],
    ['/a/b?c=d&e=f#g', '/a/b?c=d&e=f#g'],
    ['/', '/'],
    ['/x//y', '/x//y'],
    ['/http://x', '/http://x'],
    ['/é', '/%C3%A9'],
    ['/x?next=//y', '/x?next=//y'],
  ])('leads on to %s', async (next, location) => {
    const client = new TestClient(application().app);
    const response = await client.post(`/login/1?next=${encodeURIComponent(next)}`);
    expect(response.headers.get('Location')).toBe(location);
  });

  it.each([
    '//evil.example/',
    '///evil.example/',
    '/\\evil.example/',
    '\\\\evil.example/',
    '\\/evil.example/',
    'http://evil.example/',
    'https:evil.example',
    'HTTP:/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'evil.example',
    '@evil.example',
    '.evil.example',
    ' //evil.example',
    ' /x',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r/evil.example',
    '\t//evil.example',
    '/x\r\nSet-Cookie: a=b',
    '/\0',
    '/\u0085x',
    '',
  ])('does not lead off the site: %j (open redirect)', async (next) => {
    const client = new TestClient(application().app);
    for (const path of [
      `/login/1?next=${encodeURIComponent(next)}`,
      `/login/1?next=${encodeURIComponent(next)}&next=/`,
    ]) {
      const response = await client.post(path);
      expect([response.statusCode, response.headers.get('Location')]).toEqual([302, '/']);
      expect(new URL(response.headers.get('Location') ?? '', 'http://here.example').host).toBe(
        'here.example',
      );
    }
  });

  it('of a path that looks like another site is not followed', async () => {
    const { app, login } = application();
    app.get(
      '/<path:x>',
      login.required(() => ''),
    );
    const client = new TestClient(app);
    const location = (await client.get('//evil.example/')).headers.get('Location');
    expect(location).toBe('/login?next=//evil.example/');
    expect((await client.post(`/login/1?${location?.split('?')[1]}`)).headers.get('Location')).toBe('/');
  });

  it('is where loginUser says unless the URL says otherwise', async () => {
    const { app, login } = application();
    app.get('/to', (request) => login.loginUser(request, { id: 1, name: 'ann' }, { redirectUrl: '/home' }));
    const client = new TestClient(app);
    expect((await client.get('/to')).headers.get('Location')).toBe('/home');
    expect((await client.get('/to?next=//x')).headers.get('Location')).toBe('/home');
    expect((await client.get('/to?next=/x')).headers.get('Location')).toBe('/x');
  });
});

describe('options', () => {
  it('may send to another login page, with a query of its own', async () => {
    for (const [loginUrl, location] of [
      ['/enter', '/enter?next=/'],
      ['/enter?lang=de', '/enter?lang=de&next=/'],
      ['https://sso.example/', 'https://sso.example/?next=/'],
    ] as const) {
      const app = new Microdot();
      new Session(app, { secretKey: KEY });
      app.get(
        '/',
        new Login({ loginUrl }).required(() => 'in'),
      );
      expect((await new TestClient(app).get('/')).headers.get('Location')).toBe(location);
    }
  });

  it.each([
    ['', 'INVALID_OPTION'],
    ['//evil', 'INVALID_REDIRECT'],
    ['javascript:alert(1)', 'INVALID_REDIRECT'],
    ['/x\r\ny', 'INVALID_REDIRECT'],
  ])('cannot be %j', (loginUrl, code) => {
    expect(() => new Login({ loginUrl })).toThrow(expect.objectContaining({ code }));
  });

  it('of a login must make sense', async () => {
    const { app, login } = application();
    const codes: string[] = [];
    app.get('/try', async (request) => {
      const attempts = [
        login.loginUser(request, { id: '' as never, name: '' }),
        login.loginUser(request, {} as never),
        login.loginUser(request, { id: Number.NaN, name: '' }),
        login.loginUser(request, { id: 1, name: '' }, { remember: 0.5 }),
        login.loginUser(request, { id: 1, name: '' }, { remember: -1 }),
        login.loginUser(request, { id: 1, name: '' }, { remember: Number.NaN }),
        login.loginUser(request, { id: 1, name: '' }, { remember: 100_000 }),
      ];
      for (const attempt of attempts) await attempt.catch((error) => codes.push(error.code));
      return '';
    });
    const response = await new TestClient(app).get('/try');
    expect(codes).toEqual([...Array(3).fill('INVALID_USER'), ...Array(4).fill('INVALID_OPTION')]);
    expect(response.headers.has('Set-Cookie')).toBe(false);
  });

  it('are missed where there is no loader, and no Session', async () => {
    const errors: unknown[] = [];
    const app = new Microdot({ logger: { info() {}, error: (error) => errors.push(error) } });
    const login = new Login();
    app.get(
      '/',
      login.required(() => 'in'),
    );
    app.get('/login', (request) => login.loginUser(request, { id: 1 }));
    const client = new TestClient(app);
    expect((await client.get('/')).statusCode).toBe(500);
    new Session(app, { secretKey: KEY });
    await client.get('/login');
    expect((await client.get('/')).statusCode).toBe(500);
    expect(errors).toEqual(['NO_SESSION', 'NO_USER_LOADER'].map((code) => expect.objectContaining({ code })));
  });
});
