import { BasicAuth, TokenAuth, timingSafeFind } from '@microdot/auth';
import { Microdot } from '@microdot/core';
import { findUser, type User } from './users.ts';

export const app = new Microdot<{ currentUser: User }>();

/** People, who have passwords. */
const people = new BasicAuth<User>({ realm: 'An example' });
people.authenticate((_request, name, password) => findUser(name, password));

/** Programs, which have tokens. */
const tokens = new Map([['susan-token', { name: 'the robot of Susan' }]]);
const programs = new TokenAuth<User>();
programs.authenticate((_request, token) => timingSafeFind(tokens, token));

app.get(
  '/',
  people.required(({ g }) => `Hello, ${g.currentUser.name}!`),
);

app.get(
  '/reports/<int:year>',
  programs.required(({ g }, { year }) => ({ year, for: g.currentUser.name, visitors: year * 2 })),
);

// Those who are not known get the public part.
const open = new Microdot<{ currentUser: User | null }>();
open.get(
  '/',
  programs.optional(({ g }) => (g.currentUser ? { plan: 'paid', limit: 1000 } : { plan: 'free', limit: 10 })),
);
app.mount(open, { urlPrefix: '/limits' });

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
