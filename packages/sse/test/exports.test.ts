import { expect, it } from '@jest/globals';
import * as sse from '@microdot/sse';

it('exports what its documentation names, and nothing else', () => {
  expect(Object.keys(sse).sort()).toEqual([
    'EventLog',
    'SSEError',
    'ServerSentEvent',
    'sseResponse',
    'withSSE',
  ]);
});

it('tells the events that an application derives from its own', () => {
  class Tick extends sse.ServerSentEvent {}
  expect(new sse.ServerSentEvent('x') instanceof Tick).toBe(false);
  expect(new Tick('x') instanceof sse.ServerSentEvent).toBe(true);
});
