import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TestClient, type TestClientOptions } from '@microdot/test-client';

const folder = await mkdtemp(join(tmpdir(), 'tour-'));
process.env.DATA_DIR = folder;
process.env.API_ORIGINS = 'https://friend.example https://other.example';
const { app } = await import('../src/app.ts');
app.logger = { info: () => {}, error: () => {} };

jest.setTimeout(30_000);

const host = 'tour.example';
const browser = (options: TestClientOptions = {}) => new TestClient(app, { host, ...options });
const ada = { name: 'Ada', password: 'correct horse' };

beforeAll(async () => {
  expect((await browser().post('/signup', { form: ada })).statusCode).toBe(302);
});

afterAll(() => rm(folder, { recursive: true }));

async function loggedIn(form: Record<string, string> = ada): Promise<TestClient> {
  const client = browser();
  expect((await client.post('/login', { form })).statusCode).toBe(302);
  return client;
}

describe('an account', () => {
  it('has a password that is nowhere to be read', async () => {
    const text = await readFile(join(folder, 'users.json'), 'utf8');
    expect(JSON.parse(text)).toEqual([
      {
        number: 1,
        name: 'Ada',
        passwordVersion: 1,
        password: { salt: expect.any(String), hash: expect.any(String) },
      },
    ]);
    expect(text).not.toContain(ada.password);
    for (const file of ['users.json', 'secret-key']) {
      expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
    }
  });

  it.each([
    ['in capitals', { ...ada, name: 'ADA' }, 'Somebody here is called that already.'],
    ['in wide letters', { ...ada, name: 'Ａｄａ' }, 'Somebody here is called that already.'],
    ['of spaces', { ...ada, name: ' ' }, 'What may we call you?'],
    ['turned around', { ...ada, name: 'A\u202eda' }, 'Letters, digits, spaces'],
    ['with what nobody sees', { ...ada, name: 'A\u200bda' }, 'Letters, digits, spaces'],
    ['too long', { ...ada, name: 'x'.repeat(41) }, 'Up to 40 characters.'],
    ['and a short password', { name: 'Grace', password: 'short' }, '8 characters or more.'],
    ['and an endless password', { name: 'Grace', password: 'x'.repeat(201) }, 'Up to 200 characters.'],
  ])('is not made of a name %s', async (_, form, problem) => {
    const response = await browser().post('/signup', { form });
    expect(response.statusCode).toBe(422);
    expect(response.text).toContain(problem);
    expect(response.text).not.toContain(form.password);
  });
});

