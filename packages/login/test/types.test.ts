import { expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { Login } from '@microdot/login';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_?: T): void => {};

interface User {
  id: string;
  name: string;
}

it('infers the URL arguments and g of the route, and the id of the user', () => {
  const app = new Microdot<{ currentUser: User }>();
  const login = new Login<User>();
  login.userLoader((id) => {
    holds<Equal<typeof id, string>>();
    return id === 'u1' && { id, name: 'ann' };
  });
  app.get(
    '/<int:id>',
    login.required((request, { id }) => {
      holds<Equal<typeof id, number>>();
      holds<Equal<typeof request.g.currentUser, User>>();
      return request.g.currentUser.name;
    }),
  );
  app.get(
    '/fresh/<name>',
    login.fresh(async (request, { name }) => {
      holds<Equal<typeof name, string>>();
      const user = await login.getCurrentUser(request);
      holds<Equal<typeof user, User | null>>();
      // @ts-expect-error: a user has a name
      await login.loginUser(request, { id: 'u1' });
      return login.loginUser(request, { id: 'u1', name }, { remember: true, redirectUrl: '/' });
    }),
  );
  // @ts-expect-error: an id is a text or a number
  new Login<{ id: boolean }>();
  expect(app.allowedMethods('/1')).toContain('GET');
});
