import { type Microdot, Request, RequestHeaders, type Response } from '@microdot/core';
import { openStream } from '../src/body.ts';

export interface Question {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Answer {
  status: number;
  headers: Map<string, string>;
  setCookies: string[];
  text: string;
  bytes: Uint8Array;
  response: Response;
}

/** Makes a request as a server would. */
export function requestTo<G>(app: Microdot<G>, url: string, question: Question = {}): Request<G> {
  const body = typeof question.body === 'string' ? Buffer.from(question.body) : question.body;
  const headers = { ...question.headers, ...(body && { 'Content-Length': String(body.length) }) };
  return new Request(app, {
    method: question.method ?? 'GET',
    url,
    headers: new RequestHeaders(Object.entries(headers).flat()),
    transport: { scheme: 'http', clientAddr: ['127.0.0.1', 1234] },
    body,
  });
}

/** Asks an application, and reads the whole answer as a server would write it. */
export async function ask<G>(app: Microdot<G>, url: string, question: Question = {}): Promise<Answer> {
  const response = await app.dispatchRequest(requestTo(app, url, question));
  const list = response['~wireHeaders'](question.method ?? 'GET');
  const headers = new Map<string, string>();
  const setCookies: string[] = [];
  for (let i = 0; i < list.length; i += 2) {
    const name = (list[i] as string).toLowerCase();
    if (name === 'set-cookie') setCookies.push(list[i + 1] as string);
    else headers.set(name, list[i + 1] as string);
  }
  const bytes = question.method === 'HEAD' ? Buffer.alloc(0) : await read(response);
  return { status: response.statusCode, headers, setCookies, text: bytes.toString(), bytes, response };
}

async function read({ body }: Response): Promise<Buffer> {
  if (body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (ArrayBuffer.isView(body)) return Buffer.from(body);
  const source = openStream(body);
  const chunks: Buffer[] = [];
  for (;;) {
    const { value, done } = await source.next();
    if (done) return Buffer.concat(chunks);
    chunks.push(Buffer.from(value as string));
  }
}
