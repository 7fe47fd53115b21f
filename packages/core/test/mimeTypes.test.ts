import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { mimeType } from '../src/mimeTypes.ts';

it.each<[string, string | undefined]>([
  ['avif', 'image/avif'],
  ['csv', 'text/csv; charset=UTF-8'],
  ['gz', 'application/gzip'],
  ['htm', 'text/html; charset=UTF-8'],
  ['ico', 'image/vnd.microsoft.icon'],
  ['jpeg', 'image/jpeg'],
  ['m4a', 'audio/mp4'],
  ['map', 'application/json'],
  ['md', 'text/markdown; charset=UTF-8'],
  ['mjs', 'text/javascript; charset=UTF-8'],
  ['mp3', 'audio/mpeg'],
  ['mp4', 'video/mp4'],
  ['pdf', 'application/pdf'],
  ['wasm', 'application/wasm'],
  ['wav', 'audio/wav'],
  ['webmanifest', 'application/manifest+json'],
  ['webp', 'image/webp'],
  ['woff2', 'font/woff2'],
  ['xml', 'application/xml'],
  ['', undefined],
  ['no-such-extension', undefined],
  ['__proto__', undefined],
  ['constructor', undefined],
])('%j is %s', (extension, type) => {
  expect(mimeType(extension)).toBe(type);
});

it('is what mime-db says', () => {
  const script = fileURLToPath(new URL('../scripts/generate-mime-types.mjs', import.meta.url));
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
});
