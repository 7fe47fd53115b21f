import { abort, Microdot, redirect } from '@microdot/core';
import { books } from './books.ts';

/** For people. */
export const shop = new Microdot();

shop.get('/', () => redirect('/books'));

shop.get('/books', () => [...books.values()].join('\n'));

shop.get('/books/<int:id>', (_request, { id }) => books.get(id) ?? abort(404));
