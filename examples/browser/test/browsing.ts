import { afterAll, afterEach, beforeAll, beforeEach, describe, jest } from '@jest/globals';
import { Microdot, Response, type Server } from '@microdot/core';
import type { Browser, Page } from 'playwright-core';
import { isSkipped, launchBrowser } from '../src/index.ts';

jest.setTimeout(30_000);

/** What a test has: a page, and servers that end with the tests. */
export class Browsing {
  #browser: Browser | undefined;
  #page: Page | undefined;
  readonly #servers: Server[] = [];

  /** A page in a browser that remembers nothing of the last test. */
  get page(): Page {
    if (!this.#page) throw new Error('Only within a test is there a page');
    return this.#page;
  }

  /** Serves an application; its port is what tells two origins of one site apart. */
  async serve<G>(app: Microdot<G>): Promise<Server> {
    app.logger = { info: () => {}, error: () => {} };
    const server = await app.startServer({ port: 0, host: '127.0.0.1', shutdownTimeout: 500 });
    this.#servers.push(server);
    return server;
  }

  /** Serves a page with nothing on it, and gives the origin of it. */
  async serveBlank(): Promise<string> {
    const app = new Microdot();
    addBlank(app);
    return origin(await this.serve(app));
  }

  async start(): Promise<void> {
    this.#browser = await launchBrowser();
  }

  async open(): Promise<void> {
    const context = await this.#browser?.newContext();
    this.#page = await context?.newPage();
  }

  async close(): Promise<void> {
    await this.#page?.context().close();
  }

  async end(): Promise<void> {
    await this.#browser?.close();
    await Promise.all(this.#servers.map((server) => server.close()));
  }
}

/** Tests in a browser, which are skipped where there is none. */
export function describeInBrowser(name: string, tests: (browsing: Browsing) => void): void {
  (isSkipped ? describe.skip : describe)(`${name}, in a browser`, () => {
    const browsing = new Browsing();
    beforeAll(() => browsing.start());
    afterAll(() => browsing.end());
    beforeEach(() => browsing.open());
    afterEach(() => browsing.close());
    tests(browsing);
  });
}

export function addBlank<G>(app: Microdot<G>): void {
  const page = '<!doctype html><title>Blank</title><link rel="icon" href="data:,">';
  app.get('/', () => new Response(page, 200, { 'Content-Type': 'text/html' }));
}

export function origin({ port }: Server): string {
  return `http://127.0.0.1:${port}`;
}

/** The same server under another name: to a browser, another site. */
export function crossSite({ port }: Server): string {
  return `http://localhost:${port}`;
}
