import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of vectors. Those of `patterns` and the like have no applications. */
export interface VectorFile {
  readonly apps?: readonly Spec[];
  readonly cases: readonly VectorCase[];
}

/** How an application is built: steps, in order. */
export type Spec = readonly Step[];

export interface Step {
  readonly route?: string;
  readonly methods?: readonly string[];
  readonly with?: readonly string[];
  readonly do?: Do;
  readonly before_request?: Do;
  readonly after_request?: Hook;
  readonly after_error_request?: Hook;
  readonly errorhandler?: number | string;
  readonly mount?: Spec;
  readonly options?: { readonly url_prefix?: string; readonly local?: boolean };
  /** The extensions bring steps of their own. */
  readonly [extension: string]: unknown;
}

/** What a handler does: the name of each action, and what it is given. */
export interface Do {
  readonly echo?: string;
  readonly [action: string]: unknown;
}

/** What a hook does to a response. */
export interface Hook {
  readonly trace?: string;
  readonly header?: readonly [name: string, value: string] | Readonly<Record<string, string>>;
  readonly return?: Value;
  readonly returns_nothing?: boolean;
}

/** What a handler returns: one of these. */
export interface Value {
  readonly text?: string;
  readonly bytes?: string;
  readonly json?: unknown;
  readonly status?: number;
  readonly none?: boolean;
  readonly tuple?: readonly (Value | number | Readonly<Record<string, string>>)[];
  readonly generator?: readonly string[];
  readonly async_generator?: readonly string[];
  readonly redirect?: readonly [location: string, status?: number];
  readonly response?: ResponseValue;
}

export interface ResponseValue {
  readonly body?: Value;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly set_cookies?: readonly [name: string, value: string, options?: object][];
  readonly delete_cookies?: readonly [name: string, options?: object][];
}

export interface VectorCase {
  readonly id: string;
  /** The index of the application. */
  readonly app?: number;
  readonly limits?: Readonly<Record<string, number>>;
  readonly requests?: readonly VectorRequest[];
  /** What the port must answer. */
  readonly responses?: readonly VectorResponse[];
  /** Of `patterns`. */
  readonly pattern?: string;
  readonly path?: string;
  readonly match?: Readonly<Record<string, unknown>> | null;
  readonly error?: string;
}

export interface VectorRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly new_client?: boolean;
}

export interface VectorResponse {
  readonly status: number;
  /** Each name in lower case, with its values. Where there are none recorded, the status alone counts. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly base64?: string;
}

/**
 * Reads the vectors of a family; `undefined` where the folder has none. Those of templates are in a folder of their own,
 * and may be a list of cases alone.
 */
export async function readFamily(folder: string, family: string): Promise<VectorFile | undefined> {
  return (
    (await readVectors(join(folder, `${family}.json`))) ??
    (await readVectors(join(folder, 'templates', `${family}.json`)))
  );
}

async function readVectors(path: string): Promise<VectorFile | undefined> {
  try {
    const vectors: VectorFile | VectorFile['cases'] = JSON.parse(await readFile(path, 'utf8'));
    return 'cases' in vectors ? vectors : { cases: vectors };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
