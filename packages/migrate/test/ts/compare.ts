import { isDeepStrictEqual } from 'node:util';
import type { Answer, Step } from './exchange.ts';

/** Headers that belong to the way, and not to the answer. */
const TRANSPORT = new Set(['date', 'server', 'connection', 'keep-alive', 'transfer-encoding']);

/**
 * Headers that the packages add where Microdot 1.x has none, with the reason. That they are there is no difference; another value of one
 * that Microdot has is.
 */
export const ADDED: Readonly<Record<string, string>> = {
  allow: 'RFC 9110 15.5.6: beside 405',
  etag: 'files have validators',
  'last-modified': 'files have validators',
  'accept-ranges': 'files have ranges',
  vary: 'what depends on a cookie or an origin says so',
  'cache-control': 'a response that sets a session is for nobody else',
  'sec-websocket-version': 'RFC 6455 4.4: beside 426',
  'x-accel-buffering': 'proxies are not to hold events back',
};

/** What of an answer is not as it was recorded. */
export function differences(step: Step, want: Answer, got: Answer): string[] {
  if (want.received || step.ws || step.on) return conversation(step, want, got);
  const found: string[] = [];
  if (want.status !== got.status) found.push(`status ${got.status} in place of ${want.status}`);
  const [a, b] = [headersOf(want), headersOf(got)];
  const isJson = a.get('content-type')?.[0]?.startsWith('application/json') ?? false;
  // RFC 9110 6.4.1: there is no content, and so nothing that would describe it.
  const hasNoContent = want.status === 204 || step.method === 'HEAD';
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    if (name === 'content-length' && (isJson || hasNoContent || !a.has(name) || !b.has(name))) continue;
    if (name === 'content-type' && want.status === 204) continue;
    if (!a.has(name) && name in ADDED) continue;
    if (!isDeepStrictEqual(a.get(name), b.get(name)))
      found.push(`${name}: ${b.get(name)} in place of ${a.get(name)}`);
  }
  const same = isJson ? isDeepStrictEqual(parsed(want.body), parsed(got.body)) : want.body === got.body;
  if (!same) found.push(`body ${JSON.stringify(got.body)} in place of ${JSON.stringify(want.body)}`);
  return found;
}

function conversation(step: Step, want: Answer, got: Answer): string[] {
  if (want.status !== 101)
    return want.status === got.status && want.body === got.body ? [] : [`${got.status} ${got.body}`];
  const expected = (step.dialogue ?? []).filter((item) =>
    Object.keys(item).some((key) => key.startsWith('expect')),
  );
  return expected.flatMap((item, i) => {
    const [a, b] = [want.received?.[i], got.received?.[i]];
    if ('expectEnd' in item) return b?.end ? [] : [`message ${i}: ${JSON.stringify(b)} in place of the end`];
    const same = isDeepStrictEqual(a, b) || isDeepStrictEqual(parsed(a?.text), parsed(b?.text));
    return same ? [] : [`message ${i}: ${JSON.stringify(b)} in place of ${JSON.stringify(a)}`];
  });
}

/** The headers by name; of the session cookie what the token holds, as its signature depends on how JSON is spaced. */
function headersOf(answer: Answer): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const [name, value] of answer.headers ?? []) {
    const key = name.toLowerCase();
    if (TRANSPORT.has(key)) continue;
    headers.set(key, [...(headers.get(key) ?? []), key === 'set-cookie' ? cookie(value) : value]);
  }
  return headers;
}

function cookie(value: string): string {
  const [, token, attributes = ''] = /^session=([^;]*)(.*)$/.exec(value) ?? [];
  if (token === undefined) return value;
  const rest = attributes.replace(/;\s*(?:path|max-age)=[^;]*/gi, '');
  const payload = token.split('.')[1];
  return `session=${payload ? Buffer.from(payload, 'base64url') : ''}${rest}`;
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}
