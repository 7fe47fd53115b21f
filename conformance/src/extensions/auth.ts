import { type Auth, BasicAuth, TokenAuth } from '@microdot/auth';
import type { Handler } from '@microdot/core';
import type { Extension, State } from '../extension.ts';
import { camelCaseKeys } from '../names.ts';

type Table = Readonly<Record<string, string>>;

/** Basic and token authentication: an application of the vectors has one of them. */
export const auth: Extension = {
  steps: {
    basic_auth(_, { users, ...options }: { users: Table }, state) {
      const basic = new BasicAuth<string>(camelCaseKeys(options));
      basic.authenticate((_request, name, password) => (users[name] === password ? name : undefined));
      state.set('auth', basic);
    },
    token_auth(_, { tokens, ...options }: { tokens: Table }, state) {
      const token = new TokenAuth<string>(camelCaseKeys(options));
      token.authenticate((_request, text) => tokens[text]);
      state.set('auth', token);
    },
  },
  decorators: {
    auth: (handler, state): Handler => authOf(state).required(handler),
    'auth.optional': (handler, state): Handler => authOf(state).optional(handler),
  },
  echoes: {
    current_user: ({ g }) => g.currentUser ?? null,
  },
};

function authOf(state: State): Auth<[], string> {
  return state.get('auth') as Auth<[], string>;
}
