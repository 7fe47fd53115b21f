import { Readable } from 'node:stream';
import fastifyStatic from '@fastify/static';
import Fastify from 'fastify';
import { chunks, host, hundredPaths, message, port, root, TEXT } from './common.js';

const app = Fastify();

// A schema makes fastify write JSON with code of its own.
const schema = {
  response: {
    200: {
      type: 'object',
      properties: { message: { type: 'string' }, ok: { type: 'boolean' }, n: { type: 'number' } },
    },
  },
};

app.get('/', (_request, reply) => reply.send(TEXT));
app.get('/json', { schema }, (_request, reply) => reply.send(message()));
app.post('/echo', (request, reply) => reply.send(request.body));
app.get('/stream', (_request, reply) =>
  reply.type('application/octet-stream').send(Readable.from(chunks(), { objectMode: false })),
);
app.register(fastifyStatic, { root, prefix: '/static/' });

for (const path of hundredPaths()) {
  app.get(path, ({ params }, reply) => reply.send(`${params.uid}/${params.pid}`));
}

await app.listen({ port, host });
