import { isUtf8 } from 'node:buffer';
import { host } from './host.ts';
import { MICRODOT_TYPES } from './mimeTypes.ts';
import { Response } from './response.ts';

export * from './index.ts';

Object.assign(host, {
  byteLength: (text: string): number => Buffer.byteLength(text),
  encode: (text: string): Uint8Array => Buffer.from(text),
  decode,
  serveFile: (...args) =>
    serveFile
      ? serveFile(...args)
      : import('./node/files.ts').then((files) => {
          ({ serveFile } = files);
          return serveFile(...args);
        }),
  // Loaded when they are needed: an application under a gateway, or under test, starts no server.
  startServer: async (...args) => (await import('./node/server.ts')).startServer(...args),
  run: async (...args) => (await import('./node/run.ts')).run(...args),
} satisfies typeof host);

Object.assign(Response.typesMap, MICRODOT_TYPES);

let serveFile: typeof host.serveFile | undefined;

function decode(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new TypeError('The bytes are not UTF-8');
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString();
}
