import { CORS, type CORSOptions } from '@microdot/cors';
import type { Extension } from '../extension.ts';
import { camelCaseKeys } from '../names.ts';

export const cors: Extension = {
  steps: {
    cors(app, options: object, state) {
      state.set('cors', new CORS(app, camelCaseKeys<CORSOptions>(options)));
    },
  },
};
