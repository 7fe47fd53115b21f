import { HTTPException, MicrodotError } from '@microdot/core';

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/** @throws MicrodotError `INVALID_OPTION` */
export function checkProtocols(protocols: readonly string[]): readonly string[] {
  for (const name of protocols) {
    if (!TOKEN.test(name))
      throw new MicrodotError(
        'INVALID_OPTION',
        `Not a subprotocol: ${JSON.stringify(name)}: write a token, 'chat.v1'`,
      );
  }
  return protocols;
}

/**
 * The first of `supported` that the client offers. With none in common there is no subprotocol, and a browser closes.
 *
 * @throws HTTPException 400 where the header is not a list of tokens, each once (RFC 6455 4.1).
 */
export function chooseProtocol(header: string | undefined, supported: readonly string[]): string | undefined {
  if (header === undefined) return undefined;
  const offered = header.split(',').map((name) => name.trim());
  if (!offered.every((name) => TOKEN.test(name)) || new Set(offered).size < offered.length)
    throw new HTTPException(400, 'Sec-WebSocket-Protocol is not a list of subprotocols');
  return supported.find((name) => offered.includes(name));
}
