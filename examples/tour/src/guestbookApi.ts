import { TokenAuth } from '@microdot/auth';
import { abort, Microdot, Response } from '@microdot/core';
import { CORS } from '@microdot/cors';
import { apiOrigins } from './config.ts';
import { check, type Draft, entries } from './entries.ts';
import type { Tour } from './layout.ts';
import { type User, users } from './users.ts';

/** The guestbook, for programs. */
export const guestbookApi = new Microdot<Tour>();

// #region api
// Where nobody is named everybody may read, and nobody write.
export const cors = new CORS(guestbookApi, {
  allowedOrigins: apiOrigins.length > 0 ? apiOrigins : '*',
  allowedMethods: apiOrigins.length > 0 ? ['GET', 'POST'] : ['GET'],
  allowedHeaders: ['Content-Type', 'Authorization'],
  exposeHeaders: ['Location'],
  maxAge: 600,
});

const tokens = new TokenAuth<User>();
tokens.authenticate((_request, token) => users.byToken(token));

guestbookApi.get('', () => entries.list());

guestbookApi.get('/<int:id>', async (_request, { id }) => {
  const list = await entries.list();
  return list.find((entry) => entry.id === id) ?? abort(404);
});

guestbookApi.post(
  '',
  tokens.optional(async ({ json, headers, urlPrefix, g: { currentUser } }) => {
    // Who means to be somebody does not want to be nobody.
    if (headers.has('Authorization') && !currentUser) abort(401);
    if (json === undefined) abort(415);
    if (typeof json !== 'object' || json === null) abort(400);
    const { draft, problems } = check(
      (field) => (field === 'name' && currentUser?.name) || (json as Draft)[field],
    );
    if (problems) return new Response({ error: 'Not signed.', problems }, 422);
    const entry = await entries.add(draft, currentUser?.number);
    return new Response(entry, 201, { Location: `${urlPrefix}/${entry.id}` });
  }),
);
// #endregion
