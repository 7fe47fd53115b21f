import type { Handler } from '@microdot/core';
import { Login } from '@microdot/login';
import type { Extension, State } from '../extension.ts';
import { camelCaseKeys } from '../names.ts';

/** Logins; they need sessions. */
export const login: Extension = {
  steps: {
    login(_, { users, ...options }: { users: Readonly<Record<string, string>> }, state) {
      const made = new Login(camelCaseKeys(options));
      // The users of the recording are their names.
      made.userLoader((id) => users[id] as never);
      state.set('login', made);
    },
  },
  decorators: {
    login: (handler, state): Handler => loginOf(state).required(handler),
    'login.fresh': (handler, state): Handler => loginOf(state).fresh(handler),
  },
  actions: {
    login: (request, { id, options }: { id: string; options?: object }, state) =>
      loginOf(state).loginUser(request, { id }, camelCaseKeys(options)),
    async logout(request, _: true, state) {
      await loginOf(state).logoutUser(request);
    },
  },
  echoes: {
    current_user: ({ g }) => g.currentUser ?? null,
  },
};

function loginOf(state: State): Login {
  return state.get('login') as Login;
}
