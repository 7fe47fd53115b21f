import { describe, expect, it } from '@jest/globals';
import { Microdot, MultiDict, Request } from '@microdot/core';
import { ask, requestTo } from './ask.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('a request', () => {
  it('has the parts of its target', () => {
    const request = requestTo(new Microdot(), '/a%20b?x=1&y=2');
    expect([request.url, request.path, request.queryString]).toEqual(['/a%20b?x=1&y=2', '/a%20b', 'x=1&y=2']);
    expect(requestTo(new Microdot(), '/a').queryString).toBeNull();
  });

  it('knows its client, its scheme and its headers', () => {
    const request = requestTo(new Microdot(), '/', { headers: { 'X-One': '1', Cookie: 'a=1; b="2"; a=3' } });
    expect([request.clientAddr, request.scheme, request.httpVersion]).toEqual([
      ['127.0.0.1', 1234],
      'http',
      '1.1',
    ]);
    expect([
      request.headers.get('x-ONE'),
      request.headers.has('x-two'),
      request.headers.get('x-two'),
    ]).toEqual(['1', false, undefined]);
    expect({ ...request.cookies }).toEqual({ a: '3', b: '"2"' });
  });

  it('parses its query when asked, and once', () => {
    const { args } = requestTo(new Microdot(), '/?a=1&a=2&b&=c&d=%C3%A9+%2B');
    expect(args.toJSON()).toEqual({ a: ['1', '2'], b: [''], '': ['c'], d: ['é +'] });
    expect(args.get('a', { type: Number })).toBe(1);
    expect(args.getList('a', { type: Number })).toEqual([1, 2]);
    expect(args.get('none', { default: 'x' })).toBe('x');
    const request = requestTo(new Microdot(), '/?a=1');
    expect(request.args).toBe(request.args);
  });

  it('has a form or JSON where its Content-Type says so, in any case and with parameters', () => {
    const app = new Microdot();
    const form = requestTo(app, '/', { method: 'POST', headers: FORM, body: 'a=1&b=%E2%82%AC' });
    expect(form.form?.toJSON()).toEqual({ a: ['1'], b: ['€'] });
    expect(form.json).toBeUndefined();
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    const json = requestTo(app, '/', { method: 'POST', headers, body: '{"a": [1, null]}' });
    expect(json.json).toEqual({ a: [1, null] });
    expect(json.form).toBeUndefined();
  });

  it('has a stream, of bytes, of lines, or to iterate over', async () => {
    const app = new Microdot();
    const request = (): Request => requestTo(app, '/', { method: 'POST', body: 'one\ntwo\nthree' });
    const { stream } = request();
    expect(Buffer.from(await stream.read(2)).toString()).toBe('on');
    expect(Buffer.from(await stream.readline()).toString()).toBe('e\n');
    expect(Buffer.from(await stream.read()).toString()).toBe('two\nthree');
    expect(await stream.read(10)).toHaveLength(0);
    const chunks: string[] = [];
    for await (const chunk of request().stream) chunks.push(Buffer.from(chunk).toString());
    expect(chunks).toEqual(['one\ntwo\nthree']);
  });

  it('keeps what the application puts into g', async () => {
    const app = new Microdot<{ user: string }>();
    app.beforeRequest((request) => {
      request.g.user = 'ann';
    });
    app.get('/', (request) => request.g.user);
    expect((await ask(app, '/')).text).toBe('ann');
  });

  it('tells its route and where that was mounted', async () => {
    const [app, sub] = [new Microdot(), new Microdot()];
    sub.get('/<x>', (request) => [request.urlPrefix, request.subapp === sub, request.urlArgs?.x]);
    app.mount(sub, { urlPrefix: '/sub' });
    expect((await ask(app, '/sub/1')).text).toBe('["/sub",true,"1"]');
  });
});

describe('limits', () => {
  it('are those of Request, or those of the application', async () => {
    const [strict, app] = [new Microdot({ maxContentLength: 4 }), new Microdot()];
    for (const each of [strict, app]) each.post('/', (request) => String(request.body.length));
    expect((await ask(strict, '/', { method: 'POST', body: '12345' })).text).toBe('Payload too large');
    expect((await ask(strict, '/', { method: 'POST', body: '1234' })).text).toBe('4');
    expect((await ask(app, '/', { method: 'POST', body: 'x'.repeat(16 * 1024) })).text).toBe('16384');
    expect((await ask(app, '/', { method: 'POST', body: 'x'.repeat(16 * 1024 + 1) })).status).toBe(413);
    expect(() => new Microdot({ maxContentLength: '1MB' as never })).toThrow('maxContentLength');
  });

  it('refuse a Content-Length that is no number', async () => {
    const app = new Microdot();
    app.get('/', () => '');
    expect((await ask(app, '/', { headers: { 'Content-Length': '-1' } })).status).toBe(400);
    expect((await ask(app, '/', { headers: { 'Content-Length': '1e3' } })).status).toBe(400);
  });
});

