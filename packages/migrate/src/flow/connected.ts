import type { PythonModule } from '../python/parse.ts';
import type { Program } from '../python/program.ts';
import { factsOf } from './facts.ts';

/**
 * The modules of a program in groups: each with what it imports and what imports it, at any distance, which is all that it may
 * exchange values with.
 */
export function components(program: Program): PythonModule[][] {
  return [...new Set(build(program).values())].map((group) => [...group]);
}

function build(program: Program): Map<PythonModule, Set<PythonModule>> {
  const components = new Map([...program.modules.values()].map((module) => [module, new Set([module])]));
  const join = (a: PythonModule, b: PythonModule) => {
    const [into, from] = [components.get(a), components.get(b)];
    if (into === undefined || from === undefined || into === from) return;
    for (const each of from) {
      into.add(each);
      components.set(each, into);
    }
  };
  for (const module of program.modules.values()) {
    for (const statement of factsOf(module).imports) {
      for (const other of importedBy(program, module, statement)) join(module, other);
    }
    // Fixtures of pytest come without an import.
    const conftest = program.imported(module, 'conftest', 0);
    if (conftest !== null) join(module, conftest);
  }
  return components;
}

function importedBy(
  program: Program,
  module: PythonModule,
  statement: ReturnType<typeof factsOf>['imports'][number],
): PythonModule[] {
  const names = statement.names.map(({ name }) => name);
  if (statement.nodeType === 'Import')
    return names.flatMap((name) => program.imported(module, name, 0) ?? []);
  const { module: dotted = '', level = 0 } = statement;
  const submodules = names.map((name) => (dotted === '' ? name : `${dotted}.${name}`));
  return [dotted, ...submodules].flatMap((name) => program.imported(module, name, level) ?? []);
}
