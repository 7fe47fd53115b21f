import { isDeepStrictEqual } from 'node:util';
import { Microdot } from '@microdot/core';
import { FileUpload, FormDataIter } from '@microdot/multipart';
import { show } from './compare.ts';
import type { Outcome, Replay } from './replay.ts';
import type { Connection } from './transport.ts';

/** What one body is made of. */
interface MultipartCase {
  readonly id: string;
  /** As base64; its boundary is `B`. */
  readonly body: string;
  readonly status: number;
  readonly parts: readonly Part[];
}

type Part =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly filename: string;
      readonly content_type: string | null;
      readonly base64: string;
    };

/** Replays the vectors of multipart bodies: one application, which answers with the parts that it was sent. */
export const replayMultipart: Replay = async (file, { transport }) => {
  const app = new Microdot();
  app.post('/', async (request) => {
    const parts: Part[] = [];
    for await (const [name, value] of new FormDataIter(request)) parts.push(await toPart(name, value));
    return parts;
  });
  const connection = await transport.connect(app);
  const outcomes: Outcome[] = [];
  try {
    for (const vector of file.cases as unknown as MultipartCase[])
      outcomes.push({ id: vector.id, differences: await compareParts(vector, connection) });
  } finally {
    await connection.close();
  }
  return outcomes;
};

async function toPart(name: string, value: string | FileUpload): Promise<Part> {
  if (!(value instanceof FileUpload)) return { name, value };
  const base64 = Buffer.from(await value.read()).toString('base64');
  return { name, filename: value.filename, content_type: value.contentType ?? null, base64 };
}

async function compareParts(
  { body, status, parts }: MultipartCase,
  connection: Connection,
): Promise<string[]> {
  const answer = await connection.send({
    method: 'POST',
    path: '/',
    headers: { 'Content-Type': 'multipart/form-data; boundary=B' },
    body: Buffer.from(body, 'base64'),
  });
  if (answer.status !== status) return [`status: ${status} expected, ${answer.status} came`];
  const came: unknown = JSON.parse(Buffer.from(answer.body).toString());
  return isDeepStrictEqual(came, parts) ? [] : [`parts: ${show(parts)} expected, ${show(came)} came`];
}
