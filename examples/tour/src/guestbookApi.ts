import { abort, Microdot, Response } from '@microdot/core';
import { check, type Draft, entries } from './entries.ts';
import type { Tour } from './layout.ts';
import { refuseCrossSite } from './security.ts';

/** The guestbook, for programs. */
export const guestbookApi = new Microdot<Tour>();

guestbookApi.beforeRequest(refuseCrossSite);

// #region api
guestbookApi.get('', () => entries.list());

guestbookApi.get('/<int:id>', async (_request, { id }) => {
  const list = await entries.list();
  return list.find((entry) => entry.id === id) ?? abort(404);
});

guestbookApi.post('', async ({ json, urlPrefix }) => {
  if (json === undefined) abort(415);
  if (typeof json !== 'object' || json === null) abort(400);
  const { draft, problems } = check((field) => (json as Draft)[field]);
  if (problems) return new Response({ error: 'Not signed.', problems }, 422);
  const entry = await entries.add(draft);
  return new Response(entry, 201, { Location: `${urlPrefix}/${entry.id}` });
});
// #endregion
