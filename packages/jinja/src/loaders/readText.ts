import { JinjaError } from '../errors.ts';

/** How the files of templates are written. */
export type Encoding = 'utf8' | 'utf16le' | 'latin1';

const ENCODINGS: readonly unknown[] = ['utf8', 'utf16le', 'latin1'] satisfies Encoding[];

export function isEncoding(value: unknown): value is Encoding {
  return ENCODINGS.includes(value);
}

/** Node's `readFileSync`; its own type would ask whoever uses the package for those of Node. */
export type ReadFile = (path: string) => Uint8Array & { toString(encoding: 'latin1'): string };

/**
 * The text of a file, without the mark of its byte order; nothing where it has gone meanwhile.
 *
 * @throws JinjaError `INVALID_OPTION` for bytes that are no text in the encoding, which would come out as something else
 */
export function readText(
  readFile: ReadFile,
  path: string,
  name: string,
  encoding: Encoding,
): string | undefined {
  const bytes = bytesOf(readFile, path);
  if (bytes === undefined || encoding === 'latin1') return bytes?.toString('latin1');
  try {
    return new TextDecoder(encoding === 'utf8' ? 'utf-8' : 'utf-16le', { fatal: true }).decode(bytes);
  } catch {
    throw new JinjaError(
      'INVALID_OPTION',
      `the template '${name}' is not written in ${encoding}: save it so, or use new DirectoryLoader(directory, encoding)`,
    );
  }
}

function bytesOf(readFile: ReadFile, path: string): ReturnType<ReadFile> | undefined {
  try {
    return readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
