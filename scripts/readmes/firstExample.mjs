import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { installedBy } from './blocks.mjs';
import { install } from './install.mjs';
import { startProgram } from './program.mjs';
import { questionsFor } from './questions.mjs';

/**
 * Does with the first example of a page what its reader does: installs what the page says to install before it, writes it
 * into a file, runs it, asks each of its routes, and stops it with Ctrl-C.
 *
 * @param {import('./pages.mjs').Page} page
 * @param {import('./blocks.mjs').Block} block
 * @param {string} folder an empty one, to write to
 * @returns {Promise<string>} what it has answered
 * @throws Error saying what went wrong, and what the example has printed.
 */
export async function runFirstExample(page, block, folder) {
  const [problem] = install(folder, installedBy(page.blocks, block.line), page);
  if (problem) throw new Error(problem);
  for (const { file, code } of page.blocks) if (file) write(join(folder, file), code);
  write(join(folder, 'package.json'), '{ "type": "module" }');
  write(join(folder, 'app.js'), asJavaScript(block.code));

  const program = startProgram(join(folder, 'app.js'), block.code);
  try {
    if (!/\.(?:run|startServer)\(/.test(block.code)) {
      await program.ended();
      return 'runs to its end';
    }
    const url = await program.listening();
    const answers = [];
    for (const question of questionsFor(block.code)) answers.push(await ask(url, question));
    if (answers.length === 0) throw new Error('it has no route to ask');
    program.interrupt();
    await program.ended();
    return answers.join(', ');
  } catch (error) {
    program.kill();
    const why = error instanceof Error ? error.message : error;
    throw new Error(
      `${page.path}:${block.line}: the first example fails when it runs: ${why}\n${program.printed()}`,
    );
  }
}

/**
 * Whatever is not a mistake of the example itself is an answer: to a stranger it may be 401.
 *
 * @param {string} url
 * @param {import('./questions.mjs').Question} question
 */
async function ask(url, { method, path, body }) {
  const hangUp = new AbortController();
  const signal = AbortSignal.any([hangUp.signal, AbortSignal.timeout(5000)]);
  const headers = { Authorization: `Basic ${Buffer.from('joe:1').toString('base64')}` };
  const response = await fetch(url + path, {
    method,
    headers,
    body: body ?? null,
    redirect: 'manual',
    signal,
  });
  // The head says it, and an event stream has no end.
  hangUp.abort();
  if (response.status >= 500) throw new Error(`${method} ${path} is answered ${response.status}`);
  return `${method} ${path} ${response.status}`;
}

/** @param {string} code */
function asJavaScript(code) {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
  };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
