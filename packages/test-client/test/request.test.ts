import { describe, expect, it } from '@jest/globals';
import { Microdot, type Request } from '@microdot/core';
import { TestClient } from '@microdot/test-client';

/** Answers with what it was asked. */
function mirror(limits = {}): Microdot {
  const app = new Microdot(limits);
  const answer = async (request: Request) => ({
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: Buffer.from(request.body).toString(),
    form: request.form,
    json: request.json,
    scheme: request.scheme,
    clientAddr: request.clientAddr,
  });
  app.route('/<path:x>', { methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] }, answer);
  return app;
}

const client = new TestClient(mirror());

describe('a request', () => {
  it('is of the method that it is called', async () => {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      expect((await client[method]('/x')).json).toMatchObject({ method: method.toUpperCase(), url: '/x' });
    }
    expect((await client.head('/x')).statusCode).toBe(200);
    expect((await client.options('/x')).headers.get('Allow')).toContain('PATCH');
    expect((await client.request('post', '/x')).json).toMatchObject({ method: 'post' });
  });

  it('comes from example.com:1234 over http, and from 127.0.0.1', async () => {
    expect((await client.get('/x')).json).toMatchObject({
      headers: { Host: 'example.com:1234' },
      scheme: 'http',
      clientAddr: ['127.0.0.1', 1234],
    });
    const other = new TestClient(mirror(), { scheme: 'https', host: 'foo.com' });
    expect((await other.get('/x')).json).toMatchObject({ headers: { Host: 'foo.com' }, scheme: 'https' });
  });

  it('carries the headers that are given, and no second Host', async () => {
    const headers = { host: 'bar.com', 'X-List': ['a', 'b'], 'X-Space': ' c \t' };
    const app = new Microdot();
    app.get('/', (request) => [...request.headers]);
    expect((await new TestClient(app).get('/', { headers })).json).toEqual([
      ['host', 'bar.com'],
      ['X-List', 'a'],
      ['X-List', 'b'],
      ['X-Space', 'c'],
    ]);
  });

  it('leaves the headers that it was given as they were', async () => {
    const headers = { 'X-One': '1' };
    await client.post('/x', { headers, body: { a: 1 } });
    expect(headers).toEqual({ 'X-One': '1' });
  });

  it('says how long its body is, or that it has none where one is usual', async () => {
    const length = async (method: string, body?: string) =>
      (await client.request(method, '/x', { body })).json as { headers: Record<string, string> };
    expect((await length('GET')).headers).not.toHaveProperty('Content-Length');
    expect((await length('DELETE')).headers).not.toHaveProperty('Content-Length');
    expect((await length('POST')).headers).toHaveProperty('Content-Length', '0');
    expect((await length('POST', '€')).headers).toHaveProperty('Content-Length', '3');
  });

  it('takes its target as it stands on the request line', async () => {
    expect((await client.get('/a%20b?q=é#f')).json).toMatchObject({ url: '/a%20b?q=é#f' });
    expect((await client.get('https://other.example/x?y')).json).toMatchObject({ url: '/x?y' });
    expect((await client.options('*')).statusCode).toBe(200);
  });

  it('is refused where no client could send it', async () => {
    const refused = { name: 'TestClientError', code: 'INVALID_REQUEST' };
    await expect(client.get('x')).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('"/x"'),
    });
    await expect(client.get('/a b')).rejects.toMatchObject(refused);
    await expect(client.get('/a\r\nX: y')).rejects.toMatchObject(refused);
    await expect(client.get('/', { headers: { 'X-A': 'a\r\nX: y' } })).rejects.toMatchObject({
      code: 'INVALID_HEADER',
    });
    await expect(client.post('/x', { body: 'a', form: {} })).rejects.toMatchObject(refused);
    // @ts-expect-error: a number is no body
    await expect(client.post('/x', { body: 42 })).rejects.toMatchObject(refused);
  });
});

describe('a body', () => {
  it('is text or bytes as they are', async () => {
    expect((await client.post('/x', { body: 'é' })).json).toMatchObject({ body: 'é' });
    expect((await client.post('/x', { body: new TextEncoder().encode('é').subarray(0) })).json).toMatchObject(
      {
        body: 'é',
      },
    );
    expect((await client.post('/x', { body: new Uint8Array([97, 98]).buffer })).json).toMatchObject({
      body: 'ab',
    });
    expect((await client.post('/x', { body: 'a' })).json).not.toHaveProperty('headers.Content-Type');
  });

  it('is JSON where it is an object or an array, under the Content-Type that is given', async () => {
    expect((await client.post('/x', { body: { a: [1] } })).json).toMatchObject({
      json: { a: [1] },
      headers: { 'Content-Type': 'application/json' },
    });
    expect((await client.post('/x', { body: [1] })).json).toMatchObject({ json: [1] });
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const given = (await client.post('/x', { headers, body: [1] })).json;
    expect(given).toMatchObject({ json: [1], headers });
    expect(given).not.toHaveProperty('headers.Content-Type');
  });

  it('is a form where it is URLSearchParams, or given as one', async () => {
    const form = { a: ['1'], b: ['é &', '2'] };
    const body = new URLSearchParams('b=%C3%A9+%26&b=2');
    expect((await client.post('/x', { body })).json).toMatchObject({ form: { b: form.b } });
    expect((await client.put('/x', { form: { a: 1, b: form.b } })).json).toMatchObject({ form });
    expect((await client.put('/x', { form: new Map([['a', '1']]) })).json).toMatchObject({
      form: { a: ['1'] },
    });
  });

  it('is a multipart form where it is FormData', async () => {
    const body = new FormData();
    body.append('file', new Blob(['content']), 'name.txt');
    const { body: text, headers } = (await client.post('/x', { body })).json as Record<string, never>;
    expect(headers).toHaveProperty('Content-Type', expect.stringMatching(/^multipart\/form-data; boundary=/));
    expect(text).toContain('filename="name.txt"');
  });

  it('is streamed in chunks where it is a generator', async () => {
    async function* body() {
      yield 'one ';
      yield new Uint8Array([50]);
    }
    expect((await client.post('/x', { body: body() })).json).toMatchObject({
      body: 'one 2',
      headers: { 'Transfer-Encoding': 'chunked' },
    });
    expect((await client.post('/x', { body: ['a', 'b'][Symbol.iterator]() })).json).toMatchObject({
      body: 'ab',
    });
  });
});

