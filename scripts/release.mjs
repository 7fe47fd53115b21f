// Publishes every package whose version is not in the registry yet, with provenance, and tags it. The release workflow runs
// it; provenance cannot be had elsewhere.
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { prepare, turbo } from './lib/prepare.mjs';
import { root, run } from './lib/run.mjs';
import { publishedPackages } from './lib/workspace.mjs';

const repository = process.env.GITHUB_REPOSITORY;
if (!repository) {
  console.error('Packages are published by .github/workflows/release.yml, so that they carry provenance.');
  process.exit(1);
}

await prepare();
const failed = await turbo(['run', 'build', 'check:pkg', '--output-logs=errors-only']);
if (failed) process.exit(failed);

// Provenance wants each manifest to name the repository that it is built from.
for (const { folder, manifest } of publishedPackages()) {
  const url = `git+https://github.com/${repository}.git`;
  const directory = relative(root, folder).replaceAll('\\', '/');
  const named = { ...manifest, repository: { type: 'git', url, directory } };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(named, null, 2)}\n`);
}

await run('pnpm', ['publish', '--recursive', '--provenance', '--access', 'public', '--no-git-checks']);
await run('pnpm', ['exec', 'changeset', 'tag']);
