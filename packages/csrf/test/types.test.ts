import { expect, it } from '@jest/globals';
import { Microdot, Response } from '@microdot/core';
import { CORS } from '@microdot/cors';
import { CSRF } from '@microdot/csrf';

it('infers URL arguments and globals through its wrappers', () => {
  const app = new Microdot<{ user: string }>();
  const csrf = new CSRF(app, { cors: new CORS(app) });
  app.post(
    '/users/<int:id>/<name>',
    csrf.exempt((request, { id, name }) => {
      const numeric: number = id;
      const user: string = request.g.user;
      // @ts-expect-error: a string
      const wrong: number = name;
      return [numeric, user, wrong];
    }),
  );
  app.get(
    '/users/<int:id>',
    csrf.exempt(
      csrf.protect((request, { id }) => {
        const numeric: number = id;
        // @ts-expect-error: there is no such argument in the pattern
        const { name } = { id } satisfies { id: number };
        return new Response(`${numeric} ${name} ${request.g.user}`);
      }),
    ),
  );
  const separate = csrf.protect((request) => request.path);
  new Microdot().get('/', separate);
  // @ts-expect-error: what CORS has is asked, not a list
  new CSRF(undefined, { cors: ['https://example.com'] });
  expect(csrf).toBeInstanceOf(CSRF);
});
