import { describe, expect, it } from '@jest/globals';
import { TokenAuth, type TokenAuthOptions, timingSafeFind } from '@microdot/auth';
import { Microdot, Response } from '@microdot/core';
import { TestClient } from '@microdot/test-client';

const tokens = new Map([
  ['t1', 'ann'],
  ['a b', 'bob'],
]);

function application(options: TokenAuthOptions = {}): {
  app: Microdot;
  auth: TokenAuth<string>;
  checked: string[];
} {
  const app = new Microdot();
  const auth = new TokenAuth<string>(options);
  const checked: string[] = [];
  auth.authenticate((_, token) => {
    checked.push(token);
    return timingSafeFind(tokens, token);
  });
  app.get(
    '/',
    auth.required((request) => ({ user: request.g.currentUser })),
  );
  app.get(
    '/optional',
    auth.optional((request) => ({ user: request.g.currentUser })),
  );
  return { app, auth, checked };
}

describe('token authentication', () => {
  it.each([
    ['Bearer t1', 'ann'],
    ['bearer t1', 'ann'],
    ['BEARER   t1 ', 'ann'],
    ['Bearer a b', 'bob'],
  ])('lets %s in', async (Authorization, user) => {
    const client = new TestClient(application().app);
    expect((await client.get('/', { headers: { Authorization } })).json).toEqual({ user });
    expect((await client.get('/optional', { headers: { Authorization } })).json).toEqual({ user });
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['the scheme alone', 'Bearer'],
    ['the scheme and spaces', 'Bearer   '],
    ['a token alone', 't1'],
    ['another scheme', 'Token t1'],
    ['a scheme that begins alike', 'Bearers t1'],
    ['a tab for the space', 'Bearer\tt1'],
    ['basic credentials', 'Basic YW5uOnB3'],
    ['10,000 spaces', ' '.repeat(10_000)],
  ])('takes %s for no token', async (_, Authorization) => {
    const { app, checked } = application();
    const client = new TestClient(app);
    const refused = await client.get('/', { headers: { Authorization } });
    expect([refused.statusCode, refused.text]).toEqual([401, '401 error']);
    expect((await client.get('/optional', { headers: { Authorization } })).json).toEqual({ user: null });
    expect(checked).toEqual([]);
  });

  it.each(['t2', 't1x', 't', 'T1', '__proto__', 't1, Bearer t1', 'x'.repeat(10_000), '\xe9'])(
    'keeps the unknown token %s out',
    async (token) => {
      const { app, checked } = application();
      const response = await new TestClient(app).get('/', { headers: { Authorization: `Bearer ${token}` } });
      expect(response.statusCode).toBe(401);
      expect(checked).toEqual([token]);
    },
  );

  it('takes two headers for none', async () => {
    const { app, checked } = application();
    const headers: [string, string][] = [
      ['Authorization', 'Bearer t1'],
      ['authorization', 'Bearer t1'],
    ];
    expect((await new TestClient(app).get('/', { headers })).statusCode).toBe(401);
    expect(checked).toEqual([]);
  });

  it('reads another scheme, another header', async () => {
    const scheme = new TestClient(application({ scheme: 'Token', header: 'authorization' }).app);
    expect((await scheme.get('/', { headers: { Authorization: 'token t1' } })).json).toEqual({ user: 'ann' });
    const header = new TestClient(application({ header: 'X-Key', errorStatus: 403 }).app);
    expect((await header.get('/', { headers: { 'x-key': 't1' } })).json).toEqual({ user: 'ann' });
    for (const headers of [{ 'X-Key': 'Bearer t1' }, { 'X-Key': '' }, { Authorization: 'Bearer t1' }]) {
      expect((await header.get('/', { headers: headers as Record<string, string> })).statusCode).toBe(403);
    }
  });

  it('leaves the answer to the error handler of the application, or to its own', async () => {
    const { app, auth } = application();
    app.errorHandler(401, () => new Response({ error: 'who are you?' }, 401));
    const client = new TestClient(app);
    expect((await client.get('/')).json).toEqual({ error: 'who are you?' });
    auth.errorHandler(() => 418);
    expect((await client.get('/')).statusCode).toBe(418);
  });

  it.each<[string, object]>([
    ['a header that is none', { header: 'X Key' }],
    ['a scheme of two words', { scheme: 'a b' }],
    ['a status of success', { errorStatus: 204 }],
  ])('refuses %s', (_, options) => {
    expect(() => new TokenAuth(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});
