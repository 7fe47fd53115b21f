// `npm start`: installs and builds what is missing, then serves examples/tour. PORT changes the port.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, turbo } from './lib/prepare.mjs';
import { root, say } from './lib/run.mjs';
import { readManifest } from './lib/workspace.mjs';

await prepare();

say('building the tour and what it uses (a moment, the first time)');
const failed = await turbo(['run', 'build', '--filter=tour', '--output-logs=errors-only']);
if (failed) process.exit(failed);

const tour = join(root, 'examples', 'tour');
const [, file = 'dist/app.js'] = /^node (\S+)$/.exec(readManifest(tour).scripts?.start ?? '') ?? [];
const entry = join(tour, file);
say('starting examples/tour; Ctrl-C stops it');
// In this process, as its own `start` script would: signals reach the application, and nothing stands between.
process.chdir(tour);
process.argv = [process.execPath, entry];
process.env.PORT ??= '5000';

// One Ctrl-C comes twice, from the terminal and passed on by npm: the second must not cut the shutdown short. Later it does.
let asked = Number.POSITIVE_INFINITY;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (performance.now() - asked > 1000) process.exit(130);
    asked = Math.min(asked, performance.now());
  });
}
await import(pathToFileURL(entry).href);
