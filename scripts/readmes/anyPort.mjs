// Loaded before an example: it listens on a free port of this machine alone, whichever the code says.
import { Server } from 'node:net';

const { listen } = Server.prototype;

/**
 * @this {Server}
 * @param {unknown[]} args a port, a host, and what to call
 * @returns {Server}
 */
Server.prototype.listen = function anyPort(...args) {
  const listening = args.find((arg) => typeof arg === 'function');
  return Reflect.apply(listen, this, [0, '127.0.0.1', listening]);
};
