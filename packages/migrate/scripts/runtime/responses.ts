import { type HandlerResult, Response } from '@microdot/core';
import { entries, isPlain } from './items.ts';
import type { Untyped } from './untyped.ts';

/** The response for what a Python handler may return as a tuple: body, status, headers. */
export function respond(value: Untyped): HandlerResult {
  if (!Array.isArray(value)) return toJson(value);
  const [first, second, third] = value;
  if (typeof first === 'number') return new Response('', first, second);
  const body = toJson(first);
  return typeof second === 'number' ? new Response(body, second, third) : new Response(body, 200, second);
}

/** What Python's `json` makes of dictionaries with keys of any kind. */
export function toJson(value: Untyped): Untyped {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map || isPlain(value)) {
    return Object.fromEntries(entries(value).map(([key, item]) => [String(key), toJson(item)]));
  }
  return value;
}
