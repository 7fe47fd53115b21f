import { MIME_TYPES } from './mimeTypes.data.ts';

/** Those of Microdot, to the letter. */
export const MICRODOT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  gif: 'image/gif',
  html: 'text/html',
  jpg: 'image/jpeg',
  js: 'application/javascript',
  json: 'application/json',
  png: 'image/png',
  txt: 'text/plain',
  svg: 'image/svg+xml',
};

let types: Map<string, string> | undefined;

/**
 * The content type of files with an extension, by the IANA's table and what `mime-db` adds to it. Text is said to be
 * UTF-8: what a browser would take it for otherwise depends on where the reader lives.
 *
 * @param extension in lower case, without the dot.
 */
export function mimeType(extension: string): string | undefined {
  types ??= parse();
  return types.get(extension);
}

/** Done when it is first needed: most applications that send files know the types of all of them. */
function parse(): Map<string, string> {
  const parsed = new Map<string, string>();
  for (const line of MIME_TYPES.trim().split('\n')) {
    const [name = '', ...extensions] = line.split(' ');
    const type = name.startsWith('text/') ? `${name}; charset=UTF-8` : name;
    for (const extension of extensions) parsed.set(extension, MICRODOT_TYPES[extension] ?? type);
  }
  return parsed;
}
