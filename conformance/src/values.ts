import { type Body, type HandlerResult, Response, redirect } from '@microdot/core';
import { camelCaseKeys } from './names.ts';
import type { ResponseValue, Value } from './vectors.ts';

/** What a handler is to return, made anew for each request. */
export function toResult(value: Value): HandlerResult {
  if (value.status !== undefined) return value.status;
  if (value.tuple) return toTuple(value.tuple);
  if (value.redirect) return redirect(...value.redirect);
  if (value.response) return toResponse(value.response);
  if (value.none) return undefined;
  return toBody(value);
}

function toBody(value: Value): Body {
  if (value.none) return null;
  if (value.text !== undefined) return value.text;
  if (value.bytes !== undefined) return Buffer.from(value.bytes, 'base64');
  if (value.generator) return generate(value.generator);
  if (value.async_generator) return generateAsync(value.async_generator);
  if ('json' in value) return value.json as object;
  throw new Error(`The driver does not know the value ${JSON.stringify(value)}`);
}

function* generate(pieces: readonly string[]): Generator<string, void, undefined> {
  yield* pieces;
}

async function* generateAsync(pieces: readonly string[]): AsyncGenerator<string, void, undefined> {
  yield* pieces;
}

/** Python's tuples are body, status and headers, of which the last two may be left out, and the first too. */
function toTuple(tuple: NonNullable<Value['tuple']>): Response {
  const [first, ...others] = tuple;
  const hasBody = typeof first === 'object';
  const rest = hasBody ? others : tuple;
  const status = rest.find((item) => typeof item === 'number');
  const headers = rest.find((item) => typeof item === 'object') as Record<string, string> | undefined;
  return new Response(hasBody ? toBody(first as Value) : '', status, headers);
}

function toResponse({ body, status, headers, set_cookies, delete_cookies }: ResponseValue): Response {
  const response = new Response(body ? toBody(body) : '', status, headers);
  for (const [name, value, options] of set_cookies ?? []) {
    response.setCookie(name, value, camelCaseKeys(options));
  }
  for (const [name, options] of delete_cookies ?? []) response.deleteCookie(name, camelCaseKeys(options));
  return response;
}
