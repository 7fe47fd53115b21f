import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Environment } from '@microdot/jinja';
import nunjucks from 'nunjucks';

/** The templates that are timed, with what they are given and the digest of what Jinja2 makes of that. */
export const JINJA_FILE = fileURLToPath(new URL('../templates/jinja.json', import.meta.url));

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} main
 * @property {Readonly<Record<string, string>>} templates
 * @property {{ trimBlocks: boolean; lstripBlocks: boolean }} options
 * @property {Readonly<Record<string, unknown>>} context
 * @property {string} sha256
 */

/** @returns {Promise<Workload[]>} */
export async function jinjaWorkloads() {
  /** @type {(Workload & { contextOf?: string })[]} */
  const workloads = JSON.parse(await readFile(JINJA_FILE, 'utf8'));
  const contexts = new Map(workloads.map(({ id, context }) => [id, context]));
  return workloads.map((workload) => ({
    ...workload,
    context: workload.context ?? contexts.get(workload.contextOf ?? ''),
  }));
}

/** @param {Workload} workload */
export function microdotTemplate({ templates, main, options }) {
  return new Environment({ templates, autoescape: true, ...options }).getTemplate(main);
}

/**
 * The same under nunjucks; `undefined` where it cannot render it.
 *
 * @param {Workload} workload
 */
export function nunjucksTemplate({ templates, main, options, context }) {
  const loader = /** @type {import('nunjucks').ILoader} */ ({
    getSource: (name) => ({ src: templates[name] ?? '', path: name, noCache: false }),
  });
  const environment = new nunjucks.Environment([loader], { autoescape: true, ...options });
  const template = environment.getTemplate(main);
  try {
    template.render(context);
    return template;
  } catch {
    return undefined;
  }
}

/** @param {string} text */
export function digestOf(text) {
  return createHash('sha256').update(text).digest('hex');
}
