import { build } from './application.ts';
import { compare } from './compare.ts';
import { type Deviation, deviationOf } from './deviations.ts';
import type { Extension } from './extension.ts';
import type { Answer, Connection, Transport } from './transport.ts';
import type { Spec, VectorCase, VectorFile, VectorResponse } from './vectors.ts';
import { Visitor } from './visitor.ts';

/** What came of a vector. It passed where there are no differences. */
export interface Outcome {
  readonly id: string;
  readonly differences: readonly string[];
  /** The answer is not the recorded one, and is the right one. */
  readonly deviation?: Pick<Deviation, 'name' | 'reason'>;
  /** Why the transport cannot express it; it was neither passed nor failed. */
  readonly skipped?: string;
}

export interface ReplayOptions {
  readonly transport: Transport;
  /** Makes the handlers of the applications asynchronous. */
  readonly isAsync?: boolean;
}

/** Replays the vectors of a family. */
export type Replay = (file: VectorFile, options: ReplayOptions) => Promise<Outcome[]>;

/** Replays vectors that ask applications, with the steps and decorators that the extensions bring. */
export function replayWith(...extensions: Extension[]): Replay {
  return async (file, { transport, isAsync = false }) => {
    const connections = new Map<string, Promise<Connection>>();
    // Many cases ask the same application: it is built, and served, once.
    const connect = (spec: Spec, { app, limits }: VectorCase): Promise<Connection> => {
      const key = JSON.stringify([app, limits]);
      const connection =
        connections.get(key) ?? transport.connect(build(spec, { extensions, limits, isAsync }));
      connections.set(key, connection);
      return connection;
    };
    const outcomes: Outcome[] = [];
    try {
      for (const vector of file.cases)
        outcomes.push(await replay(vector, file.apps ?? [], transport, connect));
    } finally {
      await Promise.all([...connections.values()].map(async (connection) => (await connection).close()));
    }
    return outcomes;
  };
}

async function replay(
  vector: VectorCase,
  apps: readonly Spec[],
  transport: Transport,
  connect: (spec: Spec, vector: VectorCase) => Promise<Connection>,
): Promise<Outcome> {
  const { id, requests = [], responses = [] } = vector;
  const skipped = requests
    .map((request) => transport.refuses(request))
    .find((reason) => reason !== undefined);
  if (skipped !== undefined) return { id, differences: [], skipped };
  try {
    const spec = apps[vector.app ?? 0] ?? [];
    const answers = await ask(vector, await connect(spec, vector));
    const differences = compareAll(vector, responses, answers, transport);
    if (differences.length === 0) return { id, differences };
    const instead = deviationOf(vector, spec);
    if (!instead) return { id, differences };
    const { deviation } = instead;
    return { id, differences: compareAll(vector, instead.responses, answers, transport), deviation };
  } catch (error) {
    return { id, differences: [`no answer: ${error instanceof Error ? error.stack : error}`] };
  }
}

async function ask({ requests = [] }: VectorCase, connection: Connection): Promise<Answer[]> {
  const answers: Answer[] = [];
  let visitor = new Visitor(connection);
  for (const request of requests) {
    if (request.new_client) visitor = new Visitor(connection);
    answers.push(await visitor.send(request));
  }
  return answers;
}

function compareAll(
  { requests = [] }: VectorCase,
  responses: readonly VectorResponse[],
  answers: readonly Answer[],
  { adds }: Transport,
): string[] {
  return answers.flatMap((answer, i) => {
    const { method, path } = requests[i] ?? {};
    return compare(responses[i] as VectorResponse, answer, adds).map((line) => `${method} ${path}: ${line}`);
  });
}
