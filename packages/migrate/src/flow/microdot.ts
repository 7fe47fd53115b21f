import { bindingsOf } from '../python/bindings.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Program } from '../python/program.ts';
import type { Expression } from '../python/tree.ts';
import { type MicrodotName, microdotName } from '../tables/modules.ts';
import { starNames } from '../tables/symbols.ts';

/** What an expression is of Microdot; `null` where it is something else. */
export function microdotOf(
  program: Program,
  module: PythonModule,
  expression: Expression,
): MicrodotName | null {
  if (expression.nodeType !== 'Name' && expression.nodeType !== 'Attribute') return null;
  for (const meaning of program.meaningsOf(module, expression)) {
    if (meaning.kind !== 'outside') continue;
    const found = microdotName(meaning.name);
    if (found !== null) return found;
  }
  return fromStar(module, expression);
}

/** The name of Microdot that an expression is, such as `with_session`, in whatever module that is. */
export function symbolOf(program: Program, module: PythonModule, expression: Expression): string | null {
  const found = microdotOf(program, module, expression);
  return found?.path.length === 1 ? (found.path[0] as string) : null;
}

// A name that nothing defines, where a module of Microdot was imported with a star.
function fromStar(module: PythonModule, expression: Expression): MicrodotName | null {
  if (bindingsOf(module).scope.stars.length === 0) return null;
  if (expression.nodeType === 'Attribute') {
    const owner = fromStar(module, expression.value);
    return owner && { ...owner, path: [...owner.path, expression.attr] };
  }
  if (expression.nodeType !== 'Name') return null;
  const bindings = bindingsOf(module);
  if (bindings.resolve(expression) !== null) return null;
  for (const { module: dotted = '', level = 0 } of bindings.scope.stars) {
    const found = microdotName('.'.repeat(level) + dotted);
    if (found?.path.length === 0 && starNames(found.module).includes(expression.id)) {
      return { ...found, path: [expression.id] };
    }
  }
  return null;
}
