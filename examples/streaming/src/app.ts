import { setTimeout as sleep } from 'node:timers/promises';
import { Microdot, Response } from '@microdot/core';

export const app = new Microdot();

// A handler that is a generator: what it yields is sent when it is yielded.
app.get('/', async function* () {
  for (const word of 'Every word of this arrives when it is said.'.split(' ')) {
    yield `${word} `;
    await sleep(250);
  }
});

// It is asked for more only as fast as the client reads, so it may well have no end, and takes no memory.
app.get('/primes', function* () {
  for (let n = 2; ; n++) if (isPrime(n)) yield `${n}\n`;
});

// When the client leaves, the generator ends where it is, and `finally` cleans up.
app.get('/clock', async function* () {
  try {
    for (;;) {
      yield `${new Date().toISOString()}\n`;
      await sleep(1000);
    }
  } finally {
    app.logger.info('A client has stopped looking at the clock.');
  }
});

// With a status and headers, it is the body of a Response.
app.get(
  '/report.csv',
  () => new Response(report(), 200, { 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment' }),
);

function* report() {
  yield 'n,square\r\n';
  for (let n = 1; n <= 10_000; n++) yield `${n},${n * n}\r\n`;
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return true;
}

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
