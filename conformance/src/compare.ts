import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './transport.ts';
import type { VectorResponse } from './vectors.ts';

/**
 * How an answer differs from what it must be, a line for each difference.
 *
 * @param adds headers that the transport brings, and that no recording has.
 */
export function compare(expected: VectorResponse, answer: Answer, adds: ReadonlySet<string>): string[] {
  const differences: string[] = [];
  if (answer.status !== expected.status)
    differences.push(`status: ${expected.status} expected, ${answer.status} came`);
  // A recording of the status alone fixes nothing else.
  if (!expected.headers) return differences;
  return [...differences, ...compareHeaders(expected, answer, adds), ...compareBody(expected, answer)];
}

function compareHeaders(expected: VectorResponse, answer: Answer, adds: ReadonlySet<string>): string[] {
  const wanted = new Map(Object.entries(expected.headers ?? {}));
  const came = group(answer.headers);
  for (const name of adds) came.delete(name);
  if (isLengthFree(expected, answer, adds)) {
    wanted.delete('content-length');
    came.delete('content-length');
  }
  return [...new Set([...wanted.keys(), ...came.keys()])]
    .filter((name) => !isDeepStrictEqual(normal(name, wanted.get(name)), normal(name, came.get(name))))
    .map((name) => `${name}: ${show(wanted.get(name))} expected, ${show(came.get(name))} came`);
}

function isLengthFree(expected: VectorResponse, answer: Answer, adds: ReadonlySet<string>): boolean {
  const { headers = {} } = expected;
  // Python writes JSON with spaces, which shows in the answer to a HEAD as well.
  if ('json' in expected || headers['content-type']?.[0]?.startsWith('application/json')) return true;
  // A server says how long an empty body is where the application leaves that open.
  return adds.size > 0 && answer.body.length === 0 && !headers['content-length'];
}

function group(headers: Answer['headers']): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [written, value] of headers) {
    const name = written.toLowerCase();
    grouped.set(name, [...(grouped.get(name) ?? []), value]);
  }
  return grouped;
}

/** `Allow` is a set. */
function normal(name: string, values: readonly string[] | undefined): readonly string[] | undefined {
  return name === 'allow'
    ? values?.flatMap((value) => value.split(',').map((method) => method.trim())).sort()
    : values;
}

function compareBody(expected: VectorResponse, answer: Answer): string[] {
  const body = Buffer.from(answer.body);
  if (expected.base64 !== undefined) return difference(expected.base64, body.toString('base64'));
  if (!('json' in expected)) return difference(expected.text ?? '', body.toString());
  try {
    const json: unknown = JSON.parse(body.toString());
    return isDeepStrictEqual(json, expected.json) ? [] : difference(expected.json, json);
  } catch {
    return difference(expected.json, body.toString());
  }
}

function difference(expected: unknown, came: unknown): string[] {
  return expected === came ? [] : [`body: ${show(expected)} expected, ${show(came)} came`];
}

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'none';
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
