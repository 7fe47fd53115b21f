import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Answer, OutgoingRequest, Transport } from './transport.ts';

/** The Node server, over a real socket. */
export const nodeTransport: Transport = {
  name: 'node',
  // Of the vectors of this repository: query_and_cookies-56.
  refuses: ({ path }) =>
    /[^\x21-\x7e]/.test(path)
      ? "node:http's parser takes no target with bytes beyond ASCII (RFC 9112 3.2)"
      : undefined,
  adds: new Set(['connection', 'date', 'keep-alive', 'transfer-encoding']),
  async connect(app) {
    const server = await app.startServer({ port: 0, host: '127.0.0.1' });
    const agent = new Agent({ keepAlive: true });
    return {
      send: (request) => send(request, server.port, agent),
      async close() {
        agent.destroy();
        await server.close();
      },
    };
  },
};

async function send(outgoing: OutgoingRequest, port: number, agent: Agent): Promise<Answer> {
  const { method, path, headers } = outgoing;
  const body = Buffer.from(outgoing.body ?? '');
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      agent,
      method,
      path,
      headers: {
        Host: 'example.com:1234',
        ...headers,
        ...(outgoing.body !== undefined && { 'Content-Length': body.length }),
      },
    });
    request.on('response', resolve).on('error', reject).end(body);
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode ?? 0,
    headers: pairs(response.rawHeaders),
    body: Buffer.concat(chunks),
  };
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, i) =>
    i % 2 === 0 ? [[name, rawHeaders[i + 1] as string] as [string, string]] : [],
  );
}
