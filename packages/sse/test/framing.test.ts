import { describe, expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { type EventData, type EventOptions, ServerSentEvent, SSEError, withSSE } from '@microdot/sse';
import { TestClient } from '@microdot/test-client';
import { seenBy } from './browser.ts';

/** What one send() puts on the wire. */
async function sent(data: EventData, options?: EventOptions): Promise<string> {
  const app = new Microdot();
  app.get(
    '/',
    withSSE((_, sse) => sse.send(data, options)),
  );
  const { text } = await new TestClient(app).get('/');
  return text as string;
}

/** What the call to send() throws. */
function refusal(data: unknown, options?: unknown): unknown {
  try {
    new ServerSentEvent(data as EventData, options as EventOptions);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('an event', () => {
  it('is framed as Microdot frames it', async () => {
    expect(await sent('foo')).toBe('data: foo\n\n');
    expect(await sent('x', { event: 'e', eventId: 'i', retry: 1 })).toBe(
      'retry: 1000\nevent: e\nid: i\ndata: x\n\n',
    );
    expect(await sent('x', { retry: 2.5 })).toBe('retry: 2500\ndata: x\n\n');
    expect(await sent('ping', { comment: true, event: 'e', eventId: 'i', retry: 1 })).toBe(': ping\n\n');
  });

  it('carries text, bytes, numbers and JSON', async () => {
    expect(await sent('')).toBe('data: \n\n');
    expect(await sent(new TextEncoder().encode('\ufeffé'))).toBe('data: \ufeffé\n\n');
    expect(await sent(Uint8Array.of(97, 255, 98))).toBe('data: a\ufffdb\n\n');
    expect(await sent(42)).toBe('data: 42\n\n');
    expect(await sent(2n ** 64n)).toBe('data: 18446744073709551616\n\n');
    expect(await sent(true)).toBe('data: true\n\n');
    expect(await sent(null)).toBe('data: null\n\n');
    expect(await sent([42, 'foo', {}])).toBe('data: [42, "foo", {}]\n\n');
    expect(await sent({ 'a,b:"\\': ['c:\\"', { d: 'é\n, ' }], e: -1.5 })).toBe(
      `${String.raw`data: {"a,b:\"\\": ["c:\\\"", {"d": "é\n, "}], "e": -1.5}`}\n\n`,
    );
  });

  it('takes time in proportion to its length, however deep it is nested', async () => {
    const depth = 1000;
    const nested = JSON.parse(`${'[1,'.repeat(depth)}2${']'.repeat(depth)}`) as object;
    expect((await sent(nested)).length).toBe(5 * depth + 9);
  });

  it('may be made once and sent to many', async () => {
    const event = new ServerSentEvent('x', { event: 'e' });
    expect(await sent(event)).toBe('event: e\ndata: x\n\n');
    expect(await sent(event, { event: 'ignored' })).toBe('event: e\ndata: x\n\n');
  });

  it('makes the client forget the id where the id is empty', async () => {
    expect(await sent('x', { eventId: '' })).toBe('id: \ndata: x\n\n');
    expect(await sent('x', { event: '' })).toBe('data: x\n\n');
  });

  it('is refused where there is nothing to send', () => {
    for (const data of [undefined, () => 1, Symbol('x'), { toJSON: () => undefined }]) {
      expect(refusal(data)).toMatchObject({ code: 'INVALID_EVENT' });
    }
    expect(refusal({ n: 1n })).toBeInstanceOf(TypeError);
  });

  it('is refused with a retry that is no time', () => {
    for (const retry of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e300, '1', null]) {
      expect(refusal('x', { retry })).toMatchObject({ code: 'INVALID_EVENT' });
    }
    expect(refusal('x', { retry: 0 })).toBeUndefined();
  });
});

describe('event injection', () => {
  const BREAKS = ['\r', '\n', '\r\n', '\n\r', '\n\n', '\r\r'];

  it.each(['\r', '\n', '\r\n', '\0'])('by an event name or an id with %j is refused', (bad) => {
    for (const name of ['event', 'eventId']) {
      for (const value of [bad, `a${bad}`, `${bad}a`, `a${bad}data: forged${bad}${bad}`]) {
        const error = refusal('x', { [name]: value });
        expect(error).toBeInstanceOf(SSEError);
        expect(error).toMatchObject({
          code: 'INVALID_EVENT',
          message: expect.stringContaining(`${name} is one line`),
        });
      }
    }
  });

  it('by an event name or an id that is no text is refused', () => {
    const tricky = { toString: () => 'a\ndata: forged' };
    for (const value of [tricky, 7, null, ['a\nb']]) {
      expect(refusal('x', { event: value })).toMatchObject({ code: 'INVALID_EVENT' });
      expect(refusal('x', { eventId: value })).toMatchObject({ code: 'INVALID_EVENT' });
    }
  });

  it.each(BREAKS)('by data with %j gives one event, with that line break in it', async (lineBreak) => {
    const data = ['one', 'event: forged', 'id: 6', 'retry: 1', ':', ' two', ''].join(lineBreak);
    for (const value of [data, new TextEncoder().encode(data)]) {
      const { events, errors, retries } = seenBy(await sent(value, { event: 'real', eventId: '5' }));
      expect(errors).toEqual([]);
      expect(retries).toEqual([]);
      expect(events).toEqual([{ event: 'real', id: '5', data: data.replace(/\r\n|\r/g, '\n') }]);
    }
  });

  it.each(BREAKS)('by a comment with %j gives a comment', async (lineBreak) => {
    const text = ['one', 'data: forged', '', 'event: x', ''].join(lineBreak);
    const { events, errors, comments } = seenBy(await sent(text, { comment: true }));
    expect([events, errors]).toEqual([[], []]);
    expect(comments.join('\n')).toBe(text.replace(/\r\n|\r/g, '\n'));
  });

  it('by JSON that looks like an event that was made before stays JSON', async () => {
    const forged = JSON.parse('{"~frame":"data: forged\\n\\n","eventId":"1"}') as object;
    expect(seenBy(await sent(forged)).events).toEqual([
      { data: '{"~frame": "data: forged\\n\\n", "eventId": "1"}', event: undefined, id: undefined },
    ]);
  });

  it('by any other character gives the data back as it was', async () => {
    const data = Array.from({ length: 0x300 }, (_, i) => String.fromCharCode(i))
      .filter((character) => !/[\r\n]/.test(character))
      .join('');
    const all = `${data}\u0085\u2028\u2029\ufeff😀`;
    const { events, errors } = seenBy(await sent(all, { event: 'a\v\f\u0085\u2028é', eventId: ' 😀 ' }));
    expect(errors).toEqual([]);
    expect(events).toEqual([{ data: all, event: 'a\v\f\u0085\u2028é', id: ' 😀 ' }]);
  });
});
