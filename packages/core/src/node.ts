import { isUtf8 } from 'node:buffer';
import { host } from './host.ts';
import { serveFile } from './node/files.ts';

export * from './index.ts';

Object.assign(host, {
  byteLength: (text: string): number => Buffer.byteLength(text),
  encode: (text: string): Uint8Array => Buffer.from(text),
  decode,
  serveFile,
  // Loaded when a server is started: an application under a gateway, or under test, never needs them.
  startServer: async (...args) => (await import('./node/server.ts')).startServer(...args),
  run: async (...args) => (await import('./node/run.ts')).run(...args),
} satisfies typeof host);

function decode(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new TypeError('The bytes are not UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
