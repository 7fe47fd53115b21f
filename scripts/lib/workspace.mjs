import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {string} [packageManager]
 * @property {Record<string, unknown>} [exports]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [peerDependencies]
 */

/**
 * Every package of the workspace: its folder and its manifest. The folders are those of pnpm-workspace.yaml.
 *
 * @returns {{ folder: string; manifest: Manifest }[]}
 */
export function workspacePackages() {
  return [...within('packages'), ...within('examples'), 'conformance', 'benchmarks']
    .map((name) => join(root, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(folder) }));
}

/** Those that go to the registry. */
export function publishedPackages() {
  return workspacePackages().filter(({ manifest }) => !manifest.private);
}

/**
 * @param {string} folder
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** @param {string} parent */
function within(parent) {
  const folder = join(root, parent);
  return existsSync(folder) ? readdirSync(folder).map((name) => join(parent, name)) : [];
}
