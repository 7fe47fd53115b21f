import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { application, KEY } from './application.ts';

const NOW = (): number => Math.floor(Date.now() / 1000);
const DAY = 24 * 60 * 60;
const ANN = { user: { id: 1, name: 'ann' } };

function token(payload: object, key: string = KEY): string {
  const [head, body] = [{ alg: 'HS256', typ: 'JWT' }, payload].map((value) =>
    Buffer.from(JSON.stringify(value)).toString('base64url'),
  );
  return `${head}.${body}.${createHmac('sha256', key).update(`${head}.${body}`).digest('base64url')}`;
}

function payloadOf(cookie: string | undefined): unknown {
  return JSON.parse(Buffer.from(cookie?.split('.')[1] ?? '', 'base64url').toString());
}

afterEach(() => {
  jest.useRealTimers();
});

describe('a login that is remembered', () => {
  it('comes back when the session is gone, and is not fresh then', async () => {
    const client = new TestClient(application().app);
    const logged = await client.post('/login/1?remember');
    const [, remember = ''] = logged.headers.getAll('Set-Cookie');
    expect(remember).toMatch(/^_remember=[\w.-]+; Path=\/; Max-Age=2592000; HttpOnly$/);
    expect(payloadOf(client.cookies._remember)).toEqual({ user_id: 1, days: 30, exp: expect.any(Number) });
    expect((await client.get('/fresh/1')).statusCode).toBe(200);

    delete client.cookies.session;
    expect((await client.get('/fresh/1')).headers.get('Location')).toBe('/login?next=/fresh/1');
    expect((await client.get('/')).json).toEqual(ANN);
    expect(payloadOf(client.cookies.session)).toEqual({ _user_id: 1, _fresh: false });
    expect((await client.get('/fresh/1')).statusCode).toBe(302);
    await client.post('/login/1');
    expect((await client.get('/fresh/1')).statusCode).toBe(200);
  });

  it('is remembered for as many days as were asked for, from the last time on', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
    const { app } = application();
    const client = new TestClient(app);
    await client.post('/login/1?days=7');
    const first = client.cookies._remember as string;
    expect(payloadOf(first)).toEqual({ user_id: 1, days: 7, exp: NOW() + 7 * DAY });
    jest.setSystemTime(Date.now() + 6 * DAY * 1000);
    delete client.cookies.session;
    expect((await client.get('/')).json).toEqual(ANN);
    expect(payloadOf(client.cookies._remember)).toEqual({ user_id: 1, days: 7, exp: NOW() + 7 * DAY });
    // The first one ends when it was to end, whatever a client keeps.
    jest.setSystemTime(Date.now() + 2 * DAY * 1000);
    expect((await new TestClient(app, { cookies: { _remember: first } }).get('/')).statusCode).toBe(302);
    delete client.cookies.session;
    expect((await client.get('/')).json).toEqual(ANN);
  });

  it('is not remembered unless that was asked for', async () => {
    const client = new TestClient(application().app);
    await client.post('/login/1');
    expect(client.cookies._remember).toBeUndefined();
  });

  it('is forgotten by a logout, which forgets nothing else', async () => {
    const client = new TestClient(application().app);
    await client.post('/login/1?remember');
    await client.post('/logout');
    expect(client.cookies._remember).toBeUndefined();
    expect((await client.get('/')).statusCode).toBe(302);
    expect((await client.post('/logout')).headers.getAll('Set-Cookie')).toHaveLength(1);
  });

  it('is forgotten by a logout that has only just recalled it', async () => {
    const { app, login } = application();
    app.post(
      '/bye',
      login.required(async (request) => {
        await login.logoutUser(request);
        return '';
      }),
    );
    const client = new TestClient(app);
    await client.post('/login/1?remember');
    delete client.cookies.session;
    const bye = await client.post('/bye');
    expect(bye.headers.getAll('Set-Cookie').filter((text) => text.startsWith('_remember='))).toHaveLength(1);
    expect(client.cookies._remember).toBeUndefined();
    expect((await client.get('/')).statusCode).toBe(302);
  });

  it('is forgotten when somebody else logs in at the same computer', async () => {
    const client = new TestClient(application().app);
    await client.post('/login/1?remember');
    await client.post('/login/2');
    delete client.cookies.session;
    expect((await client.get('/')).statusCode).toBe(302);
  });

  it('is forgotten once the user is gone', async () => {
    const { app, users } = application();
    const client = new TestClient(app);
    await client.post('/login/1?remember');
    delete client.cookies.session;
    users.delete(1);
    expect((await client.get('/')).statusCode).toBe(302);
    expect(client.cookies).toEqual({});
  });

  it('has a cookie with the attributes of the session, but for its age', async () => {
    const cookieOptions = { path: '/app', secure: true, sameSite: 'Lax', maxAge: 5 } as const;
    const client = new TestClient(application({ cookieOptions }).app);
    const [, remember] = (await client.post('/login/1?days=1')).headers.getAll('Set-Cookie');
    expect(remember).toMatch(/; Path=\/app; Max-Age=86400; SameSite=Lax; Secure; HttpOnly$/);
  });

  it('goes on when the key is changed', async () => {
    const old = 'old-key-old-key-old-key-old-key-';
    const cookies = { _remember: token({ user_id: 1, days: 30, exp: NOW() + DAY }, old) };
    const client = new TestClient(application({ secretKey: [KEY, old] }).app, { cookies });
    expect((await client.get('/')).json).toEqual(ANN);
    expect((await new TestClient(application().app, { cookies }).get('/')).statusCode).toBe(302);
  });

  it('is read from what Python has written', async () => {
    const cookies = { _remember: token({ user_id: 1, days: 30, exp: Date.now() / 1000 + 30.5 * DAY }) };
    expect((await new TestClient(application().app, { cookies }).get('/')).json).toEqual(ANN);
  });
});

