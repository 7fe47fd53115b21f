import { abort, Microdot, Response } from '@microdot/core';
import { CORS } from '@microdot/cors';

/** An API that knows nothing of pages, but for whose they may be. */
export function createApi(allowedOrigins: readonly string[]): Microdot {
  const api = new Microdot();
  new CORS(api, { allowedOrigins, exposeHeaders: ['X-Total'], maxAge: 600 });

  const notes = new Map<number, string>([[1, 'Buy milk']]);
  let lastId = 1;

  api.get('/notes', () => {
    const list = [...notes].map(([id, text]) => ({ id, text }));
    // Scripts of other origins see this header only because it is exposed.
    return new Response(list, 200, { 'X-Total': String(notes.size) });
  });

  api.post('/notes', (request) => {
    const { text } = (request.json ?? {}) as { text?: unknown };
    // The page can read this as well: errors carry the headers too.
    if (typeof text !== 'string' || text === '') abort(400, 'A note needs a text.');
    notes.set(++lastId, text);
    return new Response({ id: lastId, text }, 201);
  });

  // DELETE is preceded by a preflight, and answered only if that went well.
  api.delete('/notes/<int:id>', (_request, { id }) => (notes.delete(id) ? 204 : abort(404)));

  return api;
}
