// Is the code in the READMEs true? Every `ts` block of every README, and of the guides in docs, is type-checked as its reader
// understands it, after those above it; the first example of the project and of each package is run as it stands.
// It reads dist: build first.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFirstExample } from './readmes/firstExample.mjs';
import { codeOf, pages } from './readmes/pages.mjs';
import { typeErrors } from './readmes/types.mjs';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'microdot-readmes-'));
try {
  const all = pages().filter((page) => codeOf(page).length > 0);
  const examples = all.flatMap((page) => {
    const [block] = codeOf(page);
    return page.beginsWithExample && block ? [{ page, block }] : [];
  });
  const problems = typeErrors(all, home('types'));
  const runs = await Promise.allSettled(
    examples.map(({ page, block }) => runFirstExample(page, block, home(page.path))),
  );
  for (const [index, result] of runs.entries()) {
    if (result.status === 'fulfilled') console.log(`${examples[index]?.page.path}: ${result.value}`);
    else problems.push(result.reason instanceof Error ? result.reason.message : String(result.reason));
  }
  for (const problem of problems) console.error(problem);
  const blocks = all.flatMap(codeOf).length;
  console.log(
    `${blocks} blocks in ${all.length} files, ${examples.length} examples run: ${problems.length} problems`,
  );
  if (problems.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} name */
function home(name) {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}
