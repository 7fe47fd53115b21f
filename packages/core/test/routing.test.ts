import { describe, expect, it } from '@jest/globals';
import { Microdot, Response, URLPattern } from '@microdot/core';
import { ask } from './ask.ts';

describe('routing', () => {
  it('answers the first registered route that matches path and method', async () => {
    const app = new Microdot();
    app.get('/a/<x>', () => 'argument');
    app.get('/a/b', () => 'static');
    app.get('/c/d', () => 'static');
    app.get('/c/<x>', () => 'argument');
    app.post('/c/d', () => 'posted');
    expect((await ask(app, '/a/b')).text).toBe('argument');
    expect((await ask(app, '/c/d')).text).toBe('static');
    expect((await ask(app, '/c/e')).text).toBe('argument');
    expect((await ask(app, '/c/d', { method: 'POST' })).text).toBe('posted');
  });

  it('goes on to a later route where the first one has another method', async () => {
    const app = new Microdot();
    app.post('/<int:x>', () => 'post');
    app.get('/<y>', (_, { y }) => y);
    expect((await ask(app, '/1')).text).toBe('1');
    expect((await ask(app, '/1', { method: 'POST' })).text).toBe('post');
  });

  it('converts and decodes the arguments', async () => {
    const app = new Microdot();
    app.get('/<int:n>/<name>/<path:rest>', (_, args) => args);
    expect(JSON.parse((await ask(app, '/-12/a%20b%2Fc/d/%C3%A9/')).text)).toEqual({
      n: -12,
      name: 'a b/c',
      rest: 'd/é/',
    });
  });

  it('matches what follows a <path:x> too', async () => {
    const app = new Microdot();
    app.get('/files/<path:name>/raw', (_, { name }) => `raw ${name}`);
    app.get('/files/<path:name>', (_, { name }) => name);
    expect((await ask(app, '/files/a/b/raw')).text).toBe('raw a/b');
    expect((await ask(app, '/files/raw')).text).toBe('raw');
    expect((await ask(app, '/files/')).status).toBe(404);
  });

  it('sees routes that are registered after the first request', async () => {
    const app = new Microdot();
    expect((await ask(app, '/late')).status).toBe(404);
    app.get('/late', () => 'here');
    expect((await ask(app, '/late')).text).toBe('here');
  });

  it('says which methods a path has', async () => {
    const app = new Microdot();
    app.route('/x', { methods: ['get', 'POST'] }, () => 'x');
    app.delete('/<y>', () => 'y');
    const refused = await ask(app, '/x', { method: 'PUT' });
    expect([refused.status, refused.text]).toEqual([405, 'Method not allowed']);
    expect(refused.headers.get('allow')).toBe('GET, POST, DELETE, HEAD, OPTIONS');
    const options = await ask(app, '/x', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([200, 'GET, POST, DELETE, HEAD, OPTIONS']);
  });

  it('lets a route answer OPTIONS itself', async () => {
    const app = new Microdot();
    app.route('/x', { methods: ['OPTIONS'] }, () => 'mine');
    expect((await ask(app, '/x', { method: 'OPTIONS' })).text).toBe('mine');
  });

  it('runs the GET handler for HEAD', async () => {
    const app = new Microdot();
    app.get('/', (request) => new Response('', 200, { 'X-Method': request.method }));
    expect((await ask(app, '/', { method: 'HEAD' })).headers.get('x-method')).toBe('HEAD');
  });

  it('accepts a target in absolute form', async () => {
    const app = new Microdot();
    app.get('/x', (request) => request.url);
    app.get('/', () => 'root');
    expect((await ask(app, 'http://example.com/x?y=1')).text).toBe('/x?y=1');
    expect((await ask(app, 'http://example.com')).text).toBe('root');
    expect((await ask(app, '*', { method: 'OPTIONS' })).status).toBe(200);
  });
});

describe('URLPattern', () => {
  it.each([
    ['/a<x>', 'whole segment'],
    ['/<x', 'without a >'],
    ['/<nope:x>', 'registerType'],
    ['/<int:>', 'needs a name'],
  ])('refuses %s when it is registered', (pattern, why) => {
    expect(() => new Microdot().get(pattern, () => '')).toThrow(why);
  });

  it('gives up on a long path with several <path:x> at once (exponential backtracking)', () => {
    const pattern = new URLPattern('/<path:a>/<path:b>/<path:c>/<path:d>/end');
    expect(pattern.match(`/${'a/'.repeat(1000)}`)).toBeUndefined();
    expect(pattern.match('/1/2/3/4/5/end')).toEqual({ a: '1/2', b: '3', c: '4', d: '5' });
  });

  it('takes a dot for a dot', () => {
    expect(new URLPattern('/a.b').match('/axb')).toBeUndefined();
    expect(new URLPattern('/a.b').match('/a.b')).toEqual({});
  });

  it('does not match an integer that JavaScript cannot tell from its neighbours', () => {
    expect(new URLPattern('/<int:x>').match('/9007199254740991')).toEqual({ x: 9007199254740991 });
    expect(new URLPattern('/<int:x>').match('/9007199254740993')).toBeUndefined();
  });

  it('learns types', async () => {
    URLPattern.registerType('even', {
      pattern: '[0-9]+',
      parser: (text) => (Number(text) % 2 ? undefined : Number(text)),
    });
    const app = new Microdot();
    app.get('/<even:n>', (_, { n }) => `${n} is even`);
    app.get('/<x>', (_, { x }) => `${x} is not`);
    expect((await ask(app, '/4')).text).toBe('4 is even');
    expect((await ask(app, '/5')).text).toBe('5 is not');
  });

  it('keeps names such as __proto__ and constructor as they are', async () => {
    const app = new Microdot();
    app.get('/<__proto__>/<constructor>', (_, args) => [...Object.entries(args)]);
    expect(JSON.parse((await ask(app, '/a/b')).text)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  it('answers a hundred routes from one tree, whatever their order', async () => {
    const app = new Microdot();
    for (let i = 0; i < 100; i++) app.get(`/r${i}/<int:id>/x`, (_, { id }) => `${i}:${id}`);
    expect((await ask(app, '/r0/7/x')).text).toBe('0:7');
    expect((await ask(app, '/r99/7/x')).text).toBe('99:7');
    expect((await ask(app, '/r99/7/y')).status).toBe(404);
  });
});
