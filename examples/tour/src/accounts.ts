import { abort, Microdot, type Request, redirect } from '@microdot/core';
import { avatar } from './avatar.ts';
import { cleanName, problemOfName, problemOfPassword } from './credentials.ts';
import { type Html, html } from './html.ts';
import { page, stop, type Tour } from './layout.ts';
import { login } from './login.ts';
import { excerpt } from './source.ts';
import { Throttle } from './throttle.ts';
import { USER_LIMITS, type User, users } from './users.ts';

const FILE = 'accounts.ts';

/** What is only asked for somebody who is logged in. */
interface Member extends Tour {
  currentUser: User;
}

/** Accounts: to have one, to log in, and to log out. */
export const accounts = new Microdot<Tour>();

const failures = new Throttle(10, 15 * 60_000);

// #region login
accounts.get('/login', (request) => loginPage(request));

accounts.post('/login', async (request) => {
  const { form, clientAddr } = request;
  const name = cleanName(form?.get('name'));
  const attempt = `${clientAddr?.[0]} ${name.toLowerCase()}`;
  if (failures.isFull(attempt)) abort(429);
  const user = await users.byPassword(name, form?.get('password') ?? '');
  if (!user) {
    failures.count(attempt);
    return loginPage(request, name, 'That is not the name and the password of anybody here.');
  }
  failures.forget(attempt);
  // Leads to where they wanted to go, unless that is on another site.
  return login.loginUser(request, user, { remember: form?.has('remember'), redirectUrl: '/account' });
});

accounts.post('/logout', async (request) => {
  await login.logoutUser(request);
  return redirect('/login', 303);
});
// #endregion

accounts.get('/signup', (request) => signupPage(request));

accounts.post('/signup', async (request) => {
  const { form } = request;
  const name = cleanName(form?.get('name'));
  const password = form?.get('password') ?? '';
  const problems = { name: problemOfName(name), password: problemOfPassword(password) };
  if (problems.name || problems.password) return signupPage(request, name, problems);
  const user = await users.add(name, password);
  if (!user) return signupPage(request, name, { name: 'Somebody here is called that already.' });
  return login.loginUser(request, user, { remember: form?.has('remember'), redirectUrl: '/account' });
});

// #region member
/** For those who are logged in. */
const members = new Microdot<Member>();

members.get(
  '/account',
  login.required((request) => accountPage(request)),
);

// For those who have just shown that they know the password, and not for whoever finds the computer unlocked.
members.get(
  '/account/password',
  login.fresh((request) => passwordPage(request)),
);

members.post(
  '/account/password',
  login.fresh(async (request) => {
    const password = request.form?.get('password') ?? '';
    const problem = problemOfPassword(password);
    if (problem) return passwordPage(request, problem);
    const remember = request.cookies._remember !== undefined;
    // The id changes with the password, and every other browser has to ask for the new one.
    const user = await users.changePassword(request.g.currentUser, password);
    return login.loginUser(request, user, { remember, redirectUrl: '/account' });
  }),
);

members.post(
  '/account/token',
  login.fresh(async (request) => accountPage(request, await users.newToken(request.g.currentUser))),
);

accounts.mount(members);
// #endregion

const SOURCES = [
  stop(
    'A login, and where it leads',
    html`<p>The session is on the server, and the browser has a random number that changes whenever somebody logs in or out. Who is remembered has a second cookie, signed, for 30 days.</p>`,
    excerpt('login.ts', 'login'),
  ),
  stop(
    'A name, a password, a form',
    html`<p>Whoever guesses is stopped after ten. Where one wanted to go is in the address, and never leads off this site.</p>`,
    excerpt(FILE, 'login'),
  ),
  stop(
    'Some pages want more',
    html`<p><code>required</code> asks who you are. <code>fresh</code> asks it again of those who were only remembered, before they change a password.</p>`,
    excerpt(FILE, 'member'),
  ),
];

function loginPage(request: Request<Tour>, name = '', problem?: string) {
  const { currentUser } = request.g;
  const main = html`<section class="intro">
<h1>${currentUser ? 'Is it you?' : 'Log in'}<span class="dot"></span></h1>
<p class="lede">${currentUser ? 'You are remembered here. For this page, show that it is you.' : 'Then what you write has your name, for sure.'}</p>
</section>
<form class="sign narrow" method="post">
${problem && html`<p class="problems" role="alert">${problem}</p>`}
${nameField(name || (currentUser?.name ?? ''), 'username')}
${passwordField('current-password')}
${rememberField()}
<button class="button">Log in</button>
<p class="hint">No account yet? <a href="/signup${queryOf(request)}">Make one</a>: a name and a password will do.</p>
</form>
${SOURCES}`;
  return page(request, { title: 'Log in', file: FILE, statusCode: problem ? 401 : 200 }, main);
}

