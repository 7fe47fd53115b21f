import { describe, expect, it } from '@jest/globals';
import { abort, Microdot, Response } from '@microdot/core';
import { Session, withSession } from '@microdot/session';
import { TestClient } from '@microdot/test-client';
import { application, KEY } from './application.ts';

const logger = { info() {}, error() {} };

describe('a session', () => {
  it('is empty at first, and holds what was saved', async () => {
    const client = new TestClient(application().app);
    expect((await client.get('/')).json).toEqual({});
    await client.post('/', { body: { name: 'joe', list: [1, { k: 'é' }] } });
    expect((await client.get('/')).json).toEqual({ name: 'joe', list: [1, { k: 'é' }] });
    await client.post('/delete');
    expect((await client.get('/')).json).toEqual({});
  });

  it('is an object to read and write, with nothing in it but its data', async () => {
    const { app } = application();
    app.get(
      '/object',
      withSession((_, session) => {
        session.name = 'joe';
        expect('name' in session).toBe(true);
        expect('toString' in session).toBe(false);
        expect(session.constructor).toBeUndefined();
        expect(Object.keys(session)).toEqual(['name']);
        expect(JSON.stringify(session)).toBe('{"name":"joe"}');
        expect(Object.entries(session)).toEqual([['name', 'joe']]);
        expect({ ...session }).toEqual({ name: 'joe' });
        delete session.name;
        return 'name' in session ? 'there' : 'gone';
      }),
    );
    expect((await new TestClient(app).get('/object')).text).toBe('gone');
  });

  it('is saved as it was when save() was called', async () => {
    const { app } = application();
    app.get(
      '/later',
      withSession((_, session) => {
        session.name = 'saved';
        session.save();
        session.name = 'not saved';
        return session;
      }),
    );
    const client = new TestClient(app);
    expect((await client.get('/later')).json).toEqual({ name: 'not saved' });
    expect((await client.get('/')).json).toEqual({ name: 'saved' });
  });

  it('is the same object for all who ask during a request', async () => {
    const { app, sessions } = application();
    app.get(
      '/same',
      withSession(async (request, session) => {
        session.name = 'joe';
        const again = await sessions.get(request);
        return again === session ? 'same' : 'another';
      }),
    );
    expect((await new TestClient(app).get('/same')).text).toBe('same');
  });

  it('sends one cookie, for the last of what was asked for', async () => {
    const { app, sessions } = application();
    app.get(
      '/both',
      withSession((request, session) => {
        session.delete();
        sessions.update(request, { n: 1 });
        session.name = 'joe';
        session.save();
        return '';
      }),
    );
    const client = new TestClient(app);
    const response = await client.get('/both');
    expect(response.headers.getAll('Set-Cookie')).toHaveLength(1);
    expect((await client.get('/')).json).toEqual({ name: 'joe' });
  });

  it('can be had, updated and deleted without a decorator', async () => {
    const { app, sessions } = application();
    app.get('/get', async (request) => JSON.stringify(await sessions.get(request)));
    app.get('/update', (request) => sessions.update(request, { n: 1 }));
    app.get('/drop', (request) => sessions.delete(request));
    const client = new TestClient(app);
    await client.get('/update');
    expect((await client.get('/get')).text).toBe('{"n":1}');
    const dropped = await client.get('/drop');
    expect(dropped.statusCode).toBe(204);
    expect(dropped.headers.get('Set-Cookie')).toMatch(/^session=; Path=\/; Expires=.*; Max-Age=0; HttpOnly$/);
    expect((await client.get('/get')).text).toBe('{}');
  });

  it('comes with the URL arguments, in synchronous handlers and others', async () => {
    const { app } = application();
    app.get(
      '/<int:id>',
      withSession((_, session, { id }) => ({ session, id: id + 1 })),
    );
    app.get(
      '/async/<name>',
      withSession(async (_, session, { name }) => ({ session, name })),
    );
    const client = new TestClient(app);
    expect((await client.get('/3')).json).toEqual({ session: {}, id: 4 });
    await client.post('/', { body: { n: 1 } });
    expect((await client.get('/3')).json).toEqual({ session: { n: 1 }, id: 4 });
    expect((await client.get('/async/x')).json).toEqual({ session: { n: 1 }, name: 'x' });
  });

  it('is there in hooks and in mounted applications', async () => {
    const { app, sessions } = application();
    const sub = new Microdot();
    sub.get(
      '/',
      withSession((request, session) => ({ session, seen: request.g.seen })),
    );
    app.mount(sub, { urlPrefix: '/sub', local: true });
    app.beforeRequest(async (request) => {
      request.g.seen = (await sessions.get(request)).n;
    });
    const client = new TestClient(app);
    await client.post('/', { body: { n: 1 } });
    expect((await client.get('/sub/')).json).toEqual({ session: { n: 1 }, seen: 1 });
  });

  it('of a mounted application with sessions of its own is one of those', async () => {
    const sub = new Microdot({ logger });
    new Session(sub, { secretKey: 'sub', cookieOptions: { path: '/sub' } });
    sub.get(
      '/',
      withSession((_, session) => {
        session.save();
        return '';
      }),
    );
    const { app } = application();
    app.mount(sub, { urlPrefix: '/sub' });
    const client = new TestClient(app);
    expect((await client.get('/sub/')).headers.get('Set-Cookie')).toContain('Path=/sub;');
  });

  it('is not saved with the response to an error', async () => {
    const { app } = application();
    app.get(
      '/fail',
      withSession((_, session) => {
        session.save();
        return abort(403);
      }),
    );
    const response = await new TestClient(app).get('/fail');
    expect(response.statusCode).toBe(403);
    expect(response.headers.has('Set-Cookie')).toBe(false);
    expect(response.headers.get('Vary')).toBe('Cookie');
  });

  it('is what several answers at once may have, over a real server', async () => {
    const { app } = application();
    const server = await app.startServer({ port: 0, host: '127.0.0.1' });
    try {
      const saved = await fetch(server.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"name":"joe"}',
      });
      const cookie = (saved.headers.getSetCookie()[0] as string).split(';')[0] as string;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          fetch(server.url, { headers: i % 2 ? { cookie } : {} }).then((response) => response.json()),
        ),
      );
      expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => (i % 2 ? { name: 'joe' } : {})));
    } finally {
      await server.close();
    }
  });
});

