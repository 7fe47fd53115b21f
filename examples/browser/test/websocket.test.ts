import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Microdot, Response, type Server } from '@microdot/core';
import { Session, type SessionDict, withSession } from '@microdot/session';
import { upgradeWebSocket, withWebSocket } from '@microdot/websocket';
import { addBlank, crossSite, describeInBrowser, origin } from './browsing.ts';
import { talk } from './inPage.js';

describeInBrowser('WebSockets', (browsing) => {
  let server: Server;
  let friend: string;
  let handled: number;

  beforeAll(async () => {
    friend = await browsing.serveBlank();
    const app = new Microdot({ maxBodyLength: 1_000_000 });
    new Session(app, { secretKey: 'only for these tests: 32 bytes or more' });
    addBlank(app);
    const protocols = ['v2', 'v1'];
    app.get(
      '/echo/<int:times>',
      withWebSocket({ allowedOrigins: [friend], protocols }, async (_request, ws, { times }) => {
        handled++;
        for await (const message of ws) {
          await ws.send(typeof message === 'string' ? message.repeat(times) : message);
        }
      }),
    );
    app.get(
      '/deflate',
      withWebSocket({ perMessageDeflate: true }, async (_request, ws) => {
        for await (const message of ws) await ws.send(message);
      }),
    );
    app.get(
      '/bye',
      withWebSocket(async (_request, ws) => {
        await ws.send('bye');
        await ws.close(4001, 'größe');
      }),
    );
    app.get(
      '/broken',
      withWebSocket(() => {
        throw new Error('nothing for others');
      }),
    );
    app.get(
      '/login',
      withSession((_request, session: SessionDict<{ name: string }>) => {
        session.name = 'Ada';
        session.save();
        return new Response('Welcome');
      }),
    );
    app.get(
      '/who',
      withSession(async (request, session: SessionDict<{ name: string }>) => {
        if (!session.name) return 401;
        const ws = await upgradeWebSocket(request);
        await ws.send(session.name);
        return undefined;
      }),
    );
    server = await browsing.serve(app);
  });

  beforeEach(() => {
    handled = 0;
  });

  async function from(
    page: string,
    path: string,
    messages: (string | number[])[] = [],
    protocols: string[] = [],
  ) {
    await browsing.page.goto(page);
    const url = `ws://127.0.0.1:${server.port}${path}`;
    return browsing.page.evaluate(talk, { url, protocols, messages });
  }

  it('talk: text, bytes, nothing, and a lot', async () => {
    const long = 'ä€😀'.repeat(50_000);
    const messages = ['Hello', 'ä€😀', '', [0, 255, 10, 13], [], long];
    const { answers, code, reason, wasClean } = await from(origin(server), '/echo/1', messages);
    expect(answers).toEqual(messages);
    expect([code, reason, wasClean]).toEqual([3000, 'that is all', true]);
  });

  it('have the arguments of their route', async () => {
    expect((await from(origin(server), '/echo/3', ['ab'])).answers).toEqual(['ababab']);
  });

  it('agree on a protocol', async () => {
    expect((await from(origin(server), '/echo/1', ['x'], ['v1', 'v2'])).protocol).toBe('v2');
  });

  it('agree on compression where that is on, and only there', async () => {
    const messages = ['x'.repeat(100_000), 'x'.repeat(100_000), [1, 2, 3]];
    const packed = await from(origin(server), '/deflate', messages);
    expect(packed.answers).toEqual(messages);
    expect(packed.extensions).toMatch(/^permessage-deflate/);
    expect((await from(origin(server), '/echo/1', ['x'])).extensions).toBe('');
  });

  it('are closed by the server with a code and a reason', async () => {
    expect(await from(origin(server), '/bye')).toMatchObject({
      answers: ['bye'],
      code: 4001,
      reason: 'größe',
      wasClean: true,
    });
    expect(await from(origin(server), '/broken')).toMatchObject({ code: 1011, reason: '' });
  });

  it('are closed where a message is too large', async () => {
    const { code } = await from(origin(server), '/echo/1', ['x'.repeat(1_000_001)]);
    expect(code).toBe(1009);
  });

  it('know the session, and are refused without one', async () => {
    expect((await from(origin(server), '/who')).code).toBe(1006);
    await browsing.page.goto(`${origin(server)}/login`);
    expect((await from(origin(server), '/who')).answers).toEqual(['Ada']);
  });

  it('are refused to the pages of other sites and origins (cross-site WebSocket hijacking)', async () => {
    for (const page of [crossSite(server), await browsing.serveBlank()]) {
      expect(await from(page, '/echo/1', ['x'])).toMatchObject({ code: 1006, answers: [] });
    }
    expect(handled).toBe(0);
  });

  it('are open to the pages of an origin that is allowed', async () => {
    expect((await from(friend, '/echo/1', ['x'])).answers).toEqual(['x']);
    expect((await from(friend, '/deflate', ['x'])).code).toBe(1006);
  });
});
