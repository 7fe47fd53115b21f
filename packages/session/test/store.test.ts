import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { MemoryStore, type SessionStore } from '@microdot/session';
import { TestClient } from '@microdot/test-client';
import Keyv from 'keyv';
import { application } from './application.ts';

function idIn(client: TestClient): string {
  const payload = client.cookies.session?.split('.')[1] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).sid;
}

describe.each<[string, () => SessionStore]>([
  ['a MemoryStore', () => new MemoryStore()],
  ['a Map', () => new Map<string, object>()],
  ['a Keyv', () => new Keyv<object>()],
])('sessions in %s', (_, make) => {
  it('keep their data on the server, and an id in the cookie', async () => {
    const store = make();
    const client = new TestClient(application({ store }).app);
    await client.post('/', { body: { secret: 'x'.repeat(5000) } });
    expect(client.cookies.session?.length).toBeLessThan(300);
    expect(idIn(client)).toMatch(/^[0-9a-f]{64}$/);
    expect(await store.get(idIn(client))).toEqual({ secret: 'x'.repeat(5000) });
    expect((await client.get('/')).json).toEqual({ secret: 'x'.repeat(5000) });
  });

  it('keep their id as they are saved, and lose it when they are deleted', async () => {
    const store = make();
    const client = new TestClient(application({ store }).app);
    await client.post('/count');
    const id = idIn(client);
    expect((await client.post('/count')).json).toEqual({ count: 2 });
    expect(idIn(client)).toBe(id);
    const stolen = new TestClient(application({ store }).app, { cookies: client.cookies });
    await client.post('/delete');
    expect(await store.get(id)).toBeUndefined();
    expect((await stolen.get('/')).json).toEqual({});
  });

  it('get another id when they are rotated (session fixation)', async () => {
    const store = make();
    const { app } = application({ store });
    const attacker = new TestClient(app);
    await attacker.post('/count');
    const victim = new TestClient(app, { cookies: attacker.cookies });
    expect((await victim.post('/rotate')).json).toEqual({ count: 1 });
    expect(idIn(victim)).not.toBe(idIn(attacker));
    expect((await victim.get('/')).json).toEqual({ count: 1 });
    expect((await attacker.get('/')).json).toEqual({});
  });
});

describe('a store', () => {
  it('never gets an id that a client has chosen, not even one that was signed (session fixation)', async () => {
    const store = new Map<string, object>();
    const { app } = application({ store });
    const client = new TestClient(app);
    await client.post('/count');
    const [[id]] = [...store.keys()].map((key) => [key]) as [[string]];
    store.clear();
    await client.post('/count');
    expect(store.size).toBe(1);
    expect(store.has(id)).toBe(false);
  });

  it('is not asked for what is no id of ours', async () => {
    const asked: string[] = [];
    const store = {
      get(id: string): undefined {
        asked.push(id);
      },
      set() {},
      delete() {},
    };
    // A session that was in the cookie, before there was a store.
    const before = new TestClient(application().app);
    await before.post('/', { body: { sid: '__proto__' } });
    const client = new TestClient(application({ store }).app, { cookies: before.cookies });
    expect((await client.get('/')).json).toEqual({});
    await client.get('/', { headers: { Cookie: `session=${'a'.repeat(64)}` } });
    expect(asked).toEqual([]);
  });

  it('keeps what was saved apart from what a handler goes on to change', async () => {
    const { app, sessions } = application({ store: new Map<string, object>() });
    app.get('/change', async (request) => {
      const session = await sessions.get(request);
      (session.list as number[]).push(2);
      return session;
    });
    const client = new TestClient(app);
    await client.post('/', { body: { list: [1] } });
    expect((await client.get('/change')).json).toEqual({ list: [1, 2] });
    expect((await client.get('/')).json).toEqual({ list: [1] });
  });

  it('that fails makes the request fail, and neither a logout nor the end of the process', async () => {
    const broken = async (): Promise<never> => {
      throw new Error('the database is away');
    };
    const working = new MemoryStore();
    const client = new TestClient(application({ store: working }).app);
    await client.post('/count');
    const { app, sessions } = application({ store: { get: broken, set: broken, delete: broken } });
    app.get('/fail', (request) => {
      sessions.update(request, {});
      throw new Error('the handler fails first');
    });
    const again = new TestClient(app, { cookies: client.cookies });
    for (const path of ['/', '/fail']) {
      const response = await again.get(path);
      expect([response.statusCode, response.headers.has('Set-Cookie')]).toEqual([500, false]);
    }
    expect((await new TestClient(app).post('/count')).statusCode).toBe(500);
  });

  it('is told how long to keep a session, in milliseconds', async () => {
    const ttls: unknown[] = [];
    const store = {
      get: () => undefined,
      set: (_id: string, _data: object, ttl: number | undefined) => ttls.push(ttl),
      delete() {},
    };
    await new TestClient(application({ store }).app).post('/count');
    await new TestClient(application({ store, maxAge: 60 }).app).post('/count');
    expect(ttls).toEqual([undefined, 60_000]);
  });
});

describe('a MemoryStore', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('holds no more than it may, and forgets who was not there for the longest time', () => {
    const store = new MemoryStore({ maxSessions: 2 });
    store.set('a', { n: 1 });
    store.set('b', { n: 2 });
    store.get('a');
    store.set('c', { n: 3 });
    expect(store.size).toBe(2);
    expect([store.get('a'), store.get('b'), store.get('c')]).toEqual([{ n: 1 }, undefined, { n: 3 }]);
    for (let i = 0; i < 10_000; i++) store.set(`flood ${i}`, {});
    expect(store.size).toBe(2);
  });

  it('forgets what has expired', () => {
    jest.useFakeTimers();
    const store = new MemoryStore({ maxAge: 10 });
    store.set('a', {});
    store.set('b', {}, 5000);
    jest.setSystemTime(Date.now() + 6000);
    expect([store.get('a'), store.get('b')]).toEqual([{}, undefined]);
    jest.setSystemTime(Date.now() + 6000);
    expect(store.get('a')).toBeUndefined();
    expect(store.size).toBe(0);
  });

  it('refuses limits that are none', () => {
    for (const options of [{ maxSessions: 0 }, { maxSessions: 1.5 }, { maxAge: 0 }, { maxAge: Number.NaN }]) {
      expect(() => new MemoryStore(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    }
  });
});
