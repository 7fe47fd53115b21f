import { abort, Microdot, Response } from '@microdot/core';
import { books } from './books.ts';

/** For programs. It does not know where it is mounted: `request.urlPrefix` tells. */
export const api = new Microdot();

api.get('/books', ({ urlPrefix }) =>
  [...books].map(([id, title]) => ({ title, url: `${urlPrefix}/books/${id}` })),
);

api.get('/books/<int:id>', (_request, { id }) => ({ id, title: books.get(id) ?? abort(404) }));

api.afterRequest((_request, response) => {
  response.headers.set('Cache-Control', 'no-store');
});

api.errorHandler(404, () => new Response({ error: 'not found' }, 404));
