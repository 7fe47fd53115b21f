import { CookieJar } from './cookieJar.ts';
import { cookieView } from './cookieView.ts';
import { TestClientError } from './errors.ts';
import {
  type Application,
  type Endpoint,
  exchange,
  type RequestOptions,
  type WebSocketOptions,
} from './exchange.ts';
import { type ClientScript, play } from './script.ts';
import { StreamedResponse } from './streamedResponse.ts';
import { TestResponse } from './testResponse.ts';
import { upgradeOptions } from './upgrade.ts';
import { TestWebSocket } from './webSocket.ts';
import { WebSocketLink } from './webSocketLink.ts';

export interface TestClientOptions {
  /** Cookies to begin with, by name; or the jar of another client, to share it. */
  cookies?: Readonly<Record<string, string>> | CookieJar | undefined;
  /** `'http'` by default. */
  scheme?: 'http' | 'https' | undefined;
  /** The `Host` of requests that give none; `'example.com:1234'` by default. */
  host?: string | undefined;
}

/**
 * A client that gives requests to an application without a socket between them. Microdot's `TestClient`.
 *
 * ```ts
 * const client = new TestClient(app);
 * const response = await client.get('/');
 * expect(response.text).toBe('Hello, World!');
 * ```
 *
 * It keeps cookies as a browser does. It does not follow redirects.
 */
export class TestClient {
  readonly #endpoint: Endpoint;
  readonly #cookies: Record<string, string>;

  constructor(app: Application, options: TestClientOptions = {}) {
    const { cookies = {}, scheme = 'http', host = 'example.com:1234' } = options;
    const jar = cookies instanceof CookieJar ? cookies : new CookieJar(host);
    this.#endpoint = { app, jar, scheme, host };
    this.#cookies = cookieView(jar);
    if (!(cookies instanceof CookieJar)) this.cookies = cookies;
  }

  /**
   * The cookies by name: to be read, set and deleted, or replaced by others as a whole. Those that are set go
   * with every request to the `host` of this client. Paths, expiry and the rest are in `cookieJar`.
   */
  get cookies(): Record<string, string> {
    return this.#cookies;
  }

  set cookies(values: Readonly<Record<string, string>>) {
    const entries = Object.entries(values);
    this.cookieJar.clear();
    for (const [name, value] of entries) this.cookieJar.set(name, value);
  }

  get cookieJar(): CookieJar {
    return this.#endpoint.jar;
  }

  get(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('GET', path, options);
  }

  post(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('POST', path, options);
  }

  put(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('PUT', path, options);
  }

  patch(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('PATCH', path, options);
  }

  delete(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('DELETE', path, options);
  }

  head(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('HEAD', path, options);
  }

  options(path: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('OPTIONS', path, options);
  }

  /**
   * Sends a request and reads the whole response.
   *
   * @param path what stands on the request line: percent-encoded, with the query.
   * @throws TestClientError `INVALID_REQUEST`, `BODY_FAILED` or `NO_RESPONSE`.
   */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<TestResponse> {
    return TestResponse.read(await this.stream(method, path, options));
  }

  /**
   * Sends a request and resolves as soon as the head of the response is there. The body comes as it is asked
   * for, which is how a stream without an end can be tested.
   *
   * @throws TestClientError `INVALID_REQUEST` or `NO_RESPONSE`.
   */
  async stream(method: string, path: string, options: RequestOptions = {}): Promise<StreamedResponse> {
    const exchanged = await exchange(this.#endpoint, method, path, options);
    const { name, response, upload } = exchanged;
    if (response['~isHandled']) {
      const message = `${name} was answered with Response.alreadyHandled: connect() is for WebSockets`;
      throw new TestClientError('NO_RESPONSE', message);
    }
    const streamed = await StreamedResponse.of(exchanged);
    if (upload?.failure) {
      await streamed.close();
      throw upload.failure.error;
    }
    return streamed;
  }

  /**
   * Opens a WebSocket, with a route that accepts one through `request.transport.acceptWebSocket` and then
   * returns `Response.alreadyHandled`.
   *
   * @throws TestClientError `NOT_UPGRADED`, with the `response`, where the application does not accept.
   */
  async connect(path: string, options: WebSocketOptions = {}): Promise<TestWebSocket> {
    return (await this.#connect(path, options)).socket;
  }

  /**
   * Opens a WebSocket and lets a generator play the client: what it yields is sent, and the value of the
   * yield is the next message of the application. A yield without a value only waits.
   *
   * ```ts
   * await client.websocket('/echo', async function* () {
   *   expect(yield 'hello').toBe('hello');
   * });
   * ```
   *
   * The value is `undefined` once the application has closed, and where it waits for another message instead
   * of answering. The WebSocket is closed when the generator ends.
   *
   * @returns what the generator returns, or `undefined` if the application closed before it had ended.
   * @throws TestClientError `NOT_UPGRADED` or `HANDLER_FAILED`, with the `response`; and whatever the
   * generator throws.
   */
  async websocket<T>(
    path: string,
    script: () => ClientScript<T>,
    options: WebSocketOptions = {},
  ): Promise<T | undefined> {
    const { socket, link } = await this.#connect(path, options);
    return play(script(), socket, link);
  }

  async #connect(
    path: string,
    options: WebSocketOptions,
  ): Promise<{ socket: TestWebSocket; link: WebSocketLink }> {
    const link = new WebSocketLink();
    const exchanged = exchange(this.#endpoint, 'GET', path, upgradeOptions(options), link.accept);
    return { socket: await TestWebSocket.open(link, exchanged), link };
  }
}