it('a WebSocket has no response for the cookie, and the next one does not get it either', async () => {
  const { app } = application();
  app.get(
    '/socket',
    withSession((_, session) => {
      session.save();
      return Response.alreadyHandled;
    }),
  );
  await expect(new TestClient(app).get('/socket')).rejects.toMatchObject({ code: 'NO_RESPONSE' });
  expect([...Response.alreadyHandled.headers]).toEqual([]);
});

describe('caches', () => {
  it('are told that the answer depends on the cookie', async () => {
    const client = new TestClient(application().app);
    const response = await client.get('/');
    expect(response.headers.get('Vary')).toBe('Cookie');
    expect(response.headers.has('Cache-Control')).toBe(false);
  });

  it('keep nothing with a session in it, unless the application says what they may keep', async () => {
    const { app } = application();
    app.post(
      '/own',
      withSession((_, session) => {
        session.save();
        return new Response('', 200, { 'Cache-Control': 'no-store', Vary: 'Origin' });
      }),
    );
    const client = new TestClient(app);
    expect((await client.post('/count')).headers.get('Cache-Control')).toBe('private');
    expect((await client.post('/delete')).headers.get('Cache-Control')).toBe('private');
    const own = await client.post('/own');
    expect(own.headers.get('Cache-Control')).toBe('no-store');
    expect(own.headers.get('Vary')).toBe('Origin, Cookie');
  });

  it.each([
    ['*', '*'],
    ['cookie', 'cookie'],
    ['Accept, COOKIE', 'Accept, COOKIE'],
    ['X-Cookie', 'X-Cookie, Cookie'],
  ])('are not told twice: %s', async (present, expected) => {
    const { app } = application();
    app.get(
      '/vary',
      withSession(() => new Response('', 200, { Vary: present })),
    );
    expect((await new TestClient(app).get('/vary')).headers.get('Vary')).toBe(expected);
  });

  it('are told nothing where no session was asked for', async () => {
    const { app } = application();
    app.get('/plain', () => 'plain');
    const response = await new TestClient(app).get('/plain', { headers: { Cookie: 'session=x' } });
    expect(response.headers.has('Vary')).toBe(false);
  });
});

