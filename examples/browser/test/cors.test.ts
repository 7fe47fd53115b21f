import { beforeAll, expect, it } from '@jest/globals';
import { abort, Microdot, Response, type Server } from '@microdot/core';
import { CORS } from '@microdot/cors';
import { describeInBrowser, origin } from './browsing.ts';
import { ask } from './inPage.js';

describeInBrowser('CORS', (browsing) => {
  let friend: string;
  let stranger: string;
  let api: string;
  let open: string;
  /** The methods that arrived. */
  let asked: string[];

  beforeAll(async () => {
    friend = await browsing.serveBlank();
    stranger = await browsing.serveBlank();
    api = origin(await serveApi());
    open = origin(await serveOpen());
  });

  /** For the pages of one origin, with the cookies of the user. */
  function serveApi(): Promise<Server> {
    const app = new Microdot();
    new CORS(app, {
      allowedOrigins: [friend],
      allowCredentials: true,
      allowedMethods: ['GET', 'PUT'],
      allowedHeaders: ['Content-Type', 'X-Token'],
      exposeHeaders: ['X-Total'],
      maxAge: 0,
    });
    // Not for preflights, which stand for nothing yet.
    app.beforeRequest(({ method }) => void asked.push(method));
    app.get('/login', () => {
      const response = new Response('Welcome');
      response.setCookie('user', 'ada', { path: '/' });
      return response;
    });
    app.get(
      '/me',
      ({ cookies }) => new Response(cookies.user ?? 'nobody', 200, { 'X-Total': '1', 'X-Inside': '1' }),
    );
    app.put('/me', ({ headers, json }) => ({ token: headers.get('X-Token'), json }));
    app.delete('/me', () => 'gone');
    app.get('/missing', () => abort(404, 'Nothing here'));
    app.get('/broken', () => {
      throw new Error('on purpose');
    });
    return browsing.serve(app);
  }

  /** For everybody, and for nobody in particular. */
  function serveOpen(): Promise<Server> {
    const app = new Microdot();
    new CORS(app, { allowedOrigins: '*' });
    app.get('/me', ({ cookies }) => cookies.user ?? 'nobody');
    return browsing.serve(app);
  }

  async function from(page: string, url: string, init: object = {}) {
    asked = [];
    await browsing.page.goto(page);
    return browsing.page.evaluate(ask, { url, ...init });
  }

  it('lets an origin read that is allowed, and no other', async () => {
    expect(await from(friend, `${api}/me`)).toMatchObject({ status: 200, text: 'nobody' });
    expect(await from(stranger, `${api}/me`)).toBeUndefined();
    // It was answered, but not to be read.
    expect(asked).toEqual(['GET']);
    // Another name for the same machine is another origin.
    expect(await from(friend.replace('127.0.0.1', 'localhost'), `${api}/me`)).toBeUndefined();
  });

  it('lets errors be read, too', async () => {
    expect(await from(friend, `${api}/missing`)).toMatchObject({ status: 404, text: 'Nothing here' });
    expect(await from(friend, `${api}/broken`)).toMatchObject({ status: 500 });
    expect(await from(friend, `${api}/no/such/route`)).toMatchObject({ status: 404 });
    expect(await from(stranger, `${api}/missing`)).toBeUndefined();
  });

  it('shows the headers that are exposed, and no others', async () => {
    const answer = await from(friend, `${api}/me`);
    expect(answer?.headers).toMatchObject({ 'x-total': '1' });
    expect(answer?.headers).not.toHaveProperty('x-inside');
  });

  it('lets cookies come along where credentials are allowed', async () => {
    await browsing.page.goto(`${api}/login`);
    const credentials = 'include';
    expect(await from(friend, `${api}/me`, { credentials })).toMatchObject({ text: 'ada' });
    expect(await from(friend, `${api}/me`)).toMatchObject({ text: 'nobody' });
    expect(await from(stranger, `${api}/me`, { credentials })).toBeUndefined();
    // Everybody may read what is the same for everybody, and nobody what is not.
    expect(await from(stranger, `${open}/me`)).toMatchObject({ text: 'nobody' });
    expect(await from(stranger, `${open}/me`, { credentials })).toBeUndefined();
  });

  it('answers the preflight of a method and of headers that are allowed', async () => {
    const init = {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'X-Token': 't' },
      body: '{"a":1}',
    };
    const answer = await from(friend, `${api}/me`, init);
    expect(JSON.parse(answer?.text ?? '')).toEqual({ token: 't', json: { a: 1 } });
    expect(asked).toEqual(['PUT']);
    expect(await from(stranger, `${api}/me`, init)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each([
    ['a method', { method: 'DELETE' }],
    ['a header', { headers: { 'X-Other': '1' } }],
  ])('stops a request at its preflight that has %s that is not allowed', async (_, init) => {
    expect(await from(friend, `${api}/me`, init)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
