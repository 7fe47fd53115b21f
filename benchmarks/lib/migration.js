import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('../../packages/migrate/test/fixtures/', import.meta.url));

/** @typedef {{ files: Map<string, string>; lines: number }} Tree */

/**
 * The applications that @microdot/migrate is tested with, so often that there are `least` lines of them, each copy in a folder of its
 * own. `others` is how many ordinary files stand beside them in each copy, of 671 lines that know nothing of Microdot.
 *
 * @param {number} least
 * @param {number} others
 * @returns {Tree}
 */
export function treeOf(least, others) {
  const ordinary = readFileSync(`${fixtures}python/ordinary.py`, 'utf8');
  /** @type {Map<string, string>} */
  const files = new Map();
  let lines = 0;
  /**
   * @param {string} path
   * @param {string} text
   */
  const add = (path, text) => {
    files.set(path, text);
    lines += text.split('\n').length - 1;
  };
  for (let copy = 0; lines < least; copy++) {
    for (const app of readdirSync(`${fixtures}apps`)) {
      const input = `${fixtures}apps/${app}/input/`;
      for (const path of readdirSync(input, { recursive: true, encoding: 'utf8' })) {
        if (path.endsWith('.py')) add(`copy${copy}/${app}/${path}`, readFileSync(input + path, 'utf8'));
      }
    }
    for (let i = 0; i < others; i++) add(`copy${copy}/ordinary${i}.py`, ordinary);
  }
  return { files, lines };
}
