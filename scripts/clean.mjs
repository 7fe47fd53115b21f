// Removes the folders named. A build starts from nothing, or a deleted source would still be published.
import { rmSync } from 'node:fs';

for (const folder of process.argv.slice(2)) rmSync(folder, { recursive: true, force: true });
