import { isStream, type StreamBody } from './body.ts';
import { host } from './host.ts';
import { mimeType } from './mimeTypes.ts';
import { Response } from './response.ts';

/** How {@link sendFile} answers. */
export interface SendFileOptions extends FileOptions {
  /** 200 by default. Conditional and range requests are answered for 200 alone. */
  statusCode?: number;
  /** By the extension of the file name where it is left out. */
  contentType?: string;
  /** What to send in the place of the file; its name then only decides about the `Content-Type`. */
  stream?: StreamBody | Iterable<Uint8Array | string>;
  /** The `max-age` in seconds; `Response.defaultSendFileMaxAge` by default. */
  maxAge?: number;
  /** The file has been compressed beforehand: `true` says with gzip, a string says how. */
  compressed?: boolean | string;
}

/** What the host has to know to find a file. */
export interface FileOptions {
  /**
   * The directory that the file must be in. A name that leads out of it, links included, is 404, and so is one with a
   * segment that begins with a dot (`.env`, `.git/config`), but for `.well-known/` at its start.
   */
  root?: string;
  /** What to append to the name of the file, such as `'.gz'`. It does not count for the `Content-Type`. */
  fileExtension?: string;
}

/**
 * A response with a file, which is opened once the handler has returned: a missing one is 404. With `ETag`,
 * `Last-Modified`, 304, and ranges.
 *
 * Microdot's `send_file`. Without `root` the name is trusted: never make it of what a client sent.
 *
 * @param filename relative to `root`, or to the current directory.
 */
export function sendFile(filename: string, options: SendFileOptions = {}): Response {
  const { compressed, stream, statusCode } = options;
  const maxAge = options.maxAge ?? Response.defaultSendFileMaxAge;
  const headers: Record<string, string> = {
    'Content-Type': options.contentType ?? typeOf(filename, compressed),
  };
  if (maxAge !== null) headers['Cache-Control'] = `max-age=${maxAge}`;
  if (compressed) headers['Content-Encoding'] = compressed === true ? 'gzip' : compressed;
  if (stream) return new Response(streamOf(stream), statusCode, headers);
  const response = new Response('', statusCode, headers);
  response['~resolve'] = (request) => host.serveFile(request, response, filename, options);
  return response;
}

function streamOf(stream: NonNullable<SendFileOptions['stream']>): StreamBody | Uint8Array {
  if (isStream(stream) || ArrayBuffer.isView(stream)) return stream as StreamBody | Uint8Array;
  return stream[Symbol.iterator]();
}

/** `style.css.gz` is CSS where it is said to be compressed. */
function typeOf(filename: string, compressed: boolean | string | undefined): string {
  const name = compressed && filename.endsWith('.gz') ? filename.slice(0, -3) : filename;
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (Object.hasOwn(Response.typesMap, extension)) return Response.typesMap[extension] as string;
  return mimeType(extension) ?? 'application/octet-stream';
}
