import { MicrodotError } from '@microdot/core';
import { type AllowedOrigins, originTest } from './originTest.ts';
import { isToken } from './token.ts';

export interface CORSOptions {
  /** Whose pages may read the answers; nobody's by default. */
  allowedOrigins?: AllowedOrigins | undefined;
  /** Whether requests may carry cookies and other credentials, and their answers be read; `false` by default. */
  allowCredentials?: boolean | undefined;
  /** The methods that may be used; all of them by default. GET, HEAD and POST need nobody's leave. */
  allowedMethods?: readonly string[] | undefined;
  /** The headers of a response that scripts may see, beside the few that they always do. */
  exposeHeaders?: readonly string[] | undefined;
  /** The headers that requests may have; all of them by default. */
  allowedHeaders?: readonly string[] | undefined;
  /** How long a browser may remember the answer to a preflight, in seconds; it decides where this is left out. */
  maxAge?: number | undefined;
  /**
   * Whether pages of the public Internet may ask a server in a private network, `false` by default. Browsers that
   * implement Private Network Access ask first.
   */
  allowPrivateNetwork?: boolean | undefined;
  /** Whether headers are added to the responses; `true` by default. See {@link CORS.getCorsHeaders}. */
  handleCors?: boolean | undefined;
}

/** The options, resolved. */
export interface Policy {
  /** Everybody may read. */
  readonly isPublic: boolean;
  readonly allows: (origin: string) => boolean;
  /** Whether what is answered depends on who asks. */
  readonly varies: boolean;
  readonly allowCredentials: boolean;
  readonly allowPrivateNetwork: boolean;
  /** In upper case; all of them where there is no set. */
  readonly methods: ReadonlySet<string> | undefined;
  /** In lower case; all of them where there is no set. */
  readonly headers: ReadonlySet<string> | undefined;
  readonly exposeHeaders: string;
  readonly maxAge: string | undefined;
}

/** @throws MicrodotError `INVALID_OPTION` where the options make no sense, or are not safe. */
export function toPolicy(options: CORSOptions): Policy {
  const { allowedOrigins, allowCredentials = false, allowPrivateNetwork = false, maxAge } = options;
  if (allowedOrigins === '*' && allowCredentials) {
    refuse(`'*' with allowCredentials lets every site read what is the user's: ${NAME_THEM}`);
  }
  if (allowedOrigins === '*' && allowPrivateNetwork) {
    refuse(`'*' with allowPrivateNetwork lets every site into the private network: ${NAME_THEM}`);
  }
  if (maxAge !== undefined && !(Number.isSafeInteger(maxAge) && maxAge >= 0)) {
    refuse('maxAge is a whole number of seconds, from 0 on');
  }
  return {
    isPublic: allowedOrigins === '*',
    allows: allowedOrigins === undefined ? () => false : originTest(allowedOrigins),
    varies: allowedOrigins !== undefined,
    allowCredentials,
    allowPrivateNetwork,
    methods: toSet(tokens(options, 'allowedMethods'), (method) => method.toUpperCase()),
    headers: toSet(tokens(options, 'allowedHeaders'), (name) => name.toLowerCase()),
    exposeHeaders: (tokens(options, 'exposeHeaders') ?? []).join(', '),
    maxAge: maxAge?.toString(),
  };
}

const NAME_THEM = `name the origins, such as allowedOrigins: ['https://example.com']`;

type Names = 'allowedMethods' | 'allowedHeaders' | 'exposeHeaders';

/** A list of methods or header names: tokens both, so that none can break out of its header. */
function tokens(options: CORSOptions, option: Names): readonly string[] | undefined {
  const names = options[option];
  if (names === undefined) return undefined;
  if (!Array.isArray(names)) refuse(`${option} is a list, such as ['${EXAMPLES[option]}']`);
  for (const name of names) {
    if (name === '*' && option !== 'exposeHeaders') refuse(`To allow all, leave ${option} out`);
    if (!isToken(name)) {
      refuse(`Not one name in ${option}: ${JSON.stringify(name)}; write '${EXAMPLES[option]}'`);
    }
  }
  return names;
}

const EXAMPLES = { allowedMethods: 'PUT', allowedHeaders: 'Authorization', exposeHeaders: 'ETag' };

function toSet(
  names: readonly string[] | undefined,
  normalize: (name: string) => string,
): ReadonlySet<string> | undefined {
  return names && new Set(names.map(normalize));
}

function refuse(message: string): never {
  throw new MicrodotError('INVALID_OPTION', message);
}
