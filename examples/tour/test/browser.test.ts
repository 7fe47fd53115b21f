import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Server } from '@microdot/core';
import { isSkipped, launchBrowser } from 'browser';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { excessWidth, faintTexts, hasFocus, outlineOf, topOf } from './inPage.js';

const folder = await mkdtemp(join(tmpdir(), 'tour-'));
process.env.DATA_DIR = folder;
const { app } = await import('../src/app.ts');

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
const PAGES = [
  '/',
  '/guestbook',
  '/feed',
  '/wall',
  '/uploads',
  '/account',
  '/account/password',
  '/login',
  '/signup',
  '/streaming',
  '/routes',
  '/source',
  '/source/guestbook.ts',
  '/oops',
  `/${'long'.repeat(80)}`,
];

jest.setTimeout(60_000);

(isSkipped ? describe.skip : describe)('in a browser', () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  /** What the browser complained about, a script that the content security policy has refused for instance. */
  let complaints: string[];

  beforeAll(async () => {
    app.logger = { info: () => {}, error: () => {} };
    server = await app.startServer({ port: 0, host: '127.0.0.1', shutdownTimeout: 500 });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(() => open({ viewport: DESK }));
  afterEach(() => page?.context().close());

  async function open(options: BrowserContextOptions): Promise<void> {
    await page?.context().close();
    const context = await browser.newContext({
      baseURL: `http://127.0.0.1:${server.port}`,
      ...options,
    });
    page = await context.newPage();
    complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  }

  /** @param name nobody's where one is logged in. */
  async function sign(name: string | undefined, message: string): Promise<void> {
    await page.goto('/guestbook');
    if (name !== undefined) await page.getByLabel('Your name').fill(name);
    await page.getByLabel('Your message').fill(message);
    await page.getByRole('button', { name: 'Sign the guestbook' }).click();
    await page.waitForURL(/#entry-\d+$/);
  }

  /** An account, a line, and a file, of which nobody knows where to break them. */
  async function fillUp(name: string): Promise<void> {
    await page.goto('/signup');
    await page.getByLabel('Name').fill(name);
    await page.locator('#password').fill('correct horse');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.waitForURL('**/account');
    await page.goto('/wall');
    await page.locator('#text').fill('Unbreakable'.repeat(20));
    await page.keyboard.press('Enter');
    await page.locator('.line').first().waitFor();
    await page.goto('/uploads');
    const buffer = Buffer.from('x');
    await page
      .locator('#files-to-send')
      .setInputFiles({ name: `${name}${'W'.repeat(50)}`, mimeType: '', buffer });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.uploads').getByText(name).waitFor();
  }

  const newest = () => page.locator('.entry').first();

  it('has an empty book to begin with', async () => {
    await page.goto('/guestbook');
    await page.getByText('Nobody has signed yet').waitFor();
    expect(complaints).toEqual([]);
  });

  it('writes an entry, shows it, and keeps it', async () => {
    await sign('Ada', 'The first line\nand the second');
    expect(await newest().getByRole('heading').textContent()).toBe('Ada');
    expect(await newest().locator('.message').textContent()).toBe('The first line\nand the second');
    await page.reload();
    expect(await newest().getByRole('heading').textContent()).toBe('Ada');
    // To reload is not to sign twice.
    expect(await page.locator('.entry').count()).toBe(1);
    await page.goto('/');
    await page.getByText('The first line').waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows markup and scripts as the text that they are', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const message = `</p><script>alert('injected')</script>"'&lt;`;
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    await sign(name, message);
    expect(await newest().getByRole('heading').textContent()).toBe(name);
    expect(await newest().locator('.message').textContent()).toBe(message);
    expect(await page.locator('.entry img, .entry script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('says what is wrong beside the field, and puts the focus there', async () => {
    await page.goto('/guestbook');
    await page.getByLabel('Your name').fill('Grace');
    // Spaces satisfy the browser, but not the server.
    await page.getByLabel('Your message').fill('   ');
    await page.getByRole('button', { name: 'Sign the guestbook' }).click();
    await page.getByRole('alert').waitFor();
    const field = page.getByLabel('Your message');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.evaluate(hasFocus)).toBe(true);
    expect(await page.getByLabel('Your name').inputValue()).toBe('Grace');
    // The browser reports the status itself, 422, and nothing else.
    expect(complaints).toEqual([expect.stringContaining('422')]);
  });

  it('counts what is left', async () => {
    await page.goto('/guestbook');
    await page.getByLabel('Your message').pressSequentially('Hello');
    await page.getByText('495 characters left').waitFor();
  });

  it('works without JavaScript', async () => {
    await open({ viewport: PHONE, javaScriptEnabled: false });
    await sign('Nemo', 'No script at all');
    expect(await newest().getByRole('heading').textContent()).toBe('Nemo');
    await page.getByText('UTC').first().waitFor();
  });

  it('draws a page while it arrives', async () => {
    const rows = page.locator('.ball g');
    await page.goto('/streaming', { waitUntil: 'commit' });
    const seen = new Set<number>();
    for (let count = 0; count < 32; count = await rows.count()) seen.add(count);
    expect(seen.size).toBeGreaterThan(10);
    await page.getByText('That was all of it.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows an answer among the routes', async () => {
    await page.goto('/routes');
    await page.getByRole('button', { name: 'Show the answer to /square/12' }).click();
    await page.getByText('{"n":12,"square":144}').waitFor();
    await page.getByText(/^200 OK/).waitFor();
    expect(complaints).toEqual([]);
  });

  it('can be used by keyboard alone', async () => {
    const focused = page.locator(':focus');
    await page.goto('/guestbook');
    await page.keyboard.press('Tab');
    expect(await focused.textContent()).toBe('Skip to the content');
    expect(await focused.evaluate(topOf)).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused.getAttribute('name')).toBe('name');
    expect(await focused.evaluate(outlineOf)).toBe('solid');
    await page.keyboard.type('Katherine');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Without a mouse');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#entry-\d+$/);
    expect(await newest().getByRole('heading').textContent()).toBe('Katherine');
  });

  describe.each([
    ['a phone', PHONE],
    ['a desk', DESK],
  ])('on %s', (_, viewport) => {
    it.each(['light', 'dark'] as const)(
      'is readable in the %s, and never scrolls sideways, whatever was written',
      async (colorScheme) => {
        await open({ viewport, colorScheme });
        const name = `${viewport.width} ${colorScheme} `.padEnd(40, 'W');
        await fillUp(name);
        await sign(undefined, `${'Unbreakable'.repeat(40)}\nhttps://example.org/${'a/'.repeat(15)}`);
        for (const path of PAGES) {
          await page.goto(path);
          expect([path, await page.evaluate(excessWidth)]).toEqual([path, 0]);
          expect([path, await page.evaluate(faintTexts)]).toEqual([path, []]);
        }
      },
    );
  });
});
