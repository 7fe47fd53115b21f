import { describe, expect, it } from '@jest/globals';
import { Microdot, Response } from '@microdot/core';
import { TestClient, TestResponse } from '@microdot/test-client';

const app = new Microdot();
const client = new TestClient(app);
let log: string[] = [];

function* counted(): Generator<string> {
  log.push('started');
  try {
    yield 'a';
    yield 'b';
  } finally {
    log.push('closed');
  }
}

app.get('/text', () => 'héllo');
app.get('/bytes', () => new Uint8Array([0xff, 0]));
app.get('/json', () => ({ a: [1] }));
app.get('/bad-json', () => new Response('{', 200, { 'Content-Type': 'application/json' }));
app.get('/head', () => new Response('x', 418, { 'Set-Cookie': ['a=1', 'b=2'], 'X-One': '1' }, 'Teapot'));
app.get('/counted', () => counted());
app.get('/counted/<int:status>', (_, { status }) => new Response(counted(), status));
app.get('/events', () => new Response('data: 1\n\n', 200, { 'Content-Type': 'text/event-stream' }));
app.get('/aborted', () => throwing());
app.get('/number', () => [1][Symbol.iterator]() as never);
app.get('/short', () => new Response(['abc'].values(), 200, { 'Content-Length': '5' }));
app.get('/long', () => new Response(counted(), 200, { 'Content-Length': '1' }));
app.get('/handled', () => Response.alreadyHandled);

const once = new Response(counted());
app.get('/once', () => once);

async function* throwing(): AsyncGenerator<string> {
  yield 'abc';
  throw new Error('the disk is gone');
}

describe('a response', () => {
  it('has a status, a reason if the application set one, headers, and a body', async () => {
    const response = await client.get('/head');
    expect(response).toBeInstanceOf(TestResponse);
    expect([response.statusCode, response.reason, response.text]).toEqual([418, 'Teapot', 'x']);
    expect(response.headers.get('x-one')).toBe('1');
    expect(response.headers.getAll('Set-Cookie')).toEqual(['a=1', 'b=2']);
    expect([...response.headers].map(([name]) => name)).toContain('Content-Length');
    expect((await client.get('/text')).reason).toBeUndefined();
  });

  it('has text unless it is not UTF-8', async () => {
    expect((await client.get('/text')).text).toBe('héllo');
    const response = await client.get('/bytes');
    expect(response.text).toBeUndefined();
    expect([...response.body]).toEqual([0xff, 0]);
  });

  it('has JSON where its Content-Type says so, and says where it is malformed', async () => {
    expect((await client.get('/json')).json).toEqual({ a: [1] });
    expect((await client.get('/text')).json).toBeUndefined();
    const response = await client.get('/bad-json');
    expect(response.text).toBe('{');
    expect(() => response.json).toThrow(SyntaxError);
  });

  it('has events where it is an event stream', async () => {
    expect((await client.get('/events')).events).toEqual([{ data: '1', dataJson: 1 }]);
    expect((await client.get('/text')).events).toBeUndefined();
  });

  it('is put together from the pieces of a stream', async () => {
    log = [];
    expect((await client.get('/counted')).text).toBe('ab');
    expect(log).toEqual(['started', 'closed']);
  });

  it('has no body after HEAD, and with 204 and 304: a generator is closed before it starts', async () => {
    log = [];
    expect((await client.head('/text')).body).toHaveLength(0);
    expect((await client.head('/text')).headers.get('Content-Length')).toBe('6');
    expect((await client.head('/counted')).text).toBe('');
    expect((await client.get('/counted/204')).text).toBe('');
    expect((await client.get('/counted/304')).text).toBe('');
    expect(log).toEqual([]);
    expect((await client.head('/json')).json).toBeUndefined();
  });
});

describe('a body that breaks off', () => {
  it('rejects with what the generator threw', async () => {
    await expect(client.get('/aborted')).rejects.toMatchObject({
      name: 'TestClientError',
      code: 'BODY_FAILED',
      message: 'The body of GET /aborted broke off after 3 bytes: Error: the disk is gone',
      cause: { message: 'the disk is gone' },
    });
  });

  it('rejects where a piece of it is neither text nor bytes', async () => {
    await expect(client.get('/number')).rejects.toMatchObject({
      code: 'BODY_FAILED',
      cause: expect.any(TypeError),
    });
  });

  it('rejects where it is not as long as its head says', async () => {
    log = [];
    await expect(client.get('/short')).rejects.toThrow('after 3 bytes: RangeError: its Content-Length is 5');
    await expect(client.get('/long')).rejects.toThrow('its Content-Length is 1');
    expect(log).toEqual(['started', 'closed']);
  });

  it('rejects where it was sent before', async () => {
    await client.get('/once');
    await expect(client.get('/once')).rejects.toMatchObject({ code: 'BODY_USED' });
  });
});

it('a request that was handled otherwise has no response', async () => {
  await expect(client.get('/handled')).rejects.toMatchObject({ code: 'NO_RESPONSE' });
});