interface Problems {
  name?: string | undefined;
  password?: string | undefined;
}

function signupPage(request: Request<Tour>, name = '', problems?: Problems) {
  const main = html`<section class="intro">
<h1>An account<span class="dot"></span></h1>
<p class="lede">A name that nobody else has here, and a password. It stays on this machine.</p>
</section>
<form class="sign narrow" method="post">
${problems && html`<p class="problems" role="alert">Not yet: see below.</p>`}
${nameField(name, 'username', problems?.name)}
${passwordField('new-password', problems?.password)}
${rememberField()}
<button class="button">Make the account</button>
<p class="hint">You have one? <a href="/login${queryOf(request)}">Log in</a>.</p>
</form>
${SOURCES}`;
  return page(request, { title: 'An account', file: FILE, statusCode: problems ? 422 : 200 }, main);
}

function accountPage(request: Request<Member>, token?: string) {
  const { name } = request.g.currentUser;
  const main = html`<section class="intro person">
${avatar(name)}
<div>
<h1 class="file"><bdi>${name}</bdi><span class="dot"></span></h1>
<p class="lede">You are logged in.</p>
<form class="actions" method="post" action="/logout">
<button class="button">Log out</button>
<a href="/guestbook">Sign the guestbook</a>
<a href="/account/password">Change the password</a>
</form>
</div>
</section>
<section class="sign narrow" aria-labelledby="token">
<h2 id="token">A token for programs</h2>
${
  token
    ? html`<p>This is it. It is shown once, and the one before is worth nothing now.</p><p><code class="token">${token}</code></p>`
    : html`<p>What a program writes with it in <code>Authorization: Bearer</code> is written by you.</p>`
}
<form method="post" action="/account/token"><button class="button">${token ? 'Another one' : 'Make a token'}</button></form>
</section>
${SOURCES}`;
  return page(request, { title: name, file: FILE }, main);
}

function passwordPage(request: Request<Member>, problem?: string) {
  const main = html`<section class="intro">
<h1>A new password<span class="dot"></span></h1>
<p class="lede">Everywhere else, <bdi>${request.g.currentUser.name}</bdi> will have to log in again.</p>
</section>
<form class="sign narrow" method="post">
<input type="hidden" name="name" value="${request.g.currentUser.name}" autocomplete="username">
${passwordField('new-password', problem)}
<button class="button">Change it</button>
</form>
${SOURCES}`;
  return page(request, { title: 'A new password', file: FILE, statusCode: problem ? 422 : 200 }, main);
}

function nameField(name: string, autocomplete: string, problem?: string): Html {
  return html`<p class="field">
<label for="name">Name</label>
<input id="name" name="name" value="${name}" required maxlength="${USER_LIMITS.name}" autocomplete="${autocomplete}" autocapitalize="none"${stateOf('name', problem)}>
${noteOf('name', problem)}
</p>`;
}

function passwordField(autocomplete: string, problem?: string): Html {
  const [min, max] = USER_LIMITS.password;
  const isNew = autocomplete === 'new-password';
  return html`<p class="field">
<label for="password">${isNew ? 'A password' : 'Password'}</label>
<input id="password" name="password" type="password" required maxlength="${max}"${isNew && html` minlength="${min}"`} autocomplete="${autocomplete}"${stateOf('password', problem)}>
${noteOf('password', problem)}
${isNew && html`<span class="hint">${min} characters or more</span>`}
</p>`;
}

function rememberField(): Html {
  return html`<p class="check"><input id="remember" name="remember" type="checkbox"> <label for="remember">Remember me for 30 days</label></p>`;
}

function stateOf(field: string, problem?: string): Html | undefined {
  return problem === undefined ? undefined : html` aria-invalid="true" aria-describedby="${field}-problem"`;
}

function noteOf(field: string, problem?: string): Html | undefined {
  return problem === undefined
    ? undefined
    : html`<span class="problem" id="${field}-problem">${problem}</span>`;
}

/** From one form to the other, and where to go afterwards is not lost. */
function queryOf({ args }: Request<Tour>): string {
  const next = args.get('next');
  return next === undefined ? '' : `?next=${encodeURIComponent(next)}`;
}
