import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { getQuickJS, type QuickJSContext, type QuickJSRuntime } from 'quickjs-emscripten';

const HEAP = 1024 * 1024;

/** An application, and a way to ask it, that know nothing but ECMAScript. */
const PROGRAM = `
import { Microdot, MicrodotError, redirect, Request, RequestHeaders, Response, sendFile } from '@microdot/core/portable';

const app = new Microdot();
app.beforeRequest((request) => { request.g.trace = 'before'; });
app.afterRequest((request, response) => response.headers.set('X-Trace', request.g.trace));
app.get('/', () => 'Hello, €!');
app.get('/users/<int:id>', (request, { id }) => ({ id, q: request.args.get('q') }));
app.post('/json', (request) => request.json);
app.post('/form', (request) => request.form);
app.get('/async', async () => new Response('later', 201));
app.get('/stream', () => (function* () { yield 'a'; yield 'b'; })());
app.get('/away', () => redirect('/'));
app.get('/cookie', (request) => { const r = new Response(request.cookies.a); r.setCookie('b', '2'); return r; });
app.get('/crash', () => { throw new Error('secret'); });
app.get('/file', () => sendFile('x.txt'));

let answer;
function bytes(text) { return Uint8Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0)); }
globalThis.ask = (method, url, headers = [], body = '') => {
  answer = undefined;
  const request = new Request(app, { method, url, headers: new RequestHeaders(headers), transport: { scheme: 'http' }, body: bytes(body) });
  const done = (response) => {
    const body = typeof response.body === 'object' && response.body ? [...response.body].join('|') : response.body;
    answer = JSON.stringify([response.statusCode, response['~wireHeaders'](method), body]);
  };
  const response = app.dispatchRequest(request);
  if (response.then) response.then(done);
  else done(response);
};
globalThis.answer = () => answer;
globalThis.listen = () => { app.startServer().catch((error) => { answer = error instanceof MicrodotError && error.code; }); };
`;

describe('the portable entry, in QuickJS with a heap of 1 MB', () => {
  let runtime: QuickJSRuntime;
  let context: QuickJSContext;

  function evaluate(code: string): unknown {
    const result = context.unwrapResult(context.evalCode(code));
    const value = context.dump(result);
    result.dispose();
    context.unwrapResult(runtime.executePendingJobs());
    return value;
  }

  function ask(...args: unknown[]): [number, string[], string] {
    evaluate(`ask(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);
    return JSON.parse(evaluate('answer()') as string);
  }

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: { contents: PROGRAM, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'neutral',
      target: 'es2023',
      logOverride: { 'ignored-bare-import': 'silent' },
      conditions: process.env.MICRODOT_TARGET === 'dist' ? [] : ['@microdot/source'],
    });
    runtime = (await getQuickJS()).newRuntime();
    runtime.setMemoryLimit(HEAP);
    context = runtime.newContext();
    evaluate((outputFiles[0] as { text: string }).text);
  });

  afterAll(() => {
    context.dispose();
    runtime.dispose();
  });

  it('finds no Web API and no timers there', () => {
    const names = [
      'console',
      'URL',
      'Headers',
      'TextEncoder',
      'TextDecoder',
      'setTimeout',
      'process',
      'Buffer',
      'fetch',
    ];
    expect(evaluate(`${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual([]);
  });

  it.each<[string, unknown[], number, string, Record<string, string>]>([
    [
      'text',
      ['GET', '/'],
      200,
      'Hello, €!',
      { 'Content-Type': 'text/plain; charset=UTF-8', 'Content-Length': '11' },
    ],
    [
      'URL arguments and a query',
      ['GET', '/users/7?q=%F0%9F%98%80+x'],
      200,
      '{"id":7,"q":"😀 x"}',
      { 'X-Trace': 'before' },
    ],
    [
      'JSON',
      ['POST', '/json', ['Content-Type', 'application/json'], '{"a":"é😀"}'],
      200,
      '{"a":"é😀"}',
      { 'Content-Length': '14' },
    ],
    [
      'a form',
      ['POST', '/form', ['Content-Type', 'application/x-www-form-urlencoded'], 'a=1&a=2'],
      200,
      '{"a":["1","2"]}',
      {},
    ],
    ['a promise', ['GET', '/async'], 201, 'later', { 'X-Trace': 'before' }],
    ['a stream', ['GET', '/stream'], 200, 'a|b', {}],
    ['a redirect', ['GET', '/away'], 302, '', { Location: '/' }],
    ['cookies', ['GET', '/cookie', ['Cookie', 'a=1']], 200, '1', { 'Set-Cookie': 'b=2' }],
    ['an error', ['GET', '/crash'], 500, 'Internal server error', {}],
    ['no route', ['GET', '/none'], 404, 'Not found', {}],
    ['another method', ['PUT', '/'], 405, 'Method not allowed', { Allow: 'GET, HEAD, OPTIONS' }],
    ['malformed JSON', ['POST', '/json', ['Content-Type', 'application/json'], '{'], 400, 'Bad request', {}],
    ['a file, which needs a host', ['GET', '/file'], 500, 'Internal server error', {}],
  ])('answers with %s', (_, question, status, body, headers) => {
    const [gotStatus, list, gotBody] = ask(...question);
    expect([gotStatus, gotBody]).toEqual([status, body]);
    const got = Object.fromEntries(list.flatMap((name, i) => (i % 2 ? [] : [[name, list[i + 1]]])));
    expect(got).toMatchObject(headers);
  });

  it('says what it needs to serve', () => {
    evaluate('listen()');
    expect(evaluate('answer()')).toBe('NO_HOST');
  });
});
