import { get } from 'node:https';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Server } from '@microdot/core';
import { app } from '../src/app.ts';
import { selfSigned } from '../src/certificate.ts';

const tls = selfSigned(1);
let server: Server;

beforeAll(async () => {
  server = await app.startServer({ port: 0, tls });
});

afterAll(() => server.close());

function ask(url: string, ca?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve(text);
    }).on('error', reject);
  });
}

it('answers over TLS', async () => {
  expect(server.url).toBe(`https://localhost:${server.port}`);
  expect(await ask(server.url, tls.cert)).toBe('Hello over https!');
  expect(await ask(`https://127.0.0.1:${server.port}`, tls.cert)).toBe('Hello over https!');
});

it('is not trusted by those who were not given the certificate', async () => {
  await expect(ask(server.url)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});
