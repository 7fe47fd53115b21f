import type { Microdot } from '../app.ts';
import type { ServerOptions } from '../server.ts';

/** Through `npm start` one Ctrl-C arrives twice, from the terminal and from npm: that is still one. */
const SAME_SIGNAL = 1000;

/**
 * Serves the application until it is shut down. The first SIGINT or SIGTERM lets what is in flight finish, another one
 * ends the process at once.
 */
export async function run(app: Microdot, options: ServerOptions): Promise<void> {
  const server = await app.startServer(options);
  let asked = 0;
  const stop = (signal: NodeJS.Signals): void => {
    if (asked === 0) {
      asked = Date.now();
      void server.close();
    } else if (Date.now() - asked > SAME_SIGNAL) {
      forget();
      process.kill(process.pid, signal);
    }
  };
  const forget = (): void => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  app.logger.info(`Listening on ${server.url} (Ctrl-C stops it)`);
  await server.closed;
  forget();
}
