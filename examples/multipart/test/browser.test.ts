import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Server } from '@microdot/core';
import { type Browser, chromium, type Page } from 'playwright-core';

const folder = await mkdtemp(join(tmpdir(), 'drops-browser-'));
process.env.UPLOADS = join(folder, 'uploads');
const { app } = await import('../src/app.ts');

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const isSkipped = !existsSync(executablePath) && (!process.env.CI || process.env.CI === 'false');
if (isSkipped) {
  process.stderr.write('SKIPPED the browser test: no Chromium here. Install one, or set CHROMIUM_PATH.\n');
}
const test = isSkipped ? it.skip : it;

jest.setTimeout(60_000);

const MB = 1024 * 1024;
let browser: Browser | undefined;
let server: Server;

beforeAll(async () => {
  if (isSkipped) return;
  server = await app.startServer({
    port: 0,
    host: '127.0.0.1',
    requestTimeout: 60_000,
    shutdownTimeout: 500,
  });
  browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true });
});

/** Fills the form in and sends it, as a person does. */
async function send(page: Page, files: string[]): Promise<void> {
  await page.goto(server.url);
  await page.getByLabel('What is it?').fill('Holidays');
  await page.getByLabel('Up to 10 files').setInputFiles(files);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL('**/drops');
}

async function file(name: string, size: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, Buffer.alloc(size, name));
  return path;
}

test('a browser sends 50 MB and a small file, and both are on the disk', async () => {
  const page = (await browser?.newPage()) as Page;
  await send(page, [await file('large.bin', 50 * MB), await file('日本語 "1".txt', 3)]);
  expect(await page.textContent('body')).toMatch(/large\.bin.*日本語 %221%22\.txt/);
  const saved = await readdir(join(folder, 'uploads'));
  const sizes = await Promise.all(
    saved.map(async (name) => (await stat(join(folder, 'uploads', name))).size),
  );
  expect(sizes.sort((a, b) => a - b)).toEqual([3, 50 * MB]);
});

test('a browser shows why its form was refused midway, and nothing of it stays', async () => {
  const before = await readdir(join(folder, 'uploads'));
  const page = (await browser?.newPage()) as Page;
  const paths = await Promise.all(Array.from({ length: 11 }, (_, i) => file(`${i}`, 2 * MB)));
  await send(page, paths);
  expect(await page.textContent('body')).toBe('Up to 10 files, and 100 MB together');
  expect(await readdir(join(folder, 'uploads'))).toEqual(before);
});
