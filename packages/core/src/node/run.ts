import type { Microdot } from '../app.ts';
import type { ServerOptions } from '../server.ts';

/**
 * Serves the application until it is shut down. The first SIGINT or SIGTERM lets what is in flight finish, the second
 * ends the process at once.
 */
export async function run(app: Microdot, options: ServerOptions): Promise<void> {
  const server = await app.startServer(options);
  app.logger.info(`Listening on ${server.url} (Ctrl-C stops it)`);
  const stop = (): void => {
    forget();
    void server.close();
  };
  const forget = (): void => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  await server.closed;
  forget();
}
