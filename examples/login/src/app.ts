import { abort, Microdot, redirect } from '@microdot/core';
import { Login } from '@microdot/login';
import { MemoryStore, Session } from '@microdot/session';
import { homePage, loginPage, passwordPage } from './pages.ts';
import { changePassword, findUser, type User, users } from './users.ts';

export const app = new Microdot<{ currentUser: User }>();

new Session(app, {
  secretKey: process.env.SECRET_KEY ?? 'only for trying out: 32 bytes or more',
  // Strict would not show who comes by a link from elsewhere as logged in.
  cookieOptions: { sameSite: 'Lax' },
  // Sessions that end here when somebody logs out, and not only in the browser.
  store: new MemoryStore(),
});

const login = new Login<User>({ loginUrl: '/login' });
login.userLoader((id) => users.get(id));

app.get('/login', () => loginPage());

app.post('/login', async (request) => {
  const { form } = request;
  const user = await findUser(form?.get('name') ?? '', form?.get('password') ?? '');
  if (!user) return loginPage('That is not the name and the password of anybody.');
  return login.loginUser(request, user, { remember: form?.has('remember') });
});

app.post('/logout', async (request) => {
  await login.logoutUser(request);
  return redirect('/', 303);
});

app.get(
  '/',
  login.required(({ g }) => homePage(g.currentUser.name)),
);

// Not for those who are only remembered: it may be somebody else at the computer.
app.get(
  '/password',
  login.fresh(() => passwordPage()),
);

app.post(
  '/password',
  login.fresh(async ({ g, form }) => {
    const password = form?.get('password') ?? '';
    if (password.length < 8) abort(400, 'A password has 8 characters or more');
    await changePassword(g.currentUser, password);
    return redirect('/', 303);
  }),
);

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
