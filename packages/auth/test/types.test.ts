import { expect, it } from '@jest/globals';
import { BasicAuth, TokenAuth } from '@microdot/auth';
import { Microdot } from '@microdot/core';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_?: T): void => {};

interface User {
  name: string;
}

it('infers the URL arguments and g of the route', () => {
  const app = new Microdot<{ currentUser: User }>();
  const auth = new BasicAuth<User>();
  app.get(
    '/<int:id>',
    auth.required((request, { id }) => {
      holds<Equal<typeof id, number>>();
      holds<Equal<typeof request.g.currentUser, User>>();
      return request.g.currentUser.name;
    }),
  );
  app.get(
    '/x/<name>',
    auth.optional(async (_, { name }) => {
      holds<Equal<typeof name, string>>();
      return name;
    }),
  );
  app.get(
    '/y/<name>',
    // @ts-expect-error: there is no such argument
    auth.required((_, { other }) => String(other)),
  );
  expect(app.allowedMethods('/3')).toContain('GET');
});

it('types what is checked, and what comes of it', () => {
  const basic = new BasicAuth<User>();
  basic.authenticate((_, name, password) => {
    holds<Equal<[typeof name, typeof password], [string, string]>>();
    return name === password && { name };
  });
  basic.authenticate(async (_, name) => (name ? { name } : null));
  const token = new TokenAuth<User>();
  // @ts-expect-error: a text is no user
  token.authenticate((_, text) => text);
  // @ts-expect-error: a token is one text
  token.authenticate((_, name, password) => ({ name: name + password }));
  expect(basic).toBeInstanceOf(BasicAuth);
});
