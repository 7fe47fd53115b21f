import type { host } from '../host.ts';

export const serveFile: typeof host.serveFile = () => {
  throw new Error('not yet');
};
