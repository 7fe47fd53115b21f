import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { differenceOf } from '../lib/ask.js';
import { type RunningServer, SERVERS, startServer } from '../lib/server.js';
import { WORKLOADS } from '../lib/workloads.js';

describe.each(SERVERS)('%s', (name) => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(name);
  }, 60_000);

  afterAll(() => server?.stop());

  it.each(Object.entries(WORKLOADS))('answers %s as it should', async (_name, workload) => {
    expect(await differenceOf(server.port, workload)).toBeUndefined();
  });
});
