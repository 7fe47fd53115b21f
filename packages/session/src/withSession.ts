import type { Handler, HandlerResult, Maybe, Request } from '@microdot/core';
import { andThen } from '@microdot/core/extension';
import { Session } from './session.ts';
import type { SessionDict } from './sessionDict.ts';

type SessionHandler<T extends object, Args, G> = (
  request: Request<G>,
  session: SessionDict<T>,
  args: Args,
) => Maybe<HandlerResult>;

/**
 * Gives a handler the session of the request. Microdot's `with_session`.
 *
 * ```ts
 * app.get('/add/<int:id>', withSession((request, session: SessionDict<Cart>, { id }) => {
 *   session.items = [...(session.items ?? []), id];
 *   session.save();
 *   return redirect('/cart');
 * }));
 * ```
 *
 * The type of the session stands at the parameter, so that the URL arguments and `request.g` are still inferred. So they are by
 * `withSession<Cart>()((request, session, { id }) => ...)`; `withSession<Cart>(...)` types the session alone, as TypeScript infers
 * all of the types between brackets, or none.
 *
 * @throws SessionError `NO_SESSION`, when it is asked, where the application has no `Session`.
 */
export function withSession<Args, G, T extends object = Record<string, unknown>>(
  handler: SessionHandler<T, Args, G>,
): Handler<Args, G>;
export function withSession<T extends object>(): <Args, G>(
  handler: SessionHandler<T, Args, G>,
) => Handler<Args, G>;
export function withSession<T extends object>(
  handler: (
    request: Request,
    session: SessionDict<T>,
    args: Readonly<Record<string, unknown>>,
  ) => Maybe<HandlerResult>,
): <Args, G>(request: Request<G>, args: Args) => Maybe<HandlerResult>;
export function withSession<Args, G, T extends object>(
  handler?: SessionHandler<T, Args, G>,
): Handler<Args, G> | ((handler: SessionHandler<T, Args, G>) => Handler<Args, G>) {
  return handler ? withSessionOf(handler) : withSessionOf;
}

function withSessionOf<Args, G, T extends object>(handler: SessionHandler<T, Args, G>): Handler<Args, G> {
  return (request, args) =>
    andThen(Session['~of'](request)['~open'](request), (session) =>
      handler(request, session as SessionDict<T>, args),
    );
}
