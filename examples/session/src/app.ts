import { abort, Microdot, Response, redirect } from '@microdot/core';
import { Session, type SessionDict, withSession } from '@microdot/session';
import { page } from './page.ts';
import { goods } from './shop.ts';

/** What the session holds: quantities by the number of the article. */
interface Visit {
  cart: Record<string, number>;
}

export const app = new Microdot();

new Session(app, {
  secretKey: process.env.SECRET_KEY ?? 'only for trying out: 32 bytes or more',
  cookieOptions: { sameSite: 'Lax' },
  maxAge: 7 * 24 * 60 * 60,
});

app.get(
  '/',
  withSession((_request, session: SessionDict<Visit>) => {
    const html = page(session.cart ?? {});
    return new Response(html, 200, { 'Content-Type': 'text/html; charset=UTF-8' });
  }),
);

app.post(
  '/cart/<int:id>',
  withSession((_request, session: SessionDict<Visit>, { id }) => {
    if (!goods.has(id)) abort(404, 'We do not sell that');
    const { cart = {} } = session;
    session.cart = { ...cart, [id]: Math.min((cart[id] ?? 0) + 1, 99) };
    session.save();
    return redirect('/', 303);
  }),
);

app.post(
  '/empty',
  withSession((_request, session) => {
    session.delete();
    return redirect('/', 303);
  }),
);

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
