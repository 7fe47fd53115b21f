import { Microdot } from '@microdot/core';
import { type EventData, type EventOptions, withSSE } from '@microdot/sse';
import { show } from './compare.ts';
import { camelCaseKeys } from './names.ts';
import type { Replay } from './replay.ts';
import type { Transport } from './transport.ts';
import type { VectorCase } from './vectors.ts';

interface FrameCase extends VectorCase {
  readonly send: { readonly data: EventData; readonly [option: string]: unknown };
  readonly body: string;
  /** These are among the headers of the answer: what else an event stream needs, the original leaves to a proxy. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Replays the vectors that say what one `send()` puts on the wire. */
export const replaySSEFrames: Replay = async (file, { transport, isAsync = false }) => {
  const outcomes = [];
  for (const vector of file.cases as readonly FrameCase[])
    outcomes.push({ id: vector.id, differences: await compareFrame(vector, transport, isAsync) });
  return outcomes;
};

async function compareFrame(
  { send: { data, ...options }, body, headers }: FrameCase,
  transport: Transport,
  isAsync: boolean,
): Promise<string[]> {
  const app = new Microdot({ logger: { info() {}, error() {} } });
  app.get(
    '/',
    withSSE(async (_, sse) => {
      // Later than the server asks for it.
      if (isAsync) await new Promise((resolve) => setImmediate(resolve));
      await sse.send(data, camelCaseKeys<EventOptions>(options));
    }),
  );
  const connection = await transport.connect(app);
  try {
    const answer = await connection.send({ method: 'GET', path: '/', headers: {} });
    const came = new Map(answer.headers.map(([name, value]) => [name.toLowerCase(), value]));
    return [
      ...difference('status', 200, answer.status),
      ...Object.entries(headers).flatMap(([name, value]) => difference(name, value, came.get(name))),
      ...difference('body', body, Buffer.from(answer.body).toString()),
    ];
  } catch (error) {
    return [`no answer: ${error}`];
  } finally {
    await connection.close();
  }
}

function difference(what: string, expected: unknown, came: unknown): string[] {
  return expected === came ? [] : [`${what}: ${show(expected)} expected, ${show(came)} came`];
}
