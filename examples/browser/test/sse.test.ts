import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Microdot, type Server } from '@microdot/core';
import { EventLog, withSSE } from '@microdot/sse';
import { addBlank, describeInBrowser, origin } from './browsing.ts';
import { listen } from './inPage.js';

describeInBrowser('Server-sent events', (browsing) => {
  let server: Server;
  /** What each connection said it had last. */
  let ids: (string | undefined)[];
  let left: Promise<void>;
  let log: EventLog;

  beforeAll(async () => {
    const app = new Microdot();
    addBlank(app);

    app.get(
      '/kinds',
      withSSE(async (_request, sse) => {
        await sse.send('plain');
        await sse.send('named', { event: 'price' });
        await sse.send('not to be seen', { comment: true });
        await sse.send('with an id', { eventId: 'größe-1' });
        await sse.send('after it');
        await sse.send('one\ntwo\r\nthree\rfour\n');
        await sse.send({ json: ['ä', 1, null] });
        await sse.send(new TextEncoder().encode('bytes'));
        await sse.send('', { event: 'price' });
        await sse.send('  spaces  ');
        await sse.send('data: not a field\n\nevent: price\nid: evil');
        await sse.send('forget it', { eventId: '' });
        await sse.closed;
      }),
    );

    // Ends after each event: the browser has to come again.
    app.get(
      '/short',
      withSSE(async (_request, sse) => {
        ids.push(sse.lastEventId);
        const n = Number(sse.lastEventId?.slice(1) ?? 0) + 1;
        await sse.send(`event ${n}`, { eventId: `ü${n}`, retry: 0.01 });
      }),
    );

    app.get(
      '/log',
      withSSE(async (_request, sse) => {
        ids.push(sse.lastEventId);
        // Missed by this client: it comes again after 10 ms, and these are there by then.
        if (ids.length === 1) {
          await sse.send('welcome', { retry: 0.01 });
          await sse.send('', { eventId: log.send('first') });
          log.send('missed');
          log.send('missed, too', { event: 'price' });
          return;
        }
        await log.follow(sse);
      }),
    );

    app.get(
      '/leave',
      withSSE((_request, sse) => {
        left = sse.closed;
        void sse.send('here');
        return left;
      }),
    );

    app.get('/gone', () => 204);
    server = await browsing.serve(app);
  });

  beforeEach(async () => {
    ids = [];
    log = new EventLog();
    await browsing.page.goto(origin(server));
  });

  const events = (path: string, count: number) =>
    browsing.page.evaluate(listen, { url: path, names: ['price'], count });

  it('arrive, of every kind', async () => {
    expect(await events('/kinds', 11)).toEqual([
      ['message', 'plain', ''],
      ['price', 'named', ''],
      ['message', 'with an id', 'größe-1'],
      ['message', 'after it', 'größe-1'],
      ['message', 'one\ntwo\nthree\nfour\n', 'größe-1'],
      ['message', '{"json": ["ä", 1, null]}', 'größe-1'],
      ['message', 'bytes', 'größe-1'],
      ['price', '', 'größe-1'],
      ['message', '  spaces  ', 'größe-1'],
      // What looks like fields is text (event injection).
      ['message', 'data: not a field\n\nevent: price\nid: evil', 'größe-1'],
      ['message', 'forget it', ''],
    ]);
  });

  it('go on where they were when the server closes the connection: by id, after as long as retry says', async () => {
    expect(await events('/short', 4)).toEqual([
      ['message', 'event 1', 'ü1'],
      ['message', 'event 2', 'ü2'],
      ['message', 'event 3', 'ü3'],
      ['message', 'event 4', 'ü4'],
    ]);
    expect(ids).toEqual([undefined, 'ü1', 'ü2', 'ü3']);
  });

  it('are replayed from a log', async () => {
    const received = await events('/log', 4);
    expect(received.map(([type, data]: string[]) => [type, data])).toEqual([
      ['message', 'welcome'],
      ['message', ''],
      ['message', 'missed'],
      ['price', 'missed, too'],
    ]);
    expect(ids).toEqual([undefined, expect.stringMatching(/-0$/)]);
  });

  it('end on the server when the page is left', async () => {
    await events('/leave', 1);
    await browsing.page.goto('about:blank');
    await left;
  });
});
