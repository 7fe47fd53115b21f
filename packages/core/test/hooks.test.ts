import { describe, expect, it } from '@jest/globals';
import { abort, HTTPException, Microdot, type Request, Response } from '@microdot/core';
import { ask } from './ask.ts';

interface Trace {
  trace: string[];
}

function traced(name: string): Microdot<Trace> {
  const app = new Microdot<Trace>({ logger: { info() {}, error() {} } });
  app.beforeRequest((request) => {
    request.g.trace ??= [];
    request.g.trace.push(`${name} before`);
  });
  const after = (request: Request<Trace>, response: Response, word: string): void => {
    request.g.trace ??= [];
    request.g.trace.push(word);
    response.headers.set('X-Trace', request.g.trace.join(', '));
  };
  app.afterRequest((request, response) => after(request, response, `${name} after`));
  app.afterErrorRequest((request, response) => after(request, response, `${name} error`));
  return app;
}

describe('hooks', () => {
  it('run inwards on the way in and outwards on the way out, through nested local mounts', async () => {
    const [app, outer, inner] = [traced('app'), traced('outer'), traced('inner')];
    inner.get('/x', () => 'x');
    outer.mount(inner, { urlPrefix: '/inner', local: true });
    outer.get('/y', () => 'y');
    app.mount(outer, { urlPrefix: '/outer', local: true });
    expect((await ask(app, '/outer/inner/x')).headers.get('x-trace')).toBe(
      'app before, outer before, inner before, inner after, outer after, app after',
    );
    expect((await ask(app, '/outer/y')).headers.get('x-trace')).toBe(
      'app before, outer before, outer after, app after',
    );
    expect((await ask(app, '/none')).headers.get('x-trace')).toBe('app error');
  });

  it('of an application that is mounted without local belong to all that encloses it', async () => {
    const [app, outer, inner] = [traced('app'), traced('outer'), traced('inner')];
    inner.get('/x', () => 'x');
    outer.mount(inner, { urlPrefix: '/inner' });
    app.mount(outer, { urlPrefix: '/outer', local: true });
    expect((await ask(app, '/outer/inner/x')).headers.get('x-trace')).toBe(
      'app before, outer before, inner before, outer after, inner after, app after',
    );
  });

  it('of a preflight are those around the route that it asks about', async () => {
    const [app, sub] = [traced('app'), traced('sub')];
    sub.route('/x', { methods: ['PUT'] }, () => 'x');
    app.mount(sub, { local: true });
    app.get('/<path:page>', () => 'page');
    const preflight = async (method: string): Promise<string | undefined> => {
      const headers = { 'Access-Control-Request-Method': method };
      return (await ask(app, '/x', { method: 'OPTIONS', headers })).headers.get('x-trace');
    };
    expect(await preflight('PUT')).toBe('sub error, app error');
    expect(await preflight('GET')).toBe('app error');
    expect(await preflight('DELETE')).toBe('app error');
  });

  it('run once where an application is mounted under two prefixes', async () => {
    const [app, sub] = [traced('app'), traced('sub')];
    sub.get('/x', () => 'x');
    app.mount(sub, { urlPrefix: '/a' });
    app.mount(sub, { urlPrefix: '/b' });
    expect((await ask(app, '/b/x')).headers.get('x-trace')).toBe(
      'app before, sub before, app after, sub after',
    );
  });

  it.each([['' as const], [new Response('no', 403)], [{ stop: true }], [0 + 204]])(
    'end the request with what a before-request handler returns: %p',
    async (early) => {
      const app = new Microdot();
      let called = false;
      app.beforeRequest(async () => early);
      app.get('/', () => {
        called = true;
        return 'handler';
      });
      expect((await ask(app, '/')).text).not.toBe('handler');
      expect(called).toBe(false);
    },
  );

  it('of a single request run last, also one that an after-request handler registers', async () => {
    const app = new Microdot();
    app.afterRequest((request, response) => {
      response.headers.append('X-Order', 'app');
      request.afterRequest((_, last) => last.headers.append('X-Order', 'late'));
    });
    app.get('/', (request) => {
      request.afterRequest(async (_, response) => response.headers.append('X-Order', 'request'));
      return 'x';
    });
    const { response } = await ask(app, '/');
    expect(response.headers.getAll('x-order')).toEqual(['app', 'request', 'late']);
  });

  it('may replace the response', async () => {
    const app = new Microdot();
    app.afterRequest(() => new Response('replaced', 299));
    app.afterErrorRequest(async () => 'nothing here');
    app.get('/', () => 'x');
    expect((await ask(app, '/')).status).toBe(299);
    expect((await ask(app, '/none')).text).toBe('nothing here');
  });

  it('cannot be registered with an application that has been mounted', () => {
    const [app, sub] = [new Microdot(), new Microdot()];
    app.mount(sub);
    expect(() => sub.get('/late', () => '')).toThrow('before it is mounted');
    expect(() => sub.beforeRequest(() => {})).toThrow(expect.objectContaining({ code: 'MOUNTED' }));
  });
});

class Conflict extends Error {}
class NameConflict extends Conflict {}