describe('bad input', () => {
  const app = new Microdot();
  app.get('/args', (request) => request.args);
  app.get('/path', (request) => request.path);
  app.get('/arg/<x>', (_, { x }) => x);
  app.post('/form', (request) => request.form);
  app.post('/json', (request) => ({ json: request.json }));
  app.get('/cookies', (request) => request.cookies);

  it.each([
    ['malformed JSON', '/json', JSON_TYPE, '{"a":'],
    ['an empty JSON body', '/json', JSON_TYPE, ''],
    ['JSON that is not UTF-8', '/json', JSON_TYPE, new Uint8Array([0x22, 0xff, 0x22])],
    ['a malformed escape in a form', '/form', FORM, 'a=%zz'],
    ['an escape in a form that is not UTF-8', '/form', FORM, 'a=%ff'],
    ['a form that is not UTF-8', '/form', FORM, new Uint8Array([0x61, 0x3d, 0xff])],
  ])('%s is answered 400', async (_, url, headers, body) => {
    expect(await ask(app, url, { method: 'POST', headers, body })).toMatchObject({
      status: 400,
      text: 'Bad request',
    });
  });

  it.each(['/args?a=%zz', '/path?a=%zz', '/path?a=%ff', '/arg/%zz', '/arg/%ff', '/arg/%c3%28'])(
    'bad percent-encoding is answered 400: %s',
    async (url) => {
      expect((await ask(app, url)).status).toBe(400);
    },
  );

  it('a percent sign that encodes nothing is one', async () => {
    expect((await ask(app, '/args?a=100%&b=%')).text).toBe('{"a":["100%"],"b":["%"]}');
  });

  it('100,000 form pairs are answered 413', async () => {
    const large = new Microdot({ maxContentLength: 1e7, maxBodyLength: 1e7 });
    large.post('/form', (request) => String(request.form?.size));
    const body = Array.from({ length: 100_000 }, (_, i) => `k${i}=1`).join('&');
    const answer = await ask(large, '/form', { method: 'POST', headers: FORM, body });
    expect([answer.status, answer.text]).toEqual([413, 'More than 1000 fields (Request.maxFields)']);
    const thousand = body.split('&').slice(0, 1000).join('&');
    expect((await ask(large, '/form', { method: 'POST', headers: FORM, body: thousand })).text).toBe('1000');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is a name like any other',
    async (name) => {
      expect((await ask(app, `/args?${name}=1`)).text).toBe(`{"${name}":["1"]}`);
      expect((await ask(app, '/form', { method: 'POST', headers: FORM, body: `${name}=1` })).text).toBe(
        `{"${name}":["1"]}`,
      );
      expect((await ask(app, '/cookies', { headers: { Cookie: `${name}=1` } })).text).toBe(`{"${name}":"1"}`);
      const body = `{"${name}":{"x":1}}`;
      expect((await ask(app, '/json', { method: 'POST', headers: JSON_TYPE, body })).text).toBe(
        `{"json":${body}}`,
      );
      expect((await ask(app, `/arg/${name}`)).text).toBe(name);
      const request = requestTo(app, '/');
      expect([request.headers.get(name), request.args.get(name), request.cookies[name]]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(({} as { x?: number }).x).toBeUndefined();
    },
  );

  it('a header named __proto__ is read as one', () => {
    expect(requestTo(app, '/', { headers: JSON.parse('{"__proto__": "1"}') }).headers.get('__proto__')).toBe(
      '1',
    );
  });

  it('JSON that was left to the stream says so', async () => {
    const small = new Microdot({ maxBodyLength: 4 });
    small.post('/', (request) => ({ json: request.json }));
    const init = requestTo(small, '/', { method: 'POST', headers: JSON_TYPE });
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('"12345"');
    }
    const request = new Request(small, {
      method: 'POST',
      url: '/',
      headers: init.headers,
      transport: init.transport,
      stream: stream(),
    });
    const response = await small.dispatchRequest(request);
    expect([response.statusCode, response.body]).toEqual([
      413,
      'Beyond Request.maxBodyLength: read request.stream',
    ]);
  });
});

describe('MultiDict', () => {
  it('holds several values of a key', () => {
    const dict = new MultiDict([
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ]);
    expect([...dict]).toEqual([
      ['a', '1'],
      ['a', '3'],
      ['b', '2'],
    ]);
    expect([dict.size, dict.has('a'), dict.has('c'), dict.getList('c'), [...dict.keys()]]).toEqual([
      2,
      true,
      false,
      [],
      ['a', 'b'],
    ]);
    dict.getList('a').push('not in it');
    expect(dict.getList('a')).toEqual(['1', '3']);
  });
});