describe('the limits of an application', () => {
  const app = new Microdot({ maxBodyLength: 4, maxContentLength: 8 });
  app.post('/body', (request) => ({ body: request.body.length, length: request.contentLength }));
  app.post('/stream', async (request) => ({ read: (await request.stream.read()).length }));
  const limited = new TestClient(app);
  async function* pieces(n: number) {
    for (let i = 0; i < n; i++) yield 'xx';
  }

  it('leave a body of more than maxBodyLength to the stream', async () => {
    expect((await limited.post('/body', { body: 'xxxx' })).json).toEqual({ body: 4, length: 4 });
    expect((await limited.post('/body', { body: 'xxxxx' })).json).toEqual({ body: 0, length: 5 });
    expect((await limited.post('/stream', { body: 'xxxxx' })).json).toEqual({ read: 5 });
    expect((await limited.post('/body', { body: pieces(2) })).json).toEqual({ body: 4, length: 4 });
    expect((await limited.post('/body', { body: pieces(4) })).json).toMatchObject({ body: 0 });
    expect((await limited.post('/stream', { body: pieces(4) })).json).toEqual({ read: 8 });
  });

  it('end one of more than maxContentLength in a 413, also where it is chunked', async () => {
    expect((await limited.post('/body', { body: 'x'.repeat(9) })).statusCode).toBe(413);
    expect((await limited.post('/body', { headers: { 'Content-Length': '9' }, body: 'x' })).statusCode).toBe(
      413,
    );
    expect((await limited.post('/stream', { body: pieces(5) })).statusCode).toBe(413);
    expect((await limited.post('/body', { body: ['x'.repeat(9)].values() })).statusCode).toBe(413);
  });

  it('stop reading an endless body', async () => {
    let sent = 0;
    let isClosed = false;
    async function* endless() {
      try {
        for (;;) {
          sent += 2;
          yield 'xx';
        }
      } finally {
        isClosed = true;
      }
    }
    expect((await limited.post('/stream', { body: endless() })).statusCode).toBe(413);
    expect([sent, isClosed]).toEqual([10, true]);
    isClosed = false;
    expect((await limited.post('/body', { body: endless() })).statusCode).toBe(200);
    expect(isClosed).toBe(true);
  });

  it('read no more of a body than its Content-Length says', async () => {
    const headers = { 'Content-Length': '2' };
    expect((await limited.post('/body', { headers, body: 'xxxx' })).json).toEqual({ body: 2, length: 2 });
    expect((await limited.post('/body', { headers, body: pieces(2) })).json).toEqual({ body: 2, length: 2 });
    const seven = { 'Content-Length': '7' };
    expect((await limited.post('/stream', { headers: seven, body: pieces(9) })).json).toEqual({ read: 7 });
    const bad = { headers: { 'Content-Length': 'x' }, body: 'x' };
    expect((await limited.post('/body', bad)).statusCode).toBe(400);
  });

  it('are not what a body meets that is shorter than its Content-Length: a server would wait', async () => {
    const logger = { info() {}, error() {} };
    const quiet = new Microdot({ maxBodyLength: 4, maxContentLength: 8, logger });
    quiet.post('/', async (request) => ({ read: (await request.stream.read()).length }));
    const client = new TestClient(quiet);
    const short = { code: 'INVALID_REQUEST', message: 'The Content-Length is 7, and the body has 2 bytes' };
    const headers = { 'Content-Length': '7' };
    await expect(client.post('/', { headers, body: 'xx' })).rejects.toMatchObject(short);
    await expect(client.post('/', { headers, body: pieces(1) })).rejects.toMatchObject(short);
  });

  it('are not what a client meets that hangs up', async () => {
    let seen: unknown;
    const failing = new Microdot({
      maxBodyLength: 1,
      logger: { info() {}, error: (error) => (seen = error) },
    });
    failing.post('/', async (request) => Buffer.from(await request.stream.read()).toString());
    async function* body() {
      yield 'xx';
      throw new Error('unplugged');
    }
    await expect(new TestClient(failing).post('/', { body: body() })).rejects.toThrow('unplugged');
    expect(seen).toMatchObject({ message: 'unplugged' });
  });
});
