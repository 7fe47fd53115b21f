import { abort, Microdot, type Request, redirect } from '@microdot/core';
import { avatar } from './avatar.ts';
import { check, type Draft, type Entry, entries, LIMITS, type Problems } from './entries.ts';
import { type Html, html } from './html.ts';
import { page, stop, type Tour } from './layout.ts';
import { excerpt, terminal } from './source.ts';

const FILE = 'guestbook.ts';
const PER_PAGE = 20;

/** The guestbook, for people. */
export const guestbook = new Microdot<Tour>();

// #region pages
guestbook.get('', (request) => show(request));

guestbook.post('', async (request) => {
  const { form, g } = request;
  // Who is logged in signs with that name, whatever the form says.
  const { draft, problems } = check((field) => (field === 'name' && g.currentUser?.name) || form?.get(field));
  if (problems) return show(request, draft, problems);
  const { id } = await entries.add(draft, g.currentUser?.number);
  // Post/Redirect/Get: to reload the page is not to sign twice.
  return redirect(`${request.urlPrefix}#entry-${id}`, 303);
});
// #endregion

const SOURCES = [
  stop(
    'A form, without JavaScript',
    html`<p>The browser sends the form, and is sent on to the new entry. What is wrong is said beside the field, with what you wrote still in it.</p>`,
    excerpt(FILE, 'pages'),
  ),
  stop(
    'A file that is always whole',
    html`<p>A new one is written beside the old one, and then put in its place. One writer waits for the other.</p>`,
    excerpt('jsonFile.ts', 'replace'),
  ),
  stop(
    'No forms from elsewhere',
    html`<p>Another site can make your browser send a form. It cannot make it lie about where the form came from, and that is asked of every form here, without a token in any of them.</p>`,
    excerpt('app.ts', 'csrf'),
  ),
  stop(
    'An API beside it',
    html`<p>The same guestbook for programs, with the same checks. Pages of other origins may read it, in scripts, and those that are named in <code>API_ORIGINS</code> may write. Who has <a href="/account">a token</a> writes under their own name.</p>`,
    excerpt('guestbookApi.ts', 'api'),
  ),
];

const NOTHING: Draft = { name: '', message: '' };

async function show(request: Request<Tour>, draft = NOTHING, problems: Problems = {}) {
  const list = await entries.list();
  const pages = Math.max(1, Math.ceil(list.length / PER_PAGE));
  const number = request.args.get('page', { default: 1, type: Number });
  if (!Number.isInteger(number) || number < 1 || number > pages) abort(404);
  const shown = list.slice((number - 1) * PER_PAGE, number * PER_PAGE);
  const isBad = Object.keys(problems).length > 0;
  const title = isBad ? 'Almost: the guestbook' : 'Guestbook';
  const main = html`<section class="intro">
<h1>Guestbook<span class="dot"></span></h1>
<p class="lede">Say hello. It stays: in a file, on this machine.</p>
</section>
<div class="book">
${signForm(draft, problems, request.g.currentUser)}
<section class="entries" aria-labelledby="entries">
<h2 id="entries">${count(list.length)}</h2>
<p class="hint">Who has <a href="/feed">the feed</a> open sees new ones at once.</p>
${shown.length > 0 ? html`<ol>${shown.map(card)}</ol>` : EMPTY}
${pages > 1 && pager(number, pages)}
</section>
</div>
${SOURCES}
${stop('From a terminal', '', terminal(commands(request.headers.get('Host'))))}`;
  return page(request, { title, file: FILE, statusCode: isBad ? 422 : 200 }, main);
}

function signForm({ name, message }: Draft, problems: Problems, user: Tour['currentUser']): Html {
  return html`<form class="sign" method="post" action="/guestbook" aria-labelledby="sign">
<h2 id="sign">Sign it</h2>
${Object.keys(problems).length > 0 && html`<p class="problems" role="alert">Not signed yet: see below.</p>`}
${user ? signedIn(user.name) : nameField(name, problems)}
<p class="field">
<label for="message">Your message</label>
<textarea id="message" name="message" rows="4" required maxlength="${LIMITS.message}"${state('message', problems)}>
${message}</textarea>
${note('message', problems)}
<span class="hint" data-counts="message">Up to ${LIMITS.message} characters</span>
</p>
<button class="button">Sign the guestbook</button>
${!user && html`<p class="hint">With an <a href="/login?next=/guestbook">account</a>, everybody knows that it is you.</p>`}
</form>`;
}

function signedIn(name: string): Html {
  return html`<p class="by">${avatar(name)} <span>As <a href="/account"><bdi>${name}</bdi></a></span></p>`;
}

function nameField(name: string, problems: Problems): Html {
  return html`<p class="field">
<label for="name">Your name</label>
<input id="name" name="name" value="${name}" required maxlength="${LIMITS.name}" autocomplete="nickname"${state('name', problems)}>
${note('name', problems)}
</p>`;
}

/** Ties a field to what is wrong with it. The first one that is wrong gets the focus. */
function state(field: keyof Draft, problems: Problems): Html | false {
  if (problems[field] === undefined) return false;
  const isFirst = Object.keys(problems)[0] === field;
  return html` aria-invalid="true" aria-describedby="${field}-problem"${isFirst && html` autofocus`}`;
}

function note(field: keyof Draft, problems: Problems): Html | undefined {
  const problem = problems[field];
  return problem === undefined
    ? undefined
    : html`<span class="problem" id="${field}-problem">${problem}</span>`;
}

/** An entry, which the address of the page may point at: so does the one who has just signed. */
export function card({ id, name, message, member, writtenAt }: Entry): Html {
  return html`<li class="entry" id="entry-${id}">
${avatar(name)}
<article>
<h3><bdi>${name}</bdi>${member && MEMBER}</h3>
<a class="when" href="/guestbook#entry-${id}"><time datetime="${writtenAt}">${DATE.format(new Date(writtenAt))} UTC</time></a>
<p class="message" dir="auto">${message}</p>
</article>
</li>`;
}

const MEMBER = html` <span class="member">has an account</span>`;

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

export const EMPTY = html`<div class="empty">
<p><span class="dot"></span><span class="dot"></span><span class="dot"></span></p>
<p>Nobody has signed yet. The first line is yours.</p>
</div>`;

function count(entries: number): string {
  return entries === 0 ? 'An empty book' : entries === 1 ? '1 entry' : `${entries} entries`;
}

function pager(number: number, pages: number): Html {
  return html`<nav class="pager" aria-label="Older and newer entries">
${number > 1 ? html`<a rel="prev" href="/guestbook?page=${number - 1}#entries">Newer</a>` : html`<span></span>`}
<span>Page ${number} of ${pages}</span>
${number < pages ? html`<a rel="next" href="/guestbook?page=${number + 1}#entries">Older</a>` : html`<span></span>`}
</nav>`;
}

/** Ready to be pasted: with the host that this page was asked for at. */
function commands(host = 'localhost:5000'): string {
  const url = `http://${/^[\w.:[\]-]+$/.test(host) ? host : 'localhost:5000'}/api/guestbook`;
  return `curl ${url}
curl -i ${url} --json '{"name": "curl", "message": "Hello from a terminal"}'
curl -i ${url} --json '{"name": ""}'`;
}
