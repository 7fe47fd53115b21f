import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { publishedPackages, readManifest } from '../lib/workspace.mjs';

/** Those of the project, by name, with their folders. */
const ours = new Map(publishedPackages().map(({ folder, manifest }) => [manifest.name, folder]));

/** The names of the packages of the project. */
export const ourPackages = [...ours.keys()];

/**
 * What `npm install` leaves in a folder: the packages that it is given, and their peers. Those of the project are the ones that
 * are built here, others those that the page's own package develops with.
 *
 * @param {string} folder
 * @param {string[]} names
 * @param {import('./pages.mjs').Page} page
 * @returns {string[]} what could not be installed, and why
 */
export function install(folder, names, page) {
  const problems = [];
  for (const name of withPeers(names)) {
    const source = ours.get(name) ?? join(page.folder, 'node_modules', name);
    if (!existsSync(source)) {
      problems.push(`${page.path} installs ${name}: make that a devDependency there`);
      continue;
    }
    const target = join(folder, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(realpathSync(source), target, 'junction');
  }
  return problems;
}

/**
 * @param {string[]} names
 * @returns {Set<string>}
 */
function withPeers(names) {
  const all = new Set(names);
  for (const name of all) {
    const source = ours.get(name);
    const peers = Object.keys((source && readManifest(source).peerDependencies) ?? {});
    for (const peer of peers) if (ours.has(peer)) all.add(peer);
  }
  return all;
}
