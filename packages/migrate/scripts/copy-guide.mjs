// The guide that notes refer to goes along with the package: `microdot-migrate guide` prints it.
import { copyFileSync } from 'node:fs';

copyFileSync(
  new URL('../../../docs/migrating.md', import.meta.url),
  new URL('../dist/migrating.md', import.meta.url),
);
