import { Microdot, Response } from '@microdot/core';
import { api } from './api.ts';
import { shop } from './shop.ts';

export const app = new Microdot();

app.mount(shop);
// What is local stays with its own routes: the shop's errors are pages, those of the API are JSON.
app.mount(api, { urlPrefix: '/api', local: true });

app.errorHandler(404, () => new Response('We do not have that.', 404));

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