describe('who logs in', () => {
  it('is sent to log in, and then on to where they wanted to go', async () => {
    const client = browser();
    const sent = await client.get('/account?x=1');
    expect([sent.statusCode, sent.headers.get('Location')]).toEqual([302, '/login?next=/account%3Fx%3D1']);
    const page = await client.get(sent.headers.get('Location') as string);
    expect(page.text).toContain('<a href="/signup?next=%2Faccount%3Fx%3D1">');
    const done = await client.post('/login?next=/account%3Fx%3D1', { form: ada });
    expect([done.statusCode, done.headers.get('Location')]).toEqual([302, '/account?x=1']);
    expect((await client.get('/account?x=1')).text).toContain('<bdi>Ada</bdi>');
    for (const path of ['/', '/guestbook', '/feed', '/wall', '/uploads', '/routes', '/source']) {
      expect((await client.get(path)).text).toMatch(/class="place account"[^>]*><svg .*<bdi>Ada<\/bdi>/);
    }
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/%09/evil.example'])(
    'is not led off the site by next=%s',
    async (next) => {
      const response = await browser().post(`/login?next=${next}`, { form: ada });
      expect([response.statusCode, response.headers.get('Location')]).toEqual([302, '/account']);
    },
  );

  it('has to know name and password', async () => {
    const wrong = [{ ...ada, password: 'wrong horse' }, { ...ada, name: 'Nobody' }, { name: 'Ada' }, {}];
    for (const form of wrong as Record<string, string>[]) {
      const response = await browser().post('/login', { form });
      expect(response.statusCode).toBe(401);
      expect(response.text).toContain('That is not the name and the password of anybody here.');
      expect(response.headers.get('Set-Cookie')).toBeUndefined();
    }
  });

  it('may not guess for ever', async () => {
    const form = { name: 'Guessed', password: 'wrong horse' };
    for (let i = 0; i < 10; i++) expect((await browser().post('/login', { form })).statusCode).toBe(401);
    expect((await browser().post('/login', { form })).statusCode).toBe(429);
    await loggedIn();
  });

  it('has logged out everywhere that has a copy of the session', async () => {
    const client = await loggedIn();
    const copy = browser({ cookies: { ...client.cookies } });
    expect((await copy.get('/account')).statusCode).toBe(200);
    expect((await client.post('/logout')).statusCode).toBe(303);
    expect((await client.get('/account')).statusCode).toBe(302);
    expect((await copy.get('/account')).statusCode).toBe(302);
  });
});

describe('who is remembered', () => {
  it('is logged in again without the session, but has to show it for a password', async () => {
    const before = await loggedIn({ ...ada, remember: 'on' });
    const cookies = { _remember: before.cookies._remember as string };
    const client = browser({ cookies });
    expect((await client.get('/account')).statusCode).toBe(200);
    const sent = await client.get('/account/password');
    expect(sent.headers.get('Location')).toBe('/login?next=/account/password');
    expect((await client.get('/login?next=/account/password')).text).toContain('Is it you?');
    expect((await client.post('/account/password', { form: { password: 'stolen horse' } })).statusCode).toBe(
      302,
    );
    expect((await client.post('/login?next=/account/password', { form: ada })).statusCode).toBe(302);
    expect((await client.get('/account/password')).statusCode).toBe(200);
  });

  it('is forgotten everywhere when the password changes, but not where it was changed', async () => {
    await browser().post('/signup', { form: { name: 'Grace', password: 'first password' } });
    const form = { name: 'Grace', password: 'first password', remember: 'on' };
    const here = await loggedIn(form);
    const there = await loggedIn(form);
    expect((await here.post('/account/password', { form: { password: 'short' } })).statusCode).toBe(422);
    const changed = await here.post('/account/password', { form: { password: 'second password' } });
    expect(changed.headers.get('Location')).toBe('/account');
    expect((await here.get('/account')).statusCode).toBe(200);
    expect((await there.get('/account')).statusCode).toBe(302);
    expect((await browser().post('/login', { form })).statusCode).toBe(401);
    await loggedIn({ ...form, password: 'second password' });
  });
});

describe('the guestbook', () => {
  it('is signed with the name of the account, whatever the form says', async () => {
    const client = await loggedIn();
    expect((await client.get('/guestbook')).text).not.toContain('name="name"');
    await client.post('/guestbook', { form: { name: 'Somebody else', message: 'It is me' } });
    const { text } = await client.get('/guestbook');
    expect(text).toContain('<bdi>Ada</bdi> <span class="member">has an account</span>');
    expect(text).not.toContain('Somebody else');
  });

  it('does not say of a stranger with the same name that it is the one', async () => {
    await browser().post('/guestbook', { form: { name: 'Ada', message: 'Or is it?' } });
    const { text } = await browser().get('/guestbook');
    expect(text).toMatch(/<bdi>Ada<\/bdi><\/h3>[^]*?Or is it\?/);
  });
});

describe('the API', () => {
  const api = '/api/guestbook';
  const body = { message: 'By a program' };

  it('knows who writes by the token, which is shown once', async () => {
    const client = await loggedIn();
    const { text } = await client.post('/account/token');
    const token = /<code class="token">(.*?)<\/code>/.exec(text ?? '')?.[1] as string;
    expect((await client.get('/account')).text).not.toContain(token);
    expect(await readFile(join(folder, 'users.json'), 'utf8')).not.toContain(token);
    const headers = { Authorization: `Bearer ${token}` };
    const created = await browser().post(api, { body, headers });
    expect([created.statusCode, created.json]).toEqual([
      201,
      expect.objectContaining({ name: 'Ada', member: 1 }),
    ]);
    await client.post('/account/token');
    expect((await browser().post(api, { body, headers })).statusCode).toBe(401);
  });

  it('knows nobody by a session', async () => {
    const client = await loggedIn();
    expect((await client.post(api, { body })).statusCode).toBe(422);
  });

  it('may be read and written by the pages of the origins that are named', async () => {
    const headers = { Origin: 'https://friend.example', 'Sec-Fetch-Site': 'cross-site' };
    const read = await browser().get(api, { headers });
    expect(read.headers.get('Access-Control-Allow-Origin')).toBe('https://friend.example');
    const written = await browser().post(api, { body: { name: 'Friend', ...body }, headers });
    expect(written.statusCode).toBe(201);
    expect(written.headers.get('Access-Control-Expose-Headers')).toBe('Location');
  });

  it('tells a preflight what may be done, and others nothing', async () => {
    const ask = (origin: string, path = api) =>
      browser().options(path, {
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'content-type,authorization',
        },
      });
    const { headers } = await ask('https://friend.example');
    expect(headers.get('Access-Control-Allow-Methods')).toBe('POST');
    expect(headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toBe('content-type, authorization');
    expect((await ask('https://evil.example')).headers.get('Access-Control-Allow-Origin')).toBeUndefined();
    // No page but those of the API is for others to read.
    const page = await ask('https://friend.example', '/guestbook');
    expect(page.headers.get('Access-Control-Allow-Origin')).toBeUndefined();
  });
});

describe('cross-site request forgery', () => {
  const paths = [
    '/login',
    '/logout',
    '/signup',
    '/account/password',
    '/account/token',
    '/wall',
    '/uploads',
    '/guestbook',
  ];

  let client: TestClient;
  beforeAll(async () => {
    client = await loggedIn();
  });

  it.each(paths)('is refused at %s', async (path) => {
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
    ] as Record<string, string>[]) {
      const response = await client.post(path, { form: { ...ada, message: 'x', text: 'x' }, headers });
      expect(response.statusCode).toBe(403);
      expect(response.text).toContain('Not from there');
    }
    expect((await client.get('/account')).statusCode).toBe(200);
  });
});