describe('error handlers', () => {
  it('are chosen by the class nearest to the error', async () => {
    const app = new Microdot();
    app.errorHandler(Error, () => new Response('error', 500));
    app.errorHandler(Conflict, (_, error) => new Response(`conflict: ${error.message}`, 409));
    app.get('/conflict', () => {
      throw new NameConflict('name');
    });
    app.get('/type', async () => {
      throw new TypeError('type');
    });
    app.get('/string', () => {
      throw 'just a string';
    });
    expect((await ask(app, '/conflict')).text).toBe('conflict: name');
    expect((await ask(app, '/type')).text).toBe('error');
    expect((await ask(app, '/string')).text).toBe('error');
  });

  it('are chosen by the application nearest to the route', async () => {
    const [app, sub] = [new Microdot(), new Microdot()];
    app.errorHandler(Conflict, () => new Response('app', 409));
    app.errorHandler(404, () => new Response('app', 404));
    sub.errorHandler(Conflict, () => new Response('sub', 409));
    sub.errorHandler(404, () => new Response('sub', 404));
    sub.get('/conflict', () => {
      throw new NameConflict();
    });
    sub.get('/abort', () => abort(404));
    app.mount(sub, { urlPrefix: '/sub', local: true });
    expect((await ask(app, '/sub/conflict')).text).toBe('sub');
    expect((await ask(app, '/sub/abort')).text).toBe('sub');
    expect((await ask(app, '/sub/none')).text).toBe('app');
  });

  it('may abort themselves, and answer 500 when they fail', async () => {
    const logged: unknown[] = [];
    const app = new Microdot({ logger: { info() {}, error: (error) => logged.push(error) } });
    app.errorHandler(Conflict, () => abort(410, 'gone'));
    app.errorHandler(TypeError, () => {
      throw new Error('the handler fails');
    });
    app.errorHandler(RangeError, () => undefined);
    app.errorHandler(404, () => {
      throw new Conflict();
    });
    app.get('/conflict', () => {
      throw new Conflict();
    });
    app.get('/type', () => {
      throw new TypeError();
    });
    app.get('/range', () => {
      throw new RangeError();
    });
    expect([(await ask(app, '/conflict')).status, (await ask(app, '/conflict')).text]).toEqual([410, 'gone']);
    expect((await ask(app, '/type')).text).toBe('Internal server error');
    expect((await ask(app, '/range')).status).toBe(500);
    expect((await ask(app, '/none')).status).toBe(500);
    expect(logged).toHaveLength(2);
  });

  it('of a mounted application answer for what its routes refuse', async () => {
    const [app, api] = [new Microdot({ maxContentLength: 2 }), new Microdot()];
    api.errorHandler(413, (_, error) => new Response({ error: error.reason }, 413));
    api.errorHandler(400, () => new Response({ error: 'bad' }, 400));
    api.post('/<name>', () => '');
    app.mount(api, { urlPrefix: '/api', local: true });
    expect((await ask(app, '/api/x', { method: 'POST', body: '123' })).text).toBe(
      '{"error":"Payload too large"}',
    );
    expect((await ask(app, '/api/x?a=%zz', { method: 'POST' })).text).toBe('{"error":"bad"}');
    expect((await ask(app, '/other', { method: 'POST', body: '123' })).text).toBe('Payload too large');
  });

  it('see a status that was aborted with, and the reason stands where there is none', async () => {
    const app = new Microdot();
    app.errorHandler(422, (_, error) => new Response(`${error.statusCode} ${error.reason}`, 422));
    app.get('/wrong', () => abort(422, 'why'));
    app.get('/teapot', () => abort(418, 'short and stout'));
    app.get('/plain', () => {
      throw new HTTPException(503);
    });
    expect((await ask(app, '/wrong')).text).toBe('422 why');
    expect((await ask(app, '/teapot')).text).toBe('short and stout');
    expect((await ask(app, '/plain')).text).toBe('503 error');
  });

  it('answer 405 in their own words, with Allow', async () => {
    const app = new Microdot();
    app.errorHandler(405, () => new Response({ error: 'method' }, 405));
    app.get('/', () => '');
    const { headers, text } = await ask(app, '/', { method: 'POST' });
    expect([text, headers.get('allow')]).toEqual(['{"error":"method"}', 'GET, HEAD, OPTIONS']);
  });

  it('fall back to 500 when a hook for errors fails', async () => {
    const app = new Microdot({ logger: { info() {}, error() {} } });
    app.afterErrorRequest(() => {
      throw new Error('the hook fails');
    });
    expect((await ask(app, '/none')).text).toBe('Internal server error');
  });
});

describe('the logger', () => {
  it('gets the error and the request, and the client gets nothing of it', async () => {
    const lines: unknown[] = [];
    const app = new Microdot({
      logger: { info() {}, error: (error, message) => lines.push([error, message]) },
    });
    const secret = new Error('password=hunter2');
    app.get('/x', () => Promise.reject(secret));
    const { status, text } = await ask(app, '/x?token=1');
    expect([status, text]).toEqual([500, 'Internal server error']);
    expect(lines).toEqual([[secret, 'GET /x']]);
  });

  it('is not bothered with errors that somebody handles', async () => {
    const lines: unknown[] = [];
    const app = new Microdot({ logger: { info() {}, error: (error) => lines.push(error) } });
    app.errorHandler(Conflict, () => 'handled');
    app.get('/', () => {
      throw new Conflict();
    });
    await ask(app, '/');
    expect(lines).toEqual([]);
  });
});
