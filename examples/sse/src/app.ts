import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { abort, Microdot, sendFile } from '@microdot/core';
import { EventLog, ServerSentEvent, withSSE } from '@microdot/sse';

interface Message {
  text: string;
  at: string;
}

export const app = new Microdot();

const root = join(import.meta.dirname, '..');
const messages: Message[] = [];
const log = new EventLog({ size: 100 });

app.get('/', () => sendFile('index.html', { root }));

app.get('/messages', () => messages);

app.post('/messages', (request) => {
  const { text } = Object(request.json) as { text?: unknown };
  if (typeof text !== 'string' || text.trim() === '') abort(400, 'A message needs a text');
  const message = { text: text.slice(0, 500), at: new Date().toISOString() };
  messages.push(message);
  if (messages.length > 100) messages.shift();
  // Everybody who looks on has it at once, and who has lost the connection, when they are back.
  log.send(message, { event: 'message' });
  return 201;
});

app.get(
  '/messages/live',
  withSSE((_request, sse) =>
    // Who was away for more than a hundred messages is told to load them all.
    log.follow(sse, { onMissed: () => sse.send('', { event: 'reload' }) }),
  ),
);

// A handler may be a generator: what it yields is sent, and it ends where the client leaves.
app.get(
  '/countdown/<int:from>',
  withSSE(async function* (_request, sse, { from }) {
    for (let n = Math.min(from, 60); n > 0; n--) {
      yield { n };
      await sleep(1000, undefined, { signal: sse.signal });
    }
    yield new ServerSentEvent('Lift-off', { event: 'end' });
  }),
);

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
