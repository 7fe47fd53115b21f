import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../lib/run.mjs';
import { workspacePackages } from '../lib/workspace.mjs';
import { blocksOf } from './blocks.mjs';

/**
 * A Markdown file with code in it.
 *
 * @typedef {object} Page
 * @property {string} path from the root: `packages/core/README.md`
 * @property {string} folder where it is
 * @property {boolean} beginsWithExample whether its first example is one to copy and to run
 * @property {import('./blocks.mjs').Block[]} blocks
 */

/**
 * The READMEs of the project and of its packages, and the guides in docs.
 *
 * @returns {Page[]}
 */
export function pages() {
  const members = workspacePackages().map(({ folder, manifest }) => ({
    file: join(folder, 'README.md'),
    beginsWithExample: !manifest.private,
  }));
  const docs = join(root, 'docs');
  const guides = (existsSync(docs) ? readdirSync(docs) : []).filter((name) => name.endsWith('.md'));
  return [
    { file: join(root, 'README.md'), beginsWithExample: true },
    ...members,
    ...guides.map((name) => ({ file: join(docs, name), beginsWithExample: false })),
  ]
    .filter(({ file }) => existsSync(file))
    .map(({ file, beginsWithExample }) => {
      const path = relative(root, file).replaceAll('\\', '/');
      return { path, folder: dirname(file), beginsWithExample, blocks: blocksIn(path) };
    });
}

/** @param {Page} page */
export function codeOf({ blocks }) {
  return blocks.filter(({ language }) => language === 'ts');
}

/** @param {string} path */
function blocksIn(path) {
  try {
    return blocksOf(readFileSync(join(root, path), 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}
