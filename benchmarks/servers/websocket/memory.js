import v8 from 'node:v8';
import vm from 'node:vm';

// What `--expose-gc` does, for a process that was started without it.
v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');

/** What the process takes in bytes, without the garbage. */
export function memory() {
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}
