import type { RequestHeaders } from '@microdot/core';
import type { Policy } from './options.ts';
import { isOrigin } from './origin.ts';
import { isToken, isTokenList } from './token.ts';

/** What CORS looks at in a request. */
export interface CORSRequest {
  readonly method: string;
  readonly headers: RequestHeaders;
}

/** The headers that a policy adds to the answer to a request. */
export function corsHeaders(policy: Policy, request: CORSRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  const allowed = allowedOrigin(policy, request.headers.get('Origin'));
  if (allowed !== undefined) {
    headers['Access-Control-Allow-Origin'] = allowed;
    if (policy.allowCredentials) headers['Access-Control-Allow-Credentials'] = 'true';
  }
  // Also where the origin is refused, or missing: a cache must not hand that answer to those who are allowed.
  if (policy.varies) headers.Vary = 'Origin';
  if (policy.exposeHeaders) headers['Access-Control-Expose-Headers'] = policy.exposeHeaders;
  if (request.method.toUpperCase() === 'OPTIONS') {
    addPreflight(headers, policy, request.headers);
    if (allowed !== undefined && policy.allowPrivateNetwork && asksForPrivateNetwork(request)) {
      headers['Access-Control-Allow-Private-Network'] = 'true';
    }
  }
  return headers;
}

function allowedOrigin({ isPublic, allows }: Policy, origin: string | undefined): string | undefined {
  // What is no origin is not echoed: nobody knows what else reads the response.
  if (isPublic) return origin !== undefined && (isOrigin(origin) || origin === 'null') ? origin : '*';
  return origin !== undefined && allows(origin) ? origin : undefined;
}

/** What a preflight asks for, as far as it is allowed (Fetch, CORS-preflight fetch). */
function addPreflight(headers: Record<string, string>, policy: Policy, asked: RequestHeaders): void {
  if (policy.maxAge !== undefined) headers['Access-Control-Max-Age'] = policy.maxAge;
  const method = asked.get('Access-Control-Request-Method')?.toUpperCase();
  if (isToken(method) && (policy.methods?.has(method) ?? true)) {
    headers['Access-Control-Allow-Methods'] = method;
  }
  const names = asked.get('Access-Control-Request-Headers');
  const allowed = names && (policy.headers ? chosen(names, policy.headers) : echoed(names));
  if (allowed) headers['Access-Control-Allow-Headers'] = allowed;
}

// Where every header is allowed the list comes back as it was sent, if it is one. Longer ones no page sends, and no
// proxy takes them in a response.
const MAX_ECHO = 8192;

function echoed(names: string): string | undefined {
  return names.length <= MAX_ECHO && isTokenList(names) ? names : undefined;
}

/** Each once, so that the response is never longer than the option. Linear in what was sent. */
function chosen(names: string, allowed: ReadonlySet<string>): string {
  const found = new Map<string, string>();
  for (const part of names.split(',')) {
    const name = part.trim();
    const key = name.toLowerCase();
    if (allowed.has(key) && !found.has(key)) found.set(key, name);
  }
  return [...found.values()].join(', ');
}

function asksForPrivateNetwork({ headers }: CORSRequest): boolean {
  return headers.get('Access-Control-Request-Private-Network') === 'true';
}
