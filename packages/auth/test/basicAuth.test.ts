import { request as httpRequest } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { BasicAuth, type BasicAuthOptions, timingSafeEqual } from '@microdot/auth';
import { Microdot, Response } from '@microdot/core';
import { TestClient } from '@microdot/test-client';

const users: Record<string, string> = { ann: 'pw', bob: 'p:w', é: 'ü', empty: '' };

function application(options: BasicAuthOptions = {}): {
  app: Microdot;
  auth: BasicAuth<string>;
  checked: string[][];
} {
  const app = new Microdot({ logger: { info() {}, error() {} } });
  const auth = new BasicAuth<string>(options);
  const checked: string[][] = [];
  auth.authenticate((_, name, password) => {
    checked.push([name, password]);
    return Object.hasOwn(users, name) && timingSafeEqual(password, users[name] as string) ? name : undefined;
  });
  app.get(
    '/<int:id>',
    auth.required((request, { id }) => ({ id, user: request.g.currentUser })),
  );
  app.get(
    '/optional',
    auth.optional((request) => ({ user: request.g.currentUser })),
  );
  return { app, auth, checked };
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('basic authentication', () => {
  it.each([
    ['ann:pw', 'ann'],
    ['bob:p:w', 'bob'],
    ['é:ü', 'é'],
    ['empty:', 'empty'],
  ])('lets %s in', async (credentials, user) => {
    const client = new TestClient(application().app);
    const headers = { Authorization: basic(credentials) };
    expect((await client.get('/7', { headers })).json).toEqual({ id: 7, user });
    expect((await client.get('/optional', { headers })).json).toEqual({ user });
  });

  it.each(['ann:wrong', 'ann:', 'nobody:pw', ':', 'toString:x', '__proto__:x', 'ann:pw ', 'ANN:pw'])(
    'keeps %s out',
    async (credentials) => {
      const client = new TestClient(application().app);
      const headers = { Authorization: basic(credentials) };
      const refused = await client.get('/7', { headers });
      expect([refused.statusCode, refused.text]).toEqual([401, '']);
      expect(refused.headers.get('WWW-Authenticate')).toBe('Basic realm="Please login", charset="UTF-8"');
      expect((await client.get('/optional', { headers })).json).toEqual({ user: null });
    },
  );

  it.each<[string, string]>([
    ['nothing', ''],
    ['the scheme alone', 'Basic'],
    ['the scheme and a space', 'Basic '],
    ['another scheme', 'Bearer YW5uOnB3'],
    ['a scheme that begins alike', 'Basically YW5uOnB3'],
    ['a scheme in lower case', 'basic YW5uOnB3'],
    ['no scheme', 'YW5uOnB3'],
    ['a tab for the space', 'Basic\tYW5uOnB3'],
    ['no Base64', 'Basic !!!'],
    ['Base64 with something in it', 'Basic YW5u!OnB3'],
    ['Base64 with spaces in it', 'Basic YW5u OnB3'],
    ['Base64 without its padding', 'Basic Ym9iOnA6dw'],
    ['Base64 with half its padding', 'Basic Ym9iOnA6dw='],
    ['Base64 with too much padding', 'Basic YW5uOnB3===='],
    ['padding alone', 'Basic ===='],
    ['padding in between', 'Basic YW5=OnB3'],
    ['Base64 for URLs', 'Basic _-__'],
    ['no colon', basic('ann')],
    ['no text', basic('')],
    ['what is not UTF-8', `Basic ${Buffer.from([0x61, 0xff, 0x3a, 0x62]).toString('base64')}`],
    ['an overlong encoding', `Basic ${Buffer.from([0xc1, 0x81, 0x3a, 0x62]).toString('base64')}`],
    ['a line end in the name', basic('ann\r\nx:pw')],
    ['a zero byte in the password', basic('ann:pw\0')],
    ['a parameter', `${basic('ann:pw')}, realm="x"`],
    ['two of them in a line', `${basic('ann:pw')}, ${basic('ann:pw')}`],
    ['many spaces', `Basic${' '.repeat(10_000)}`],
    ['10,000 characters of noise', `Basic ${'A'.repeat(10_000)}`],
    ['10,000 colons', `Basic ${':'.repeat(10_000)}`],
  ])('takes %s for no credentials', async (_, Authorization) => {
    const { app, checked } = application();
    const client = new TestClient(app);
    expect((await client.get('/7', { headers: { Authorization } })).statusCode).toBe(401);
    expect((await client.get('/optional', { headers: { Authorization } })).json).toEqual({ user: null });
    expect(checked).toEqual([]);
  });

  it('takes two Authorization lines for none, on a real server too (request smuggling past a proxy)', async () => {
    const { app, checked } = application();
    const lines = [basic('nobody:x'), basic('ann:pw')];
    const headers = lines.map((line) => ['Authorization', line] as const);
    expect((await new TestClient(app).get('/7', { headers })).statusCode).toBe(401);
    const server = await app.startServer({ port: 0, host: '127.0.0.1' });
    try {
      const status = await new Promise((resolve) =>
        httpRequest(
          `${server.url}/7`,
          { agent: false, headers: ['Host', 'a', ...headers.flat()] as never },
          (response) => resolve(response.resume().statusCode),
        ).end(),
      );
      expect(status).toBe(401);
    } finally {
      await server.close();
    }
    expect(checked).toEqual([]);
  });

  it('gives long credentials as they are', async () => {
    const { app, checked } = application();
    await new TestClient(app).get('/7', {
      headers: { Authorization: basic(`${'é'.repeat(500)}:${'p'.repeat(500)}`) },
    });
    expect(checked).toEqual([['é'.repeat(500), 'p'.repeat(500)]]);
  });

  it('asks for what the options say', async () => {
    const options = {
      realm: 'A "quoted" \\ realm',
      charset: 'ISO-8859-1',
      scheme: 'xBasic',
      errorStatus: 403,
    };
    const { app } = application(options);
    const client = new TestClient(app);
    const refused = await client.get('/7');
    expect(refused.statusCode).toBe(403);
    expect(refused.headers.get('WWW-Authenticate')).toBe(
      'xBasic realm="A \\"quoted\\" \\\\ realm", charset="ISO-8859-1"',
    );
    expect((await client.get('/7', { headers: { Authorization: basic('é:ü') } })).statusCode).toBe(200);
  });

  it.each<[string, object]>([
    ['a realm of two lines', { realm: 'a\r\nSet-Cookie: x=1' }],
    ['a realm beyond Latin-1', { realm: '日本' }],
    ['a charset with quotes', { charset: 'x", a="b' }],
    ['an empty scheme', { scheme: '' }],
    ['a status of success', { errorStatus: 200 }],
    ['a status that is none', { errorStatus: Number.NaN }],
  ])('refuses %s', (_, options) => {
    expect(() => new BasicAuth(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });

  it('answers as the error handler says', async () => {
    const { app, auth } = application();
    auth.errorHandler(async (request) => new Response({ error: request.path }, 403));
    const refused = await new TestClient(app).get('/7');
    expect([refused.statusCode, refused.json]).toEqual([403, { error: '/7' }]);
    expect(refused.headers.has('WWW-Authenticate')).toBe(false);
  });

  it('waits for an asynchronous check, and lets nobody in when it fails', async () => {
    const { app, auth } = application();
    auth.authenticate(async (_, name) => {
      if (name === 'fail') throw new Error('the database is away');
      return name === 'ann' && name;
    });
    const client = new TestClient(app);
    const status = async (text: string): Promise<number> =>
      (await client.get('/7', { headers: { Authorization: basic(text) } })).statusCode;
    expect([await status('ann:x'), await status('bob:x'), await status('fail:x')]).toEqual([200, 401, 500]);
  });

  it('says that nobody told it how to check', async () => {
    const errors: unknown[] = [];
    const app = new Microdot({ logger: { info() {}, error: (error) => errors.push(error) } });
    app.get(
      '/',
      new BasicAuth().required(() => 'in'),
    );
    expect((await new TestClient(app).get('/')).statusCode).toBe(500);
    expect(errors).toEqual([expect.objectContaining({ code: 'NO_AUTHENTICATE' })]);
  });

  it('does not let in somebody of an earlier hook', async () => {
    const { app } = application();
    app.beforeRequest((request) => {
      request.g.currentUser = 'ann';
    });
    const client = new TestClient(app);
    expect((await client.get('/7')).statusCode).toBe(401);
    expect((await client.get('/optional')).json).toEqual({ user: null });
  });
});
