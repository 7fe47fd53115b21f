import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';

const folder = await mkdtemp(join(tmpdir(), 'tour-'));
process.env.DATA_DIR = folder;
const { app } = await import('../src/app.ts');
const { LIMITS } = await import('../src/entries.ts');
const { EXAMPLES } = await import('../src/pages/routes.ts');

afterAll(() => rm(folder, { recursive: true }));

const client = new TestClient(app, { host: 'tour.example' });
const form = { name: 'Ada <b>', message: `Hello\n"world" & 'co'` };
const api = '/api/guestbook';

let logged: unknown[] = [];
app.logger = { info: () => {}, error: (error) => logged.push(error) };
beforeEach(() => {
  logged = [];
});

describe('the pages', () => {
  it.each(['/', '/guestbook', '/feed', '/wall', '/uploads', '/login', '/signup', '/routes', '/source'])(
    '%s is a page',
    async (path) => {
      const response = await client.get(path);
      expect(response.statusCode).toBe(200);
      expect(response.headers.get('Content-Type')).toBe('text/html; charset=UTF-8');
      expect(response.text).toMatch(/^<!doctype html>/);
      expect(response.text).toMatch(/Made by <a href="[^"]*">[^<]*<\/a>, \d+ lines, in \d+\.\d\d ms/);
      expect(response.text).not.toMatch(/\[object |style=| on\w+="/);
    },
  );

  it('answer what the list of routes says', async () => {
    const examples = EXAMPLES.flatMap(({ tries = {} }) => Object.entries(tries));
    const answers = examples.map(async ([path, status]) => {
      const response = await client.stream('GET', path);
      await response.close();
      return [path, status, response.statusCode];
    });
    expect(await Promise.all(answers)).toEqual(examples.map(([path, status]) => [path, status, status]));
  });

  it('list every method of every route', async () => {
    for (const { method, pattern } of EXAMPLES) {
      const path = pattern.replace('<int:id>', '1').replace('<int:n>', '1').replace(/<.*?>/, 'x');
      expect(app.allowedMethods(path)).toContain(method);
    }
  });

  it('lead to no page that is not there', async () => {
    const seen = new Set([
      '/streaming',
      '/streaming/ball.txt',
      '/streaming/numbers.txt',
      '/feed/events?after=0',
      '/wall/live',
    ]);
    const queue = ['/'];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const { statusCode, text = '' } = await client.get(path);
      expect([path, statusCode]).toEqual([path, expect.any(Number)]);
      const isMeantToFail = /twelve|package\.json|nowhere|oops|nothing|\/0$/.test(path);
      expect([path, statusCode < 400]).toEqual([path, !isMeantToFail]);
      if (!/^\/static|^\/source\/|^\/(?:api|hello|square)\//.test(path)) {
        for (const [, href = ''] of text.matchAll(/(?:href|src)="(\/[^"#]*)/g)) queue.push(href);
      }
    }
    expect(seen.size).toBeGreaterThan(30);
  });

  it('carry their headers, errors and files too', async () => {
    for (const path of ['/', '/nowhere', '/oops', '/static/tour.css', api, '/hello/Ada']) {
      const { headers } = await client.get(path);
      expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
      expect(headers.get('Content-Security-Policy')).not.toContain('unsafe');
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    }
  });
});

describe('the guestbook', () => {
  it('sends who has signed to the entry, and shows what was written as text', async () => {
    expect((await client.get('/guestbook')).text).toContain('Nobody has signed yet');
    const response = await client.post('/guestbook', { form });
    expect(response.statusCode).toBe(303);
    expect(response.headers.get('Location')).toBe('/guestbook#entry-1');
    for (const path of ['/guestbook', '/']) {
      const { text } = await client.get(path);
      expect(text).toContain('<bdi>Ada &lt;b&gt;</bdi>');
      expect(text).toMatch(/Hello\n&(?:quot|#34);world&(?:quot|#34); &amp; &#39;co&#39;/);
      expect(text).not.toContain('Nobody has signed yet');
    }
  });

  it('says what is wrong, and keeps what was written', async () => {
    const response = await client.post('/guestbook', { form: { name: ' ', message: 'x'.repeat(501) } });
    expect(response.statusCode).toBe(422);
    expect(response.text).toContain('aria-invalid="true" aria-describedby="name-problem" autofocus');
    expect(response.text).toContain('<span class="problem" id="name-problem">What may we call you?</span>');
    expect(response.text).toContain('That is 1 character too long.');
    expect(response.text).toContain(`${'x'.repeat(501)}</textarea>`);
  });

  it('says so where there is no form at all', async () => {
    expect((await client.post('/guestbook', { body: 'Hello' })).statusCode).toBe(422);
    expect((await client.post('/guestbook')).statusCode).toBe(422);
  });

  it('has pages', async () => {
    for (let i = 0; i < 45; i++) await client.post('/guestbook', { form });
    const second = await client.get('/guestbook?page=2');
    expect(second.text).toContain('Page 2 of 3');
    expect(second.text?.match(/class="entry"/g)).toHaveLength(20);
    for (const page of ['0', '4', '1.5', '-1', 'x', '1e9', '']) {
      expect((await client.get(`/guestbook?page=${page}`)).statusCode).toBe(404);
    }
  });

  const refused = [
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://tour.example' },
    { Origin: 'https://evil.example' },
    { Origin: 'https://tour.example.evil.example' },
    { Origin: 'https://tour.example:8443' },
    { Origin: 'null' },
  ];
  it.each(refused)('refuses a form of another site: %j', async (headers) => {
    expect((await client.post('/guestbook', { form, headers })).statusCode).toBe(403);
    expect((await client.post(api, { body: form, headers })).statusCode).toBe(403);
    expect((await client.get('/guestbook', { headers })).statusCode).toBe(200);
  });

  it.each([
    { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://tour.example' },
    { 'Sec-Fetch-Site': 'none' },
    { Origin: 'https://tour.example' },
    {},
  ])('takes a form of its own: %j', async (headers) => {
    expect((await client.post('/guestbook', { form, headers })).statusCode).toBe(303);
  });

  it('puts the host into the commands it shows, unless it is a strange one', async () => {
    expect((await client.get('/guestbook')).text).toContain('curl http://tour.example/api/guestbook');
    const { text } = await client.get('/guestbook', { headers: { Host: `x';rm -rf ~;'` } });
    expect(text).toContain('curl http://localhost:5000/api/guestbook');
  });
});

describe('the API', () => {
  it('creates an entry, and tells where it is', async () => {
    const created = await client.post(api, { body: form });
    expect(created.statusCode).toBe(201);
    const location = created.headers.get('Location') as string;
    expect(location).toMatch(/^\/api\/guestbook\/\d+$/);
    expect(created.json).toEqual({ ...form, id: expect.any(Number), writtenAt: expect.stringMatching(/Z$/) });
    expect((await client.get(location)).json).toEqual(created.json);
    expect(((await client.get(api)).json as unknown[])[0]).toEqual(created.json);
  });

  it('says what is wrong as JSON', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const big = { name: 'Ada', message: 'x'.repeat(20_000) };
    const answers = [
      [422, await client.post(api, { body: { name: 'Ada' } })],
      [422, await client.post(api, { body: [] })],
      [400, await client.post(api, { body: '{"name": ', headers })],
      [400, await client.post(api, { body: '"Ada"', headers })],
      [400, await client.post(api, { body: 'null', headers })],
      [415, await client.post(api, { form })],
      [413, await client.post(api, { body: big })],
      [403, await client.post(api, { body: form, headers: { Origin: 'https://evil.example' } })],
      [404, await client.get(`${api}/999999`)],
      [404, await client.get('/api/nothing')],
      [405, await client.delete(api)],
    ] as const;
    for (const [status, response] of answers) {
      expect(response.statusCode).toBe(status);
      expect(response.json).toMatchObject({ error: expect.any(String) });
    }
    expect((await client.post(api, { body: { name: 'Ada' } })).json).toEqual({
      error: 'Not signed.',
      problems: { message: 'A word or two?' },
    });
  });

  it('takes __proto__ and constructor for names that it does not know', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const body = '{"__proto__": {"name": "Ada", "message": "Hello"}, "constructor": 1}';
    expect((await client.post(api, { body, headers })).statusCode).toBe(422);
  });

  it('keeps a bounded number of entries', async () => {
    for (let i = 0; i < LIMITS.entries + 1; i++) await client.post(api, { body: form });
    expect((await client.get(api)).json).toHaveLength(LIMITS.entries);
  });
});

describe('errors', () => {
  it('have pages that say nothing of the inside', async () => {
    const response = await client.get('/oops');
    expect(response.statusCode).toBe(500);
    expect(response.text).toContain('<h1>Something broke</h1>');
    expect(response.text).not.toContain('node:internal');
    expect(logged).toEqual([expect.objectContaining({ message: 'This one was on purpose' })]);
  });

  it('show the address, as text and not all of it', async () => {
    const response = await client.get(`/<script>alert(1)</script>${'x'.repeat(500)}`);
    expect(response.statusCode).toBe(404);
    expect(response.text).toContain('<h1>No dot here</h1>');
    expect(response.text).toContain('&lt;script&gt;');
    expect(response.text).not.toContain('<script>alert');
    expect(response.text).not.toContain('x'.repeat(200));
  });

  it('say which methods there are', async () => {
    const response = await client.put('/guestbook');
    expect(response.statusCode).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET, POST, HEAD, OPTIONS');
    expect(response.text).toContain('<h1>Not like that</h1>');
  });
});

describe('streaming', () => {
  it('sends a picture row by row', async () => {
    const pieces: string[] = [];
    const response = await client.stream('GET', '/streaming');
    for await (const text of response.text()) pieces.push(text);
    // The first row is there at once, and goes along with the head.
    expect(pieces).toHaveLength(33);
    expect(pieces[0]).toMatch(/^<!doctype html>[\s\S]*<svg[^>]*>\s*<g>/);
    expect(pieces[1]).toMatch(/^\s*<g>(<circle [^>]*>)*<\/g>\s*$/);
    expect(pieces.join('')).toMatch(/<\/svg>[\s\S]*<\/html>$/);
  });

  it('sends as much of a million lines as somebody reads', async () => {
    const response = await client.stream('GET', '/streaming/numbers.txt');
    const { value } = await response.next();
    await response.close();
    expect(new TextDecoder().decode(value)).toMatch(
      /^The first 1000000 numbers, and their squares\n\n {8}1 {15}1\n {8}2 {15}4\n/,
    );
  });

  it('sends one for terminals', async () => {
    const response = await client.stream('GET', '/streaming/ball.txt');
    expect(response.headers.get('Content-Type')).toBe('text/plain; charset=UTF-8');
    const { value } = await response.next();
    expect(new TextDecoder().decode(value)).toMatch(/^ +[#*+]+\n$/);
    await response.close();
  });
});

describe('the source', () => {
  it('shows what runs', async () => {
    const response = await client.get('/source/pages/home.ts');
    expect(response.statusCode).toBe(200);
    expect(response.text).toContain('<h1 class="file">pages/home.ts</h1>');
    expect(response.text).toContain('<span id="L2">2</span>');
  });

  it.each(['../package.json', '..%2fpackage.json', 'nothing.ts', '__proto__', 'app.js'])(
    'does not show %s',
    async (file) => {
      expect((await client.get(`/source/${file}`)).statusCode).toBe(404);
    },
  );
});
