import { HTTPException, MicrodotError } from '@microdot/core';

/** What a form may have. Beyond a limit the answer is 413, and names the limit. All sizes are in bytes. */
export interface FormDataOptions {
  /** Parts, fields and files together; 1000 by default. */
  maxParts?: number | undefined;
  /** Fields that are no files; the application's `maxFields` by default, which is 1000. */
  maxFields?: number | undefined;
  /** Files, those that were left empty in the form included; 100 by default. */
  maxFiles?: number | undefined;
  /** The header of a part; 8 KiB by default, and 16 KiB at most. */
  maxHeaderSize?: number | undefined;
  /** The value of a field; 64 KiB by default. */
  maxFieldSize?: number | undefined;
  /** Names and values of all fields together, as those are in memory; 1 MiB by default. */
  maxFieldsSize?: number | undefined;
  /** A file; as large as the whole form by default. */
  maxFileSize?: number | undefined;
  /** The whole form; the application's `maxContentLength` by default, which is 16 KiB. */
  maxTotalSize?: number | undefined;
}

/** The options, resolved. */
export type Limits = Readonly<Record<keyof FormDataOptions, number>>;

/** What a form takes from the application where its options say nothing. */
export interface AppLimits {
  limit(name: 'maxFields' | 'maxContentLength'): number;
}

/** The most that the parser of headers takes. */
const MAX_HEADER_SIZE = 16 * 1024;

/** @throws MicrodotError `INVALID_OPTION` where an option is no limit. */
export function toLimits(options: FormDataOptions, app: AppLimits): Limits {
  checkOptions(options);
  const { maxTotalSize = app.limit('maxContentLength') } = options;
  return {
    maxParts: options.maxParts ?? 1000,
    maxFields: options.maxFields ?? app.limit('maxFields'),
    maxFiles: options.maxFiles ?? 100,
    maxHeaderSize: options.maxHeaderSize ?? 8 * 1024,
    maxFieldSize: options.maxFieldSize ?? 64 * 1024,
    maxFieldsSize: options.maxFieldsSize ?? 1024 * 1024,
    maxFileSize: options.maxFileSize ?? maxTotalSize,
    maxTotalSize,
  };
}

/** @throws MicrodotError `INVALID_OPTION` where an option is no limit. */
export function checkOptions(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    // A limit that is NaN would be none.
    if (value !== undefined && !(typeof value === 'number' && value >= 0)) {
      throw new MicrodotError('INVALID_OPTION', `${name} is not a number from 0 on`);
    }
    if (name === 'maxHeaderSize' && value > MAX_HEADER_SIZE) {
      throw new MicrodotError('INVALID_OPTION', `maxHeaderSize is ${MAX_HEADER_SIZE} bytes at most`);
    }
  }
}

/** @throws HTTPException 413 where there are more of something than a limit allows. */
export function checkCount(limits: Limits, name: keyof Limits, count: number, what: string): void {
  if (count > limits[name]) throw new HTTPException(413, `More than ${limits[name]} ${what} (${name})`);
}

/** @throws HTTPException 413 where something is larger than a limit allows. */
export function checkSize(limits: Limits, name: keyof Limits, size: number, what: string): void {
  if (size > limits[name]) {
    throw new HTTPException(413, `${what} exceeds ${limits[name]} bytes (${name})`);
  }
}

/** @throws HTTPException 400, always. */
export function malformed(why: string): never {
  throw new HTTPException(400, `Malformed form: ${why}`);
}
