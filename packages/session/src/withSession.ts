import type { Handler, HandlerResult, Maybe, Request } from '@microdot/core';
import { andThen } from '@microdot/core/extension';
import { Session } from './session.ts';
import type { SessionDict } from './sessionDict.ts';

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
 * The type of the session stands at the parameter, so that the URL arguments are still inferred; `withSession<Cart>`
 * types the session alone.
 *
 * @throws SessionError `NO_SESSION`, when it is asked, where the application has no `Session`.
 */
export function withSession<Args, G, T extends object = Record<string, unknown>>(
  handler: (request: Request<G>, session: SessionDict<T>, args: Args) => Maybe<HandlerResult>,
): Handler<Args, G>;
export function withSession<T extends object>(
  handler: (
    request: Request,
    session: SessionDict<T>,
    args: Readonly<Record<string, unknown>>,
  ) => Maybe<HandlerResult>,
): <Args, G>(request: Request<G>, args: Args) => Maybe<HandlerResult>;
export function withSession<Args, G, T extends object>(
  handler: (request: Request<G>, session: SessionDict<T>, args: Args) => Maybe<HandlerResult>,
): Handler<Args, G> {
  return (request, args) =>
    andThen(Session['~of'](request)['~open'](request), (session) =>
      handler(request, session as SessionDict<T>, args),
    );
}
