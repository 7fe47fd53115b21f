import type { Request } from '@microdot/core';
import { Session, type SessionDict, withSession } from '@microdot/session';
import type { Extension } from '../extension.ts';
import { camelCaseKeys } from '../names.ts';

type Operation = ['set', name: string, value: unknown] | ['pop', name: string] | ['save'] | ['delete'];

/** Sessions. */
export const sessions: Extension = {
  steps: {
    session(app, { secret_key, cookie_options }: { secret_key: string; cookie_options?: object }) {
      new Session(app, { secretKey: secret_key, cookieOptions: camelCaseKeys(cookie_options) });
    },
  },
  decorators: {
    session: (handler) =>
      withSession((request, session, args) => {
        request.g.session = session;
        return handler(request as Request, args as Record<never, never>);
      }),
  },
  actions: {
    session({ g }, operations: readonly Operation[]) {
      const session = g.session as SessionDict;
      for (const [what, name, value] of operations) {
        if (what === 'set') session[name] = value;
        else if (what === 'pop') delete session[name];
        else session[what]();
      }
      return session;
    },
  },
};
