import type { RequestHeaders } from './headers.ts';
import { parseHttpDate } from './httpDate.ts';

/** What tells one version of a representation from another (RFC 9110 8.8). */
export interface Validators {
  readonly etag: string | undefined;
  /** As the header says it: it is read where a condition asks for it, which is rare. */
  readonly lastModified: string | undefined;
  /** Whether nothing can have changed twice in the second of `lastModified` (RFC 9110 8.8.2.2). */
  readonly isStrong: boolean;
}

/**
 * Evaluates the conditions of a GET or HEAD request in the order of RFC 9110 13.2.2. The stricter condition makes the
 * looser one void: `If-Unmodified-Since` counts only without `If-Match`, `If-Modified-Since` without `If-None-Match`.
 *
 * @returns 200 where the request goes on, or else the status to answer with.
 */
export function checkConditions(headers: RequestHeaders, validators: Validators): 200 | 304 | 412 {
  const ifMatch = headers.get('if-match');
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, validators.etag, isSameStrong)) return 412;
  } else if (changedAfter(validators, headers.get('if-unmodified-since')) > 0) {
    return 412;
  }
  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, validators.etag, isSameWeak) ? 304 : 200;
  return changedAfter(validators, headers.get('if-modified-since')) <= 0 ? 304 : 200;
}

/**
 * Whether a `Range` may be answered: not where `If-Range` names another version than this, as the client would put
 * parts of two together (RFC 9110 13.1.5). Weak validators never match, for the same reason.
 */
export function allowsRange(headers: RequestHeaders, validators: Validators): boolean {
  const ifRange = headers.get('if-range');
  if (ifRange === undefined) return true;
  if (ifRange.includes('"')) return isSameStrong(ifRange, validators.etag);
  return validators.isStrong && changedAfter(validators, ifRange) === 0;
}

/** By how many milliseconds. A malformed date compares with nothing, as NaN does: its condition is to be ignored (RFC 9110 13.1.3). */
function changedAfter({ lastModified }: Validators, date: string | undefined): number {
  if (lastModified === undefined || date === undefined) return Number.NaN;
  return (parseHttpDate(lastModified) ?? Number.NaN) - (parseHttpDate(date) ?? Number.NaN);
}

/** A tag may hold a comma, so the list is not to be split at commas. */
const ENTITY_TAGS = /(?:W\/)?"[^"]*"/g;

function matches(
  list: string,
  etag: string | undefined,
  isSame: (tag: string, etag: string | undefined) => boolean,
): boolean {
  return list === '*' || (list.match(ENTITY_TAGS)?.some((tag) => isSame(tag, etag)) ?? false);
}

function isSameStrong(tag: string, etag: string | undefined): boolean {
  return tag === etag && !tag.startsWith('W/');
}

function isSameWeak(tag: string, etag: string | undefined): boolean {
  return etag !== undefined && opaque(tag) === opaque(etag);
}

function opaque(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}
