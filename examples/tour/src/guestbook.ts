import { abort, Microdot, type Request, redirect } from '@microdot/core';
import { Template } from '@microdot/jinja';
import { check, type Draft, type Entry, entries, LIMITS, type Problems } from './entries.ts';
import { Html, html } from './html.ts';
import { stop, stream, type Tour } from './layout.ts';
import { excerpt, templateExcerpt, terminal } from './source.ts';

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
    'A template that streams',
    html`<p>Written as for Flask or Python's Microdot, with a layout, macros and blocks, and sent while it is made. What is put into it is escaped.</p>`,
    html`${excerpt(FILE, 'template')}${templateExcerpt('guestbook.html', 'entries')}`,
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

// #region template
async function show(request: Request<Tour>, draft = NOTHING, problems: Problems = {}) {
  const list = await entries.list();
  const pages = Math.max(1, Math.ceil(list.length / PER_PAGE));
  const number = request.args.get('page', { default: 1, type: Number });
  if (!Number.isInteger(number) || number < 1 || number > pages) abort(404);
  const isBad = Object.keys(problems).length > 0;
  const title = isBad ? 'Almost: the guestbook' : 'Guestbook';
  return stream(request, { title, file: FILE, statusCode: isBad ? 422 : 200 }, 'guestbook.html', {
    entries: list.slice((number - 1) * PER_PAGE, number * PER_PAGE),
    count: list.length,
    ...{ number, pages, draft, problems, limits: LIMITS },
    stops: html`${SOURCES}${stop('From a terminal', '', terminal(commands(request.headers.get('Host'))))}`,
  });
}
// #endregion

const ENTRY = new Template('entry.html');

/** An entry, which the address of the page may point at: so does the one who has just signed. */
export function card(entry: Entry): Html {
  return new Html(ENTRY.render({ entry }));
}

export const EMPTY = new Html(new Template('empty.html').render());

/** Ready to be pasted: with the host that this page was asked for at. */
function commands(host = 'localhost:5000'): string {
  const url = `http://${/^[\w.:[\]-]+$/.test(host) ? host : 'localhost:5000'}/api/guestbook`;
  return `curl ${url}
curl -i ${url} --json '{"name": "curl", "message": "Hello from a terminal"}'
curl -i ${url} --json '{"name": ""}'`;
}
