import { quote } from './compile/writer.ts';
import type { Environment } from './environment.ts';

/**
 * Writes templates as a module of JavaScript, for hosts that have no files, or that do not allow `new Function`. Its default export
 * is what the option `precompiled` takes, of an environment with the same options as this one.
 *
 * @param sources the text of each template, by name
 * @throws TemplateSyntaxError
 */
export function precompile(environment: Environment, sources: Readonly<Record<string, string>>): string {
  const functions = Object.entries(sources).map(
    ([name, source]) => `${quote(name)}: function (runtime) {\n${environment['~compile'](source, name)}\n}`,
  );
  return `export default {\n${functions.join(',\n')}\n};\n`;
}
