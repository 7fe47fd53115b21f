import type { CookieOptions, Request, Response } from '@microdot/core';
import { Session } from '@microdot/session';
import type { UserId } from './login.ts';

const COOKIE = '_remember';
const DAY = 24 * 60 * 60;

/** What the cookie says. */
export interface Remembered {
  readonly userId: UserId;
  readonly days: number;
}

/** The cookie that logs somebody in again after the session has ended: a token as the session is, with an end of its own. */
export class RememberCookie {
  /** What to do to the cookie: one thing for each request, the last one that was asked for. */
  readonly #pending: WeakMap<object, Remembered | null> = new WeakMap();

  /** What a request has of it; `undefined` where it is not valid. */
  async read<G>(request: Request<G>): Promise<Remembered | undefined> {
    const token = request.cookies[COOKIE];
    const payload = token ? await Session['~of'](request)['~verify'](token) : undefined;
    return payload && toRemembered(payload);
  }

  /** Sets it, or sets it anew. */
  set<G>(request: Request<G>, remembered: Remembered): void {
    this.#plan(request, remembered);
  }

  /** Makes the browser forget it, if it has one. */
  delete<G>(request: Request<G>): void {
    if (request.cookies[COOKIE] !== undefined || this.#pending.has(request)) this.#plan(request, null);
  }

  #plan<G>(request: Request<G>, what: Remembered | null): void {
    const isFirst = !this.#pending.has(request);
    this.#pending.set(request, what);
    if (isFirst) request.afterRequest((_, response) => this.#finish(request, response));
  }

  async #finish<G>(request: Request<G>, response: Response): Promise<void> {
    if (response['~isHandled']) return;
    const session = Session['~of'](request);
    const planned = this.#pending.get(request);
    const { maxAge: _, expires: __, ...options } = session['~cookieOptions'] as CookieOptions;
    if (!planned) {
      response.deleteCookie(COOKIE, options);
      return;
    }
    const { userId, days } = planned;
    const exp = Math.floor(Date.now() / 1000) + days * DAY;
    const json = JSON.stringify({ user_id: userId, days, exp });
    response.setCookie(COOKIE, await session['~sign'](json), { ...options, maxAge: days * DAY });
  }
}

/**
 * Sessions are signed with the same key, and a client may send one as this cookie. So one that says anything more is
 * none of ours: a session that holds a `user_id` of the application's own must not become a login.
 */
function toRemembered(payload: Record<string, unknown>): Remembered | undefined {
  const { user_id: userId, days, exp, ...rest } = payload;
  if (Object.keys(rest).length > 0 || !isUserId(userId)) return undefined;
  return isDays(days) && typeof exp === 'number' ? { userId, days } : undefined;
}

export function isUserId(id: unknown): id is UserId {
  return typeof id === 'string' ? id !== '' : Number.isFinite(id);
}

/** Chromium keeps no cookie for more than 400 days. */
export function isDays(days: unknown): days is number {
  return Number.isInteger(days) && (days as number) >= 1 && (days as number) <= 400;
}
