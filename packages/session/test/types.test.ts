import { expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import { Session, type SessionDict, withSession } from '@microdot/session';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(_?: T): void => {};

interface Cart {
  items: number[];
}

const app = new Microdot<{ user: string }>();
const secretKey = '0123456789abcdef0123456789abcdef';

it('infers the URL arguments and g of the route', () => {
  app.get(
    '/<int:id>/<name>',
    withSession((request, session, { id, name }) => {
      holds<Equal<typeof id, number>>();
      holds<Equal<typeof name, string>>();
      holds<Equal<typeof request.g.user, string>>();
      holds<Equal<typeof session.anything, unknown>>();
      holds<Equal<typeof session.save, () => void>>();
      return { id };
    }),
  );
  app.get(
    '/<int:id>',
    // @ts-expect-error: there is no such argument
    withSession((_request, _session, { other }) => String(other)),
  );
  expect(app.allowedMethods('/1/x')).toContain('GET');
});

it('takes the type of the session from the parameter, and infers the rest', () => {
  app.get(
    '/cart/<int:id>',
    withSession(async (request, session: SessionDict<Cart>, { id }) => {
      holds<Equal<typeof id, number>>();
      holds<Equal<typeof request.g.user, string>>();
      // A session may always be a new one.
      holds<Equal<typeof session.items, number[] | undefined>>();
      session.items = [...(session.items ?? []), id];
      // @ts-expect-error: not in this cart
      session.name = 'joe';
      session.save();
      return session.items;
    }),
  );
  expect(app.allowedMethods('/cart/1')).toContain('GET');
});

it('takes the type of the session alone between brackets', () => {
  app.get(
    '/plain',
    withSession<Cart>((_, session) => {
      holds<Equal<typeof session.items, number[] | undefined>>();
      delete session.items;
      return 'ok';
    }),
  );
  app.get(
    '/plain/<int:id>',
    withSession<Cart>((_, session, { id }) => {
      holds<Equal<typeof id, unknown>>();
      return session;
    }),
  );
  expect(app.allowedMethods('/plain')).toContain('GET');
});

it('takes the type of the session between brackets, and infers the rest, where a call stands between', () => {
  app.get(
    '/curried/<int:id>/<name>',
    withSession<Cart>()(async (request, session, { id, name }) => {
      holds<Equal<typeof id, number>>();
      holds<Equal<typeof name, string>>();
      holds<Equal<typeof request.g.user, string>>();
      holds<Equal<typeof session.items, number[] | undefined>>();
      // @ts-expect-error: not in this cart
      session.name = name;
      return session;
    }),
  );
  app.get(
    '/curried/<int:id>',
    // @ts-expect-error: there is no such argument
    withSession<Cart>()((_request, _session, { other }) => String(other)),
  );
  // Any application takes it.
  new Microdot().get(
    '/curried',
    withSession<Cart>()((_, session) => session.items),
  );
  expect(app.allowedMethods('/curried/1/x')).toContain('GET');
});

it('types what a Session of a type gives', () => {
  const sessions = new Session<Cart>(app, { secretKey });
  app.get('/typed', async (request) => {
    const session = await sessions.get(request);
    holds<Equal<typeof session.items, number[] | undefined>>();
    sessions.update(request, { items: [1] });
    // @ts-expect-error: not in this cart
    sessions.update(request, { items: ['1'] });
    return session;
  });
  expect(sessions).toBeInstanceOf(Session);
});
