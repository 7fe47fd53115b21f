import { expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { EventLog, type SSE, type SSEHandler, sseResponse, withSSE } from '@microdot/sse';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_?: T): void => {};

it('types of handlers follow the route that they are given to', () => {
  const app = new Microdot<{ user: string }>();
  app.get(
    '/<int:id>/<name>',
    withSSE(async (request, sse, { id, name }) => {
      holds<Equal<typeof id, number>>();
      holds<Equal<typeof name, string>>();
      holds<Equal<typeof request.g.user, string>>();
      holds<Equal<typeof sse, SSE>>();
      holds<Equal<typeof sse.signal, AbortSignal>>();
      // @ts-expect-error: g has no such property
      void request.g.other;
      await sse.send({ id }, { event: name });
      // @ts-expect-error: an event is named by text
      await sse.send('x', { event: id });
    }),
  );
  app.get(
    '/generator/<int:n>',
    withSSE({ keepAlive: 1000 }, async function* (request, sse, { n }) {
      holds<Equal<typeof n, number>>();
      holds<Equal<typeof request.g.user, string>>();
      yield n;
      yield { at: sse.lastEventId };
    }),
  );
  app.get(
    '/<id>',
    // @ts-expect-error: there is no such argument
    withSSE((_, sse, { name }) => sse.send(name)),
  );
  app.get(
    '/',
    // @ts-expect-error: there is no such option
    withSSE({ keepalive: 1 }, () => {}),
  );
  app.get(
    '/',
    // @ts-expect-error: a handler of events does not return a status
    withSSE(() => 404),
  );
  app.get('/<x>', (request, { x }) => sseResponse(request, (sse) => sse.send(x)));
  // @ts-expect-error: a comment is not for the log
  new EventLog().send('x', { comment: true });
  app.get(
    '/news',
    withSSE(async (_request, sse) => {
      await fetch('https://example.com/', { signal: sse.signal });
    }),
  );
  const handler: SSEHandler = (_request, sse) => sse.closed;
  new Microdot().route('/', { methods: ['POST'] }, withSSE(handler));
  expect(app.allowedMethods('/1/a')).toContain('GET');
});
