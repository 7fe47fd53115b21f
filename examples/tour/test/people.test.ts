import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Microdot, Response, type Server } from '@microdot/core';
import { isSkipped, launchBrowser } from 'browser';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

const folder = await mkdtemp(join(tmpdir(), 'tour-'));
process.env.DATA_DIR = folder;
const { app } = await import('../src/app.ts');

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const PASSWORD = 'correct horse';
const MB = 1024 * 1024;

jest.setTimeout(120_000);

/** What people do with an application over days: they log in, close the browser, come back, talk, and send files. */
(isSkipped ? describe.skip : describe)('in a browser', () => {
  let browser: Browser;
  let server: Server;
  let elsewhere: Server;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    app.logger = { info: () => {}, error: () => {} };
    server = await start(0);
    elsewhere = await startElsewhere();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await elsewhere?.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(() => open());
  afterEach(() => context.close());

  function start(port: number): Promise<Server> {
    return app.startServer({ port, host: '127.0.0.1', shutdownTimeout: 200, requestTimeout: 60_000 });
  }

  /** Another site, with a form that is meant for the tour, and without a policy that would not let it out. */
  function startElsewhere(): Promise<Server> {
    const evil = new Microdot();
    evil.get('/', () => {
      const page = `<!doctype html><link rel="icon" href="data:,"><form method="post" action="http://127.0.0.1:${server.port}/logout"></form>`;
      return new Response(page, 200, { 'Content-Type': 'text/html' });
    });
    return evil.startServer({ port: 0, host: '127.0.0.1', shutdownTimeout: 200 });
  }

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    context = await browser.newContext({ baseURL: `http://127.0.0.1:${server.port}`, ...options });
    complaints = [];
    page = await another();
  }

  async function another(): Promise<Page> {
    const opened = await context.newPage();
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    opened.on('pageerror', (error) => complaints.push(error.message));
    return opened;
  }

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const account = () => page.locator('.account');

  async function fill(name: string, remember = false): Promise<void> {
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.locator('#password').fill(PASSWORD);
    if (remember) await page.getByLabel('Remember me').check();
  }

  async function signUp(name: string, remember = false): Promise<void> {
    await page.goto('/account');
    await page.getByRole('link', { name: 'Make one' }).click();
    await fill(name, remember);
    await button('Make the account').click();
    await page.waitForURL('**/account');
  }

  async function logIn(name: string, remember = false): Promise<void> {
    await fill(name, remember);
    await button('Log in').click();
  }

  describe('an account', () => {
    it('is made, left, and come back to', async () => {
      await signUp('Ada');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Ada');
      await page.goto('/');
      expect(await account().textContent()).toBe('Ada');
      await account().click();
      await button('Log out').click();
      await page.waitForURL('**/login');
      expect(await account().textContent()).toBe('Account');
      // What the browser has kept of the page is not shown again.
      await page.goto('/account');
      await page.waitForURL('**/login?next=/account');
      await logIn('ada');
      await page.waitForURL('**/account');
      expect(complaints).toEqual([]);
    });

    it('says that it was the wrong password, and keeps the name', async () => {
      await page.goto('/login');
      await page.getByLabel('Name', { exact: true }).fill('Ada');
      await page.locator('#password').fill('wrong horse');
      await button('Log in').click();
      expect(await page.getByRole('alert').textContent()).toContain('That is not the name and the password');
      expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada');
      expect(await page.locator('#password').inputValue()).toBe('');
    });

    it('is remembered when the browser is opened again, but not trusted with a new password', async () => {
      await signUp('Grace', true);
      const [kept, lost] = await endOfSession();
      expect([kept, lost]).toEqual([['_remember'], ['session']]);
      await page.goto('/guestbook');
      expect(await account().textContent()).toBe('Grace');
      await page.goto('/account/password');
      await page.waitForURL('**/login?next=/account/password');
      await page.getByRole('heading', { name: 'Is it you?' }).waitFor();
      await logIn('Grace');
      await page.waitForURL('**/account/password');
      await page.locator('#password').fill('another horse');
      await button('Change it').click();
      await page.waitForURL('**/account');
      expect(await account().textContent()).toBe('Grace');
    });

    it('is not remembered where that was not asked for, nor after logging out', async () => {
      await signUp('Edsger');
      expect(await endOfSession()).toEqual([[], ['session']]);
      await page.goto('/');
      expect(await account().textContent()).toBe('Account');
      await page.goto('/login');
      await logIn('Edsger', true);
      await page.waitForURL('**/account');
      await button('Log out').click();
      await page.waitForURL('**/login');
      expect((await endOfSession())[0]).toEqual([]);
    });

    it('does without JavaScript', async () => {
      await context.close();
      await open({ javaScriptEnabled: false });
      await signUp('Nemo');
      await page.goto('/wall');
      await page.getByLabel('As Nemo').fill('Without a script');
      await button('Say it').click();
      await page.getByText('Without a script').waitFor();
    });

    it('has cookies that no script reads, and that other sites do not send', async () => {
      await signUp('Barbara', true);
      for (const cookie of await context.cookies()) {
        expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
      }
    });

    it('cannot be logged out by another site', async () => {
      await signUp('Tony');
      const home = `http://127.0.0.1:${server.port}`;
      await page.goto(`http://localhost:${elsewhere.port}/`);
      const refused = page.waitForResponse(`${home}/logout`);
      await page.evaluate('document.forms[0].submit()');
      expect((await refused).status()).toBe(403);
      await page.getByRole('heading', { name: 'Not from there' }).waitFor();
      await page.goto(home);
      expect(await account().textContent()).toBe('Tony');
    });

    /** Closes the browser, and opens another one with the cookies that are to stay: the names of these, and of the others. */
    async function endOfSession(): Promise<[kept: string[], lost: string[]]> {
      const cookies = await context.cookies();
      const kept = cookies.filter(({ expires }) => expires > 0);
      await context.close();
      await open();
      await context.addCookies(kept);
      const lost = cookies.filter(({ expires }) => expires <= 0);
      return [kept.map(({ name }) => name), lost.map(({ name }) => name)];
    }
  });

  describe('the guestbook', () => {
    it('knows who is logged in', async () => {
      await signUp('Margaret');
      await page.goto('/guestbook');
      expect(await page.getByLabel('Your name').count()).toBe(0);
      await page.getByLabel('Your message').fill('To the moon');
      await button('Sign the guestbook').click();
      await page.waitForURL(/#entry-\d+$/);
      const entry = page.locator('.entry').first();
      expect(await entry.getByRole('heading').textContent()).toBe('Margaret has an account');
    });
  });

  describe('the feed', () => {
    const first = (within: Page) => within.locator('[data-feed] .message').first();

    async function sign(message: string): Promise<void> {
      const body = JSON.stringify({ name: 'Ada', message });
      const headers = { 'Content-Type': 'application/json' };
      const url = `http://127.0.0.1:${server.port}/api/guestbook`;
      expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(201);
    }

    it('shows what is written elsewhere, and what was written while the server was away, once', async () => {
      await page.goto('/feed');
      await page.getByText('Live', { exact: true }).waitFor();
      const writer = await another();
      await writer.goto('/guestbook');
      await writer.getByLabel('Your name').fill('Ada');
      await writer.getByLabel('Your message').fill('<b>From another window</b>');
      await writer.getByRole('button', { name: 'Sign the guestbook' }).click();
      await page.getByText('<b>From another window</b>').waitFor();
      const { port } = server;
      await server.close();
      await page.getByText('connecting again').waitFor();
      server = await start(port);
      await sign('While you were away');
      await page.getByText('While you were away').waitFor();
      await sign('And now');
      await page.getByText('And now').waitFor();
      expect(await first(page).textContent()).toBe('And now');
      expect(await page.getByText('From another window').count()).toBe(1);
    });
  });

  describe('the wall', () => {
    it('shows to one what the other writes, and who is here', async () => {
      const other = await another();
      await page.goto('/wall');
      await page.getByText('nobody else is here').waitFor();
      await other.goto('/wall');
      await page.getByText('2 are here').waitFor();
      await other.locator('#text').fill('<i>Hello</i>, you');
      await other.keyboard.press('Enter');
      await page.getByText('<i>Hello</i>, you').waitFor();
      expect(await other.locator('#text').inputValue()).toBe('');
      await page.locator('#text').fill('Hello yourself');
      await button('Say it').click();
      await other.getByText('Hello yourself').waitFor();
      await other.close();
      await page.getByText('nobody else is here').waitFor();
      expect(complaints).toEqual([]);
    });

    it('comes back by itself when the server does', async () => {
      await page.goto('/wall');
      await page.getByText('nobody else is here').waitFor();
      const { port } = server;
      await server.close();
      await page.getByText('connecting again').waitFor();
      server = await start(port);
      await page.getByText('nobody else is here').waitFor();
      await page.locator('#text').fill('Back again');
      await button('Say it').click();
      await page.locator('.line').getByText('Back again').waitFor();
    });

    it('is closed to another site, which the user looks at as well', async () => {
      await page.goto(`http://localhost:${elsewhere.port}/`);
      const opened = await page.evaluate(
        `new Promise((resolve) => {
          const socket = new WebSocket('ws://127.0.0.1:${server.port}/wall/live');
          socket.onopen = () => resolve(true);
          socket.onclose = () => resolve(false);
        })`,
      );
      expect(opened).toBe(false);
    });
  });

  describe('an upload', () => {
    async function send(path: string): Promise<void> {
      await page.goto('/uploads');
      await page.getByLabel('Files', { exact: true }).setInputFiles(path);
      await button('Send').click();
    }

    it('of 50 MB goes to the disk, and not through the memory', async () => {
      const path = join(folder, 'large.bin');
      await makeFile(path, 50 * MB);
      const memory = watchMemory();
      await send(path);
      await page.getByText('large.bin').waitFor();
      const grown = memory.stop();
      expect(await page.locator('.uploads li').first().textContent()).toMatch(/large\.bin\s*50 MB/);
      const [id = ''] = await readdir(join(folder, 'uploads'));
      expect((await stat(join(folder, 'uploads', id))).size).toBe(50 * MB);
      // What is on its way takes some 30 MB, however large the file is. With the file it would be 80.
      expect(grown).toBeLessThan(45 * MB);
      expect(complaints).toEqual([]);
    });

    it('that is too large is not even begun, and says so', async () => {
      const path = join(folder, 'larger.bin');
      await makeFile(path, 65 * MB);
      await send(path);
      await page.getByText('That is more than what is accepted here.').waitFor();
    });

    it('works without JavaScript, and can be saved again', async () => {
      await context.close();
      await open({ javaScriptEnabled: false });
      const path = join(folder, '<b>größe.html');
      await writeFile(path, '<script>alert(1)</script>');
      await send(path);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: '<b>größe.html' }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/größe.*\.html$/);
      expect((await stat((await download.path()) as string)).size).toBe(25);
    });
  });
});

/** A file of zeros, which was never in the memory of this process either. */
async function makeFile(path: string, size: number): Promise<void> {
  await writeFile(path, '');
  await truncate(path, size);
}

/** How much more memory is in use at the most, from now on: on the heap, and beside it, where the bytes are. */
function watchMemory(): { stop(): number } {
  const used = () => {
    // Only what is still needed counts, and not what waits to be collected.
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  used();
  const before = used();
  const peaks: number[] = [];
  let timer: NodeJS.Timeout;
  // Not all the time: to look takes longer than the upload itself.
  const look = () => {
    timer = setTimeout(() => {
      peaks.push(used() - before);
      look();
    }, 150).unref();
  };
  look();
  return {
    stop() {
      clearTimeout(timer);
      return peaks.length > 1 ? Math.max(...peaks) : Number.NaN;
    },
  };
}
