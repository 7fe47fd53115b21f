import { abort, Microdot, URLPattern } from '@microdot/core';

export const app = new Microdot();

// An argument is a segment of the path: text, unless its type says otherwise.
app.get('/hello/<name>', (_request, { name }) => `Hello, ${name}!`);

// `<int:n>` is a number, for the compiler too. `/square/twelve` is no square: it is 404.
app.get('/square/<int:n>', (_request, { n }) => ({ n, square: n * n }));

// `<path:rest>` takes what is left, slashes included, and a regular expression whatever it matches.
app.get('/docs/<path:page>', (_request, { page }) => ({ page: page.split('/') }));
app.get('/<re:v[0-9]+:version>/status', (_request, { version }) => ({ version, status: 'fine' }));

// A type of your own converts what it matches, and tells the compiler what to.
URLPattern.registerType('date', {
  pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}',
  parser: (text) => (Number.isNaN(Date.parse(text)) ? undefined : new Date(text)),
});
declare module '@microdot/core' {
  interface SegmentTypes {
    date: Date;
  }
}
app.get('/weekday/<date:day>', (_request, { day }) =>
  day.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }),
);

// The first route that matches path and method wins. Other methods on the same path: 405, and OPTIONS tells which.
const todos = new Map([[1, 'Read the source']]);

app.get('/todos', () => [...todos].map(([id, title]) => ({ id, title })));

app.post('/todos', (request) => {
  const { title } = (request.json ?? {}) as { title?: unknown };
  if (typeof title !== 'string' || todos.size >= 100)
    abort(400, 'Send {"title": "..."}, and no more than 100');
  const id = Math.max(0, ...todos.keys()) + 1;
  todos.set(id, title);
  return 201;
});

app.get('/todos/<int:id>', (_request, { id }) => ({
  id,
  title: todos.get(id) ?? abort(404, 'No such todo'),
}));

app.delete('/todos/<int:id>', (_request, { id }) => (todos.delete(id) ? 204 : abort(404, 'No such todo')));

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
