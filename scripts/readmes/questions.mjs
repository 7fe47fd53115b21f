import ts from 'typescript';

/**
 * @typedef {object} Question
 * @property {string} method
 * @property {string} path
 * @property {FormData | URLSearchParams | undefined} body
 */

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** What stands for an argument in a URL, by its type. */
const ARGUMENTS = new Map([
  ['int', '1'],
  ['path', 'a/b'],
]);

/**
 * A request for every route that an example registers with `.get('/path', ...)` and the like, with the form fields and the
 * files that the example reads.
 *
 * @param {string} code
 * @returns {Question[]}
 */
export function questionsFor(code) {
  /** @type {Question[]} */
  const questions = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const method = node.expression.name.text;
      const [pattern] = node.arguments;
      if (METHODS.has(method) && pattern && ts.isStringLiteral(pattern) && pattern.text.startsWith('/')) {
        questions.push({
          method: method.toUpperCase(),
          path: pathOf(pattern.text),
          body: bodyFor(method, code),
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('app.ts', code, ts.ScriptTarget.Latest));
  return questions;
}

/** @param {string} pattern */
function pathOf(pattern) {
  return pattern.replace(/<(?:(\w+):)?[^>]*>/g, (_, type) => ARGUMENTS.get(type) ?? 'joe');
}

/**
 * @param {string} method
 * @param {string} code
 */
function bodyFor(method, code) {
  if (method === 'get') return undefined;
  /** @type {string[]} */
  const fields = [...code.matchAll(/\bform\??\.get\('(\w+)'/g)].map(([, name = '']) => name);
  const files = [...code.matchAll(/\bfiles\??\.(\w+)/g)].map(([, name = '']) => name);
  if (files.length === 0) return new URLSearchParams(Object.fromEntries(fields.map((name) => [name, '1'])));
  const form = new FormData();
  for (const name of fields) form.append(name, '1');
  for (const name of files) form.append(name, new Blob(['x']), 'x.jpg');
  return form;
}