describe('options', () => {
  it('make the cookie as they say', async () => {
    const cookieOptions = { sameSite: 'Strict', secure: true, domain: 'example.com', path: '/app' } as const;
    const client = new TestClient(application({ cookieOptions }).app);
    expect((await client.post('/count')).headers.get('Set-Cookie')).toMatch(
      /; Path=\/app; Domain=example.com; SameSite=Strict; Secure; HttpOnly$/,
    );
  });

  it('take secure and sameSite also beside the cookieOptions', async () => {
    for (const options of [
      { secure: true, sameSite: 'Lax' },
      { secure: true, cookieOptions: { sameSite: 'Lax' } },
      { sameSite: 'Lax', cookieOptions: { secure: true, sameSite: 'Lax' } },
      { secure: undefined, cookieOptions: { secure: true, sameSite: 'Lax' } },
    ] as const) {
      const client = new TestClient(application(options).app, { scheme: 'https' });
      expect((await client.post('/count')).headers.get('Set-Cookie')).toMatch(
        /; Path=\/; SameSite=Lax; Secure; HttpOnly$/,
      );
      expect((await client.post('/delete')).headers.get('Set-Cookie')).toContain('; SameSite=Lax; Secure');
    }
  });

  it.each<[string, object | undefined]>([
    ['no key', {}],
    ['an undefined key', { secretKey: undefined }],
    ['an empty key', { secretKey: '' }],
    ['no keys', { secretKey: [] }],
    ['an empty key among others', { secretKey: [KEY, ''] }],
    ['a number for a key', { secretKey: 1 }],
    ['empty bytes', { secretKey: new Uint8Array() }],
  ])('are refused with %s', (_, options) => {
    expect(() => new Session(new Microdot(), options)).toThrow(
      expect.objectContaining({ code: 'NO_SECRET_KEY', message: expect.stringContaining('secretKey') }),
    );
  });

  it.each<[string, object, string]>([
    ['a public key for a secret', { secretKey: '-----BEGIN PUBLIC KEY-----\n' }, 'INVALID_OPTION'],
    ['a maxAge of nothing', { secretKey: KEY, maxAge: 0 }, 'INVALID_OPTION'],
    ['half a store', { secretKey: KEY, store: { get() {} } }, 'INVALID_OPTION'],
    ['an option that there is not', { secret_key: KEY }, 'INVALID_OPTION'],
    ['a cookie option in the wrong place', { secretKey: KEY, httpOnly: true }, 'INVALID_OPTION'],
    [
      'a cookie option that there is not',
      { secretKey: KEY, cookieOptions: { samesite: 'Lax' } },
      'INVALID_OPTION',
    ],
    [
      'secure in two ways',
      { secretKey: KEY, secure: true, cookieOptions: { secure: false } },
      'INVALID_OPTION',
    ],
    [
      'sameSite in two ways',
      { secretKey: KEY, sameSite: 'Strict', cookieOptions: { sameSite: 'Lax' } },
      'INVALID_OPTION',
    ],
    ['None without secure, beside the cookieOptions', { secretKey: KEY, sameSite: 'None' }, 'INVALID_COOKIE'],
    ['a path that ends the cookie', { secretKey: KEY, cookieOptions: { path: '/;x' } }, 'INVALID_COOKIE'],
    [
      'SameSite=None without Secure',
      { secretKey: KEY, cookieOptions: { sameSite: 'None' } },
      'INVALID_COOKIE',
    ],
  ])('are refused with %s', (_, options, code) => {
    expect(() => new Session(new Microdot(), options)).toThrow(expect.objectContaining({ code }));
  });

  it('may come after the object, which says so until then', async () => {
    const sessions = new Session();
    const app = new Microdot({ logger });
    const errors: unknown[] = [];
    app.get('/', async (request) => {
      await sessions.get(request).catch((error) => errors.push(error.code));
      for (const act of [() => sessions.update(request, {}), () => sessions.delete(request)]) {
        try {
          act();
        } catch (error) {
          errors.push((error as { code: string }).code);
        }
      }
      return '';
    });
    await new TestClient(app).get('/');
    expect(errors).toEqual(['NO_SECRET_KEY', 'NO_SECRET_KEY', 'NO_SECRET_KEY']);
    sessions.initialize(app, { secretKey: KEY });
    app.get(
      '/later',
      withSession((_, session) => session),
    );
    expect((await new TestClient(app).get('/later')).json).toEqual({});
  });

  it('are missed where there is no Session', async () => {
    const errors: unknown[] = [];
    const app = new Microdot({ logger: { info() {}, error: (error) => errors.push(error) } });
    app.get(
      '/',
      withSession((_, session) => session),
    );
    expect((await new TestClient(app).get('/')).statusCode).toBe(500);
    expect(errors).toEqual([expect.objectContaining({ code: 'NO_SESSION' })]);
  });

  it('with a short key are accepted, and remarked upon', () => {
    const lines: string[] = [];
    const app = new Microdot({ logger: { info: (line) => lines.push(line), error() {} } });
    new Session(app, { secretKey: KEY });
    expect(lines).toEqual([]);
    new Session(app, { secretKey: [KEY, 'x'] });
    expect(lines).toEqual([expect.stringContaining('has 1 bytes, and 32 are the least')]);
  });
});
