import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

const susan = { name: 'susan', password: 'hello' };

it('asks for a login and leads back', async () => {
  const client = new TestClient(app);
  const location = (await client.get('/password')).headers.get('Location') as string;
  expect(location).toBe('/login?next=/password');
  expect((await client.get(location)).text).toContain('<form method="post">');
  const logged = await client.post(location, { form: susan });
  expect(logged.headers.get('Location')).toBe('/password');
  expect((await client.get('/password')).text).toContain('A new password');
  expect((await client.get('/')).text).toContain('Hello, susan!');
});

it('does not let in who does not know the password', async () => {
  const client = new TestClient(app);
  for (const form of [{ ...susan, password: 'bye' }, { name: 'nobody', password: 'hello' }, { name: 'x' }]) {
    const refused = await client.post('/login', { form });
    expect(refused.statusCode).toBe(401);
    expect(refused.text).toContain('role="alert"');
  }
  expect((await client.get('/')).statusCode).toBe(302);
});

it('remembers those who want it, and asks them for the password where that counts', async () => {
  const client = new TestClient(app);
  await client.post('/login', { form: { ...susan, remember: 'on' } });
  delete client.cookies.session;
  expect((await client.get('/')).text).toContain('Hello, susan!');
  expect((await client.get('/password')).statusCode).toBe(302);
  await client.post('/logout');
  expect((await client.get('/')).statusCode).toBe(302);
});

it('changes a password', async () => {
  const client = new TestClient(app);
  await client.post('/login', { form: { name: 'david', password: 'bye' } });
  expect((await client.post('/password', { form: { password: 'short' } })).statusCode).toBe(400);
  expect((await client.post('/password', { form: { password: 'long enough' } })).statusCode).toBe(303);
  const again = await new TestClient(app).post('/login', {
    form: { name: 'david', password: 'long enough' },
  });
  expect(again.statusCode).toBe(302);
});
