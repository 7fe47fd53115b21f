import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const client = new TestClient(app);
const basic = (text: string): { headers: Record<string, string> } => ({
  headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` },
});
const bearer = (token: string): { headers: Record<string, string> } => ({
  headers: { Authorization: `Bearer ${token}` },
});

it('greets those who know their password', async () => {
  expect((await client.get('/', basic('susan:hello'))).text).toBe('Hello, susan!');
});

it('asks the others for it', async () => {
  for (const options of [undefined, basic('susan:bye'), basic('nobody:hello'), bearer('susan-token')]) {
    const refused = await client.get('/', options);
    expect(refused.statusCode).toBe(401);
    expect(refused.headers.get('WWW-Authenticate')).toContain('realm="An example"');
  }
});

it('reports to programs with a token', async () => {
  expect((await client.get('/reports/2024', bearer('susan-token'))).json).toEqual({
    year: 2024,
    for: 'the robot of Susan',
    visitors: 4048,
  });
  expect((await client.get('/reports/2024', bearer('x'))).statusCode).toBe(401);
});

it('has limits for everybody', async () => {
  expect((await client.get('/limits/')).json).toEqual({ plan: 'free', limit: 10 });
  expect((await client.get('/limits/', bearer('susan-token'))).json).toEqual({ plan: 'paid', limit: 1000 });
});
