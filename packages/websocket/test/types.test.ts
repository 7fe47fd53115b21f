import { describe, expect, it } from '@jest/globals';
import { type Handler, Microdot, type Request } from '@microdot/core';
import {
  type Message,
  upgradeWebSocket,
  type WebSocket,
  type WebSocketHandler,
  withWebSocket,
} from '@microdot/websocket';

// What is tested is that this compiles, and that the lines marked as errors do not.
describe('types', () => {
  it('give a handler the arguments in the URL of its route', () => {
    const app = new Microdot();
    app.get(
      '/rooms/<int:id>/<name>',
      withWebSocket(async (request, ws, { id, name }) => {
        const number: number = id;
        const text: string = name;
        // @ts-expect-error: a number is no string
        const wrong: string = id;
        await ws.send(`${request.path} ${number} ${text} ${wrong}`);
      }),
    );
    app.get(
      '/rooms/<int:id>',
      withWebSocket({ protocols: ['chat'] }, async (_request, ws, { id }) => {
        await ws.send(id.toFixed());
        // @ts-expect-error: the pattern has no such argument
        withWebSocket((_, __, { id, other }: { id: number }) => [id, other]);
      }),
    );
    expect(app.allowedMethods('/rooms/1')).toContain('GET');
  });

  it('give a handler the type of request.g', () => {
    const app = new Microdot<{ user: { name: string } }>();
    app.get(
      '/',
      withWebSocket(async (request, ws) => {
        await ws.send(request.g.user.name);
        // @ts-expect-error: no such property
        request.g.other;
      }),
    );
    app.get('/up', async (request) => {
      const ws: WebSocket = await upgradeWebSocket(request);
      await ws.send(request.g.user.name);
    });
    expect(app.allowedMethods('/')).toContain('GET');
  });

  it('tell text from bytes', () => {
    const handler: WebSocketHandler = async (_request, ws) => {
      const message: Message = await ws.receive();
      // @ts-expect-error: it may be bytes
      message.toUpperCase();
      if (typeof message === 'string') message.toUpperCase();
      else message.subarray(0, 1);
      for await (const next of ws) {
        // @ts-expect-error: it may be text
        next.byteLength;
      }
      // @ts-expect-error: an object is no message
      await ws.send({ a: 1 });
    };
    expect(handler).toBeDefined();
  });

  it('are those of core where a handler is made apart from its route', () => {
    const handler: Handler<{ id: number }> = withWebSocket<{ id: number }, Record<string, unknown>>(
      (_request: Request, _ws, { id }) => id.toFixed(),
    );
    const app = new Microdot();
    app.get('/<int:id>', handler);
    // @ts-expect-error: this route has a string
    app.get('/<id>', handler);
    // @ts-expect-error: an option that there is not
    withWebSocket({ maxLength: 1 }, () => {});
    expect(app.allowedMethods('/1')).toContain('GET');
  });
});
