import { TestClient } from '@microdot/test-client';
import type { Transport } from './transport.ts';

/** `@microdot/test-client`: no socket, and nothing is added to what the application answers. */
export const clientTransport: Transport = {
  name: 'client',
  refuses: () => undefined,
  adds: new Set(),
  async connect(app) {
    return {
      async send({ method, path, headers, body }) {
        // Cookies are the visitor's, so that they are the same over every transport.
        const response = await new TestClient(app).request(method, path, { headers, body });
        return { status: response.statusCode, headers: [...response.headers], body: response.body };
      },
      async close() {},
    };
  },
};
