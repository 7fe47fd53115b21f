import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { application, KEY } from './application.ts';

// PyJWT itself, as Debian's python3-jwt brings it. python3 on the PATH may be another without it.
const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import jwt']).status === 0,
);
if (!python && process.env.CI) throw new Error('PyJWT is missing: apt-get install python3-jwt');
if (!python) console.warn('Skipped: these tests need PyJWT (apt-get install python3-jwt)');

/** Lines of JSON in, lines of JSON out. */
function run(script: string, lines: readonly unknown[]): unknown[] {
  const { stdout, stderr, status } = spawnSync(python as string, ['-c', script, KEY], {
    input: lines.map((line) => JSON.stringify(line)).join('\n'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const ENCODE = `
import json, jwt, sys
for line in sys.stdin:
    print(json.dumps(jwt.encode(json.loads(line), sys.argv[1], algorithm='HS256')))
`;
const DECODE = `
import json, jwt, sys
for line in sys.stdin:
    try:
        print(json.dumps(jwt.decode(json.loads(line), sys.argv[1], algorithms=['HS256'])))
    except jwt.exceptions.PyJWTError:
        print('{}')
`;

const payloads: Record<string, unknown>[] = [
  {},
  { name: 'joe', n: 3 },
  { z: 1, a: 2, _user_id: 'u1', _fresh: true, none: null, no: false },
  { text: 'é ü 日本 😀 \u2028 \x7f \x00 \x1f \t \n \r \b \f " \\ / < > & \'' },
  { lone: '\ud800x', é: ['ü', { ß: 1 }] },
  { numbers: [0, -1, 1.5, -0.25, 0.1, 123456789.125, 9007199254740991, 1e20, 1.5e300] },
  { small: [0.001, 0.0001, 0.00012, 0.00001, 0.0000123, 1e-7, 1.5e-9, -2.5e-10, 1e-300] },
  { text: '1e-7 0.00001 "0.00001"', '0.00001': 'a key' },
  { list: [], object: {}, deep: [[[[{ a: [{}] }]]]] },
  { sub: 'x', iss: 'y', jti: 'z' },
];

(python ? describe : describe.skip)('PyJWT', () => {
  async function ours(payload: object): Promise<string> {
    const { app, sessions } = application();
    app.get('/save', (request) => sessions.update(request, payload as Record<string, unknown>));
    const client = new TestClient(app);
    await client.get('/save');
    return client.cookies.session as string;
  }

  it('writes the same cookie, byte for byte', async () => {
    const theirs = run(ENCODE, payloads);
    expect(await Promise.all(payloads.map(ours))).toEqual(theirs);
  });

  it('reads our cookies, and we read theirs', async () => {
    expect(run(DECODE, await Promise.all(payloads.map(ours)))).toEqual(payloads);
    const theirs = run(ENCODE, payloads) as string[];
    const answers = theirs.map(async (session) =>
      JSON.parse((await new TestClient(application().app, { cookies: { session } }).get('/')).text as string),
    );
    expect(await Promise.all(answers)).toEqual(payloads);
  });

  it('refuses the cookies that we refuse', async () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = [
      { exp: now - 1 },
      { exp: now + 1000 },
      { nbf: now + 1000 },
      { nbf: now - 1000 },
      { iat: now + 1000 },
      { iat: now - 1000 },
      { aud: 'another' },
    ].map((claim) => ({ name: 'joe', ...claim }));
    const theirs = run(ENCODE, claims) as string[];
    const good = theirs[1] as string;
    const tokens = [...theirs, `${good}x`, good.slice(0, -3), good.replace('.', '..'), `.${good}`, ''];
    const answers = tokens.map(async (session) => {
      const response = await new TestClient(application().app).get('/', {
        headers: { Cookie: `session=${session}` },
      });
      return response.json;
    });
    expect(await Promise.all(answers)).toEqual(run(DECODE, tokens));
  });
});
