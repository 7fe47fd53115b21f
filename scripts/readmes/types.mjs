import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../lib/run.mjs';
import { installedBy } from './blocks.mjs';
import { install, ourPackages } from './install.mjs';
import { modulesOf } from './modules.mjs';
import { codeOf } from './pages.mjs';

/**
 * What the compiler has to say about the code of the pages, against the declarations that are published. All of it is one
 * program, so that those are read once.
 *
 * @param {import('./pages.mjs').Page[]} pages
 * @param {string} folder an empty one, to write to
 * @returns {string[]}
 */
export function typeErrors(pages, folder) {
  /** @type {Map<string, { path: string; line: number; length: number }>} */
  const places = new Map();
  /** @type {string[]} */
  const errors = [];
  for (const [index, page] of pages.entries()) {
    const home = join(folder, String(index));
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
    errors.push(...install(home, [...ourPackages, ...installedBy(page.blocks)], page));
    for (const { file, block, text } of modulesOf(codeOf(page))) {
      writeFileSync(join(home, file), text);
      places.set(join(home, file), {
        path: page.path,
        line: block.line,
        length: block.code.split('\n').length,
      });
    }
  }
  const program = ts.createProgram([...places.keys()], compilerOptions());
  const found = ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = `TS${diagnostic.code}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
    const { file, start = 0 } = diagnostic;
    const place = file && places.get(join(file.fileName));
    if (!file || !place) return file ? `${file.fileName}: ${message}` : message;
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    // Behind the code stands what connects the blocks: nothing there is the author's.
    const within = Math.min(line, place.length - 1);
    return `${place.path}:${place.line + within}:${character + 1}: ${message}`;
  });
  return [...errors, ...found];
}

/**
 * Those of an application that is as strict as we are, but for hooks that answer some requests and leave the others alone.
 *
 * @returns {ts.CompilerOptions}
 */
function compilerOptions() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const typeRoots = [join(root, 'node_modules', '@types')];
  return { ...options, noImplicitReturns: false, noEmit: true, types: ['node'], typeRoots };
}
