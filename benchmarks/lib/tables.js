import { readFileSync } from 'node:fs';

/** The table of `pnpm bench:utemplate`, in utemplate's syntax. */
const UTEMPLATE = `{% args cols, rows %}
<table>
<thead><tr>{% for c in cols %}<th>{{ c }}</th>{% endfor %}</tr></thead>
<tbody>
{% for r in rows %}
<tr>{% for c in cols %}<td>{{ r[c] }}</td>{% endfor %}</tr>
{% endfor %}
</tbody>
</table>
`;

/** The same in eta's. Eta drops the line break behind each tag. */
const ETA = `<table>
<thead><tr><% for (const c of it.cols) { %><th><%= c %></th><% } %></tr></thead>
<tbody>
<% for (const r of it.rows) { %>
<tr><% for (const c of it.cols) { %><td><%= r[c] %></td><% } %></tr>
<% } %>
</tbody>
</table>
`;

const WORDS =
  'amber birch cedar delta ember fjord grove haven inlet juniper <b>klee</b> lotus "maple" north'.split(' ');

/**
 * A thousand rows of ten columns, text for the most part, some of which has to be escaped.
 *
 * @param {string | undefined} cases a file of cases, of which `utable` and the context that it names are taken instead
 * @returns {{ utemplate: string; eta: string; cols: string[]; rows: Record<string, unknown>[] }}
 */
export function utable(cases) {
  if (cases !== undefined) {
    /** @type {any[]} */
    const all = JSON.parse(readFileSync(cases, 'utf8'));
    const { main, templates, context_of } = all.find(({ id }) => id === 'utable');
    const { cols, rows } = all.find(({ id }) => id === context_of).context;
    return { utemplate: templates[main], eta: ETA, cols, rows };
  }
  const cols = 'id name kind price stock city note email active code'.split(' ');
  const word = (/** @type {number} */ n) => WORDS[(n * 7919) % WORDS.length];
  const rows = Array.from({ length: 1000 }, (_, i) => ({
    id: i + 1,
    name: `${word(i)} ${word(i + 3)}`,
    kind: word(i + 1),
    price: ((i * 7907) % 200_000) + 1,
    stock: i % 60,
    city: word(i + 5),
    note: [1, 2, 3, 4].map((n) => word(i * n + 2)).join(' '),
    email: `${word(i + 2)}@${word(i + 4)}.example`,
    active: i % 3 === 0 ? 'no' : 'yes',
    code: `<${((i * 3571) % 65_536).toString(16)}>`,
  }));
  return { utemplate: UTEMPLATE, eta: ETA, cols, rows };
}
