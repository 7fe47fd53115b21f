import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { EventLog, withSSE } from '@microdot/sse';
import { type StreamedResponse, TestClient } from '@microdot/test-client';

function serve(log: EventLog): TestClient {
  const app = new Microdot();
  app.get(
    '/',
    withSSE((_, sse) => log.follow(sse, { onMissed: () => sse.send('', { event: 'reload' }) })),
  );
  return new TestClient(app);
}

/** Connects, and has the handler running. */
async function connect(client: TestClient, lastEventId?: string): Promise<Follower> {
  const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
  const response = await client.stream('GET', '/', { headers });
  return new Follower(response);
}

class Follower {
  readonly response: StreamedResponse;
  readonly #events: AsyncGenerator<{ data: string; event: string | undefined; eventId: string | undefined }>;

  constructor(response: StreamedResponse) {
    this.response = response;
    this.#events = response.events();
  }

  async next(): Promise<string> {
    const { value } = await this.#events.next();
    return value ? `${value.event ?? ''}:${value.data}` : 'over';
  }

  async take(n: number): Promise<string[]> {
    const taken: string[] = [];
    while (taken.length < n) taken.push(await this.next());
    return taken;
  }
}

describe('an event log', () => {
  it('sends a new client what comes, and nothing that was', async () => {
    const log = new EventLog();
    log.send('before');
    const follower = await connect(serve(log));
    const next = follower.next();
    await sleep(1);
    log.send({ a: 1 }, { event: 'x' });
    expect(await next).toBe('x:{"a": 1}');
    log.send('two');
    log.send('three');
    expect(await follower.take(2)).toEqual([':two', ':three']);
    await follower.response.close();
  });

  it('sends a client that connects again what came after the event that it had', async () => {
    const log = new EventLog();
    const ids = ['a', 'b', 'c'].map((data) => log.send(data));
    expect(new Set(ids).size).toBe(3);
    const follower = await connect(serve(log), ids[0]);
    expect(await follower.take(2)).toEqual([':b', ':c']);
    const next = follower.next();
    await sleep(1);
    log.send('d');
    expect(await next).toBe(':d');
    await follower.response.close();
  });

  it('takes the ids of the application', async () => {
    const log = new EventLog();
    expect(log.send('a', { eventId: 'é1' })).toBe('é1');
    log.send('b', { eventId: 'é2' });
    const follower = await connect(serve(log), '\xc3\xa91');
    expect(await follower.next()).toBe(':b');
    await follower.response.close();
  });

  it('says so where events were missed, and goes on with what it has', async () => {
    const log = new EventLog({ size: 2 });
    const ids = ['a', 'b', 'c', 'd'].map((data) => log.send(data));
    for (const id of [ids[0], 'of another log', 'x'.repeat(2000)]) {
      const follower = await connect(serve(log), id);
      expect(await follower.take(3)).toEqual(['reload:', ':c', ':d']);
      await follower.response.close();
    }
    const follower = await connect(serve(log), ids[1]);
    expect(await follower.take(3).catch(() => [])).toEqual(expect.arrayContaining([':c', ':d']));
    await follower.response.close();
  });

  it('does not take the ids of another log for its own', async () => {
    const old = new EventLog();
    const id = old.send('a');
    const log = new EventLog();
    log.send('b');
    const follower = await connect(serve(log), id);
    expect(await follower.take(2)).toEqual(['reload:', ':b']);
    await follower.response.close();
  });

  it('keeps no events for a client that does not read, beyond its own', async () => {
    const log = new EventLog({ size: 3 });
    const follower = await connect(serve(log));
    const first = follower.next();
    await sleep(1);
    log.send(0);
    expect(await first).toBe(':0');
    for (let n = 1; n < 10; n++) {
      log.send(n);
      await sleep(1);
    }
    // One was on its way; of the others only the last three are there.
    expect(await follower.take(5)).toEqual([':1', 'reload:', ':7', ':8', ':9']);
    await follower.response.close();
  });

  it('lets go of a client that leaves', async () => {
    const log = new EventLog();
    const client = serve(log);
    const followers = await Promise.all([connect(client), connect(client)]);
    const nexts = followers.map((follower) => follower.next());
    await sleep(1);
    // Resolves only when the handler has ended.
    await followers[0]?.response.close();
    log.send('x');
    expect(await Promise.all(nexts)).toEqual(['over', ':x']);
    await followers[1]?.response.close();
  });

  it('lets go of a stream whose handler has ended', async () => {
    const log = new EventLog();
    const app = new Microdot();
    let following: Promise<void> | undefined;
    app.get(
      '/',
      withSSE((_, sse) => {
        following = log.follow(sse);
      }),
    );
    expect((await new TestClient(app).get('/')).text).toBe('');
    log.send('x');
    await following;
  });

  it('fails where the application does, when it is told of missed events', async () => {
    const log = new EventLog();
    const app = new Microdot();
    app.get(
      '/',
      withSSE((_, sse) =>
        log.follow(sse, {
          onMissed: () => {
            throw new Error('oops');
          },
        }),
      ),
    );
    const response = await new TestClient(app).stream('GET', '/', { headers: { 'Last-Event-ID': '?' } });
    await expect(response.next()).rejects.toThrow(/oops/);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('of size %d is refused', (size) => {
    expect(() => new EventLog({ size })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});
