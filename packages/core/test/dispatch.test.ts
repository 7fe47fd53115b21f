import { createHook } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { requestTo } from './ask.ts';

/** Counts the promises that are made while `work` runs. */
function promisesIn(work: () => unknown): number {
  let count = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === 'PROMISE') count++;
    },
  }).enable();
  try {
    work();
  } finally {
    hook.disable();
  }
  return count;
}

describe('dispatch', () => {
  const app = new Microdot({ logger: { info() {}, error() {} } });
  app.beforeRequest(() => {});
  app.afterRequest((_, response) => response.headers.set('X-A', '1'));
  app.get('/text', () => 'text');
  app.get('/users/<int:id>', (_, { id }) => ({ id }));
  app.get('/fails', () => {
    throw new Error('it does');
  });
  app.get('/async', async () => 'text');

  it.each(['/text', '/users/1', '/fails', '/none'])('makes no promise for a synchronous route: %s', (url) => {
    const request = requestTo(app, url);
    expect(promisesIn(() => app.dispatchRequest(request))).toBe(0);
    expect(app.dispatchRequest(requestTo(app, url))).toHaveProperty('statusCode');
  });

  it('makes one for an asynchronous route, which shows that they are counted', async () => {
    const request = requestTo(app, '/async');
    let response: unknown;
    expect(promisesIn(() => (response = app.dispatchRequest(request)))).toBeGreaterThan(0);
    expect(await response).toHaveProperty('body', 'text');
  });

  it('takes whatever has a then for a promise', async () => {
    const thenable = new Microdot();
    const later = { then: (done: (value: string) => void) => done('there') };
    thenable.get('/', () => later as unknown as Promise<string>);
    expect(await thenable.dispatchRequest(requestTo(thenable, '/'))).toHaveProperty('body', 'there');
  });

  it('never throws and never rejects', async () => {
    const broken = new Microdot({ logger: { info() {}, error() {} } });
    broken.errorHandler(500, () => {
      throw new Error('here too');
    });
    broken.get('/', () => Promise.reject(null));
    expect(await broken.dispatchRequest(requestTo(broken, '/'))).toHaveProperty('statusCode', 500);
  });
});