describe('a cookie that remembers', () => {
  const good = { user_id: 1, days: 30, exp: NOW() + DAY };

  it('of ours is accepted, so that the others fail for their own reasons', async () => {
    const client = new TestClient(application().app, { cookies: { _remember: token(good) } });
    expect((await client.get('/')).statusCode).toBe(200);
  });

  it.each<[string, string]>([
    [
      'is tampered with',
      token(good).replace(/\.[^.]+\./, `.${Buffer.from('{"user_id":2}').toString('base64url')}.`),
    ],
    ['was signed with another key', token(good, 'another')],
    ['has expired', token({ ...good, exp: NOW() - 1 })],
    ['never expires', token({ user_id: 1, days: 30 })],
    ['has no days', token({ user_id: 1, exp: good.exp })],
    ['has 100,000 days', token({ ...good, days: 100_000 })],
    ['has no user', token({ days: 30, exp: good.exp })],
    ['has null for a user', token({ ...good, user_id: null })],
    ['has a list for a user', token({ ...good, user_id: [1] })],
    ['has an unknown user', token({ ...good, user_id: 99 })],
    ['has the name of a method for a user', token({ ...good, user_id: '__proto__' })],
    ['is empty', ''],
    ['is garbage', 'abc'],
    ['is oversized', 'x'.repeat(15_000)],
    ['is a session that holds a user_id (token confusion)', token({ user_id: 1 })],
    ['is a session with an expiry and a user_id', token({ user_id: 1, exp: good.exp })],
    ['is a session with more than that', token({ ...good, cart: [] })],
    ['is a session that is logged in', token({ _user_id: 1, _fresh: true })],
  ])('that %s logs nobody in', async (_, cookie) => {
    const client = new TestClient(application().app);
    const response = await client.get('/', { headers: { Cookie: `_remember=${cookie}` } });
    expect(response.statusCode).toBe(302);
    expect(response.headers.getAll('Set-Cookie').some((text) => text.startsWith('session='))).toBe(false);
  });

  it('is no session', async () => {
    const client = new TestClient(application().app, { cookies: { session: token(good) } });
    expect((await client.get('/')).statusCode).toBe(302);
  });
});

describe('a session', () => {
  it.each<[string, object]>([
    ['null', { _user_id: null, _fresh: true }],
    ['a list', { _user_id: [1], _fresh: true }],
    ['nothing', { _user_id: '', _fresh: true }],
    ['nobody', { _fresh: true }],
    ['somebody unknown', { _user_id: 99, _fresh: true }],
  ])('with %s for a user logs nobody in', async (_, payload) => {
    const client = new TestClient(application().app, { cookies: { session: token(payload) } });
    expect((await client.get('/')).statusCode).toBe(302);
    expect((await client.get('/fresh/1')).statusCode).toBe(302);
  });
});
