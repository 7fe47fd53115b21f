import { CookieJar } from '@microdot/test-client';
import type { Answer, Connection } from './transport.ts';
import type { VectorRequest } from './vectors.ts';

/** Who sends the requests of a case: keeps the cookies. */
export class Visitor {
  readonly #connection: Connection;
  readonly #jar = new CookieJar('example.com');

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async send(request: VectorRequest): Promise<Answer> {
    // The client of the recording sent Secure cookies over http as well.
    const url = { host: 'example.com', path: request.path.split('?')[0] as string, isSecure: true };
    const answer = await this.#connection.send({
      ...request,
      headers: withCookies(request.headers ?? {}, this.#jar.header(url)),
    });
    const setCookies = answer.headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
    this.#jar.store(
      setCookies.map(([, value]) => value),
      url,
    );
    return answer;
  }
}

function withCookies(
  headers: Readonly<Record<string, string>>,
  cookies: string | undefined,
): Record<string, string> {
  if (cookies === undefined) return { ...headers };
  const name = Object.keys(headers).find((key) => key.toLowerCase() === 'cookie') ?? 'Cookie';
  return { ...headers, [name]: headers[name] === undefined ? cookies : `${headers[name]}; ${cookies}` };
}
