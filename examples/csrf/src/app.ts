import { Microdot, Response, redirect } from '@microdot/core';
import { CSRF } from '@microdot/csrf';

export const app = new Microdot();

// Take this line out to see the attack succeed.
new CSRF(app);

let balance = 1000;

app.get('/', () =>
  html(`<h1>Your bank</h1>
    <p>You have $<output>${balance}</output>.</p>
    <form method="post" action="/pay">
      Pay $<input name="amount" type="number" min="1" aria-label="Amount"> <button>Pay</button>
    </form>`),
);

app.post('/pay', (request) => {
  const amount = request.form?.get('amount', { type: Number }) ?? 0;
  if (amount > 0 && amount <= balance) balance -= amount;
  return redirect('/', 303);
});

app.errorHandler(403, () => html('<h1>Refused</h1><p>Another site wanted to do this in your name.</p>', 403));

function html(body: string, statusCode = 200): Response {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bank</title><body>${body}</body></html>`;
  return new Response(page, statusCode, { 'Content-Type': 'text/html' });
}

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
