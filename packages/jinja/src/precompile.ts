import { checkTemplates, checkText } from './checkOptions.ts';
import { quote } from './compile/writer.ts';
import type { Environment } from './environment.ts';
import { JinjaError } from './errors.ts';

/**
 * Writes templates as a module of JavaScript, for hosts that have no files, or that do not allow `new Function`. Its default export
 * is what the option `precompiled` takes, of an environment with the same options as this one, and of the same version.
 *
 * @param sources the text of each template, by name
 * @throws TemplateSyntaxError; JinjaError `INVALID_OPTION`
 */
export function precompile(environment: Environment, sources: Readonly<Record<string, string>>): string {
  if (typeof environment?.['~compile'] !== 'function') {
    throw new JinjaError('INVALID_OPTION', 'precompile() takes an Environment, and the templates after it');
  }
  checkTemplates('what precompile() takes second', sources);
  const functions = Object.entries(sources).map(([name, source]) => {
    checkText(`the template '${name}'`, source);
    const settings = JSON.stringify(environment['~settings'](name));
    // In brackets, `__proto__` is a name like any other.
    return `[${quote(name)}]: Object.assign(function (runtime) {\n${environment['~compile'](source, name)}\n}, { settings: ${settings} })`;
  });
  return `export default {\n${functions.join(',\n')}\n};\n`;
}
