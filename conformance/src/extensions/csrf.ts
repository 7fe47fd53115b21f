import type { CORS } from '@microdot/cors';
import { CSRF, type CSRFOptions } from '@microdot/csrf';
import type { Extension } from '../extension.ts';
import { camelCaseKeys } from '../names.ts';

export const csrf: Extension = {
  steps: {
    csrf(app, { use_cors: usesCors = false, ...options }: { use_cors?: boolean }, state) {
      const cors = usesCors ? (state.get('cors') as CORS) : undefined;
      state.set('csrf', new CSRF(app, { cors, ...camelCaseKeys<CSRFOptions>(options) }));
    },
  },
  decorators: {
    'csrf.exempt': (handler, state) => (state.get('csrf') as CSRF).exempt(handler),
    'csrf.protect': (handler, state) => (state.get('csrf') as CSRF).protect(handler),
  },
};
