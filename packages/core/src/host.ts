import type { Microdot } from './app.ts';
import { MicrodotError } from './errors.ts';
import type { Maybe } from './maybe.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';
import type { FileOptions } from './sendFile.ts';
import type { Server, ServerOptions } from './server.ts';
import { byteLength, decode, encode } from './utf8.ts';

/**
 * What Microdot asks of the place that it runs in. The portable entry brings UTF-8 in plain ECMAScript and refuses
 * the rest; a host's own entry (`node.ts`) fills in what it has.
 */
export interface Host {
  /** The length of `text` in UTF-8, in bytes. */
  byteLength(text: string): number;
  encode(text: string): Uint8Array;
  /** @throws Error where the bytes are not UTF-8. */
  decode(bytes: Uint8Array): string;
  /** Answers `request` with a file: fills in `response`, or throws an `HTTPException` of 404. */
  serveFile(request: Request, response: Response, filename: string, options: FileOptions): Maybe<Response>;
  startServer(app: Microdot, options: ServerOptions): Promise<Server>;
  run(app: Microdot, options: ServerOptions): Promise<void>;
}

function missing(what: string): () => never {
  return () => {
    throw new MicrodotError('NO_HOST', `${what} needs a host: import '@microdot/core' on Node`);
  };
}

export const host: Host = {
  byteLength,
  encode,
  decode,
  serveFile: missing('sendFile()'),
  startServer: missing('startServer()'),
  run: missing('run()'),
};
