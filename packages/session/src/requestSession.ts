import type { Maybe, Response } from '@microdot/core';
import { addVary, andThen } from '@microdot/core/extension';
import { checkNames } from './checkNames.ts';
import { COOKIE, type Settings } from './options.ts';
import { type SessionDict, toSessionDict } from './sessionDict.ts';
import type { Opened } from './storage.ts';

/** The session of one request: read when it is first asked for, and sent with the response. */
export class RequestSession<T extends object> {
  readonly #settings: Settings;
  readonly #token: string | undefined;
  #opened: Maybe<Opened> | undefined;
  #dict: SessionDict<T> | undefined;
  /** The snapshot to be saved; `null` where the session is to be deleted. */
  #pending: string | null | undefined;
  #isRotated = false;

  /** @param token the cookie that came. */
  constructor(settings: Settings, token: string | undefined) {
    this.#settings = settings;
    this.#token = token;
  }

  /** Promises a session where there is a cookie to be verified. */
  open(): Maybe<SessionDict<T>> {
    return andThen(this.#open(), ({ data }) => {
      this.#dict ??= toSessionDict<T>(data, this);
      return this.#dict;
    });
  }

  /** @throws SessionError `INVALID_SESSION` or `SESSION_TOO_LARGE`. */
  save(data: object): void {
    checkNames(data);
    this.#pending = this.#settings.storage.snapshot(data);
  }

  delete(): void {
    this.#pending = null;
  }

  rotate(): void {
    this.#isRotated = true;
  }

  /** No shared cache may give one person's page to another. */
  markPersonal(response: Response): void {
    addVary(response.headers, 'Cookie');
  }

  /** Sends the cookie, if there is one to be sent. */
  finish(response: Response): Maybe<void> {
    // A WebSocket, which was answered long since.
    if (response['~isHandled']) return;
    this.markPersonal(response);
    if (this.#pending === undefined) return;
    if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'private');
    return this.#commit(response, this.#pending);
  }

  /** Not before somebody waits for it: a store that fails then fails a request, and not the process. */
  #open(): Maybe<Opened> {
    this.#opened ??= this.#token ? this.#read(this.#token) : EMPTY;
    return this.#opened;
  }

  async #read(token: string): Promise<Opened> {
    const payload = await this.#settings.signer.verify(token);
    return (payload && (await this.#settings.storage.open(payload))) ?? EMPTY;
  }

  async #commit(response: Response, pending: string | null): Promise<void> {
    const { signer, storage, cookieOptions } = this.#settings;
    const { id } = await this.#open();
    if (pending === null) {
      await storage.forget(id);
      response.deleteCookie(COOKIE, cookieOptions);
    } else {
      const payload = await storage.keep(pending, id, this.#isRotated);
      response.setCookie(COOKIE, await signer.sign(payload), cookieOptions);
    }
  }
}

const EMPTY: Opened = { data: {} };
