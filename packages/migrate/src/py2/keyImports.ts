import { factsOf } from '../flow/facts.ts';
import type { Flow } from '../flow/flow.ts';
import { bindingsOf } from '../python/bindings.ts';
import { walk } from '../python/fields.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Definition } from '../python/scopes.ts';
import type { Expression, Name } from '../python/tree.ts';

/** A name in a key that moves to another module, and what it is there: `name` of `module`, or `module` itself. */
export interface KeyImport {
  node: Name;
  module: string;
  name?: string;
}

/**
 * What has to be imported for a key to mean the same in another module.
 *
 * @returns `null` where it cannot mean the same there, such as with a name of a function
 */
export function keyImports(
  flow: Flow,
  from: PythonModule,
  key: Expression,
  to: PythonModule,
): KeyImport[] | null {
  let found: KeyImport[] | null = [];
  walk(key, (node) => {
    if (node.nodeType !== 'Name' || found === null) return true;
    const binding = bindingsOf(from).resolve(node);
    if (binding === null) {
      if (bindingsOf(to).scope.names.has(node.id)) found = null;
    } else if (binding.scope.kind !== 'module') found = null;
    else if (from !== to) {
      const [definition] = binding.definitions;
      const one =
        binding.definitions.length === 1 && definition ? imported(flow, from, node, definition, to) : null;
      if (one === null) found = null;
      else found.push(one);
    }
    return true;
  });
  return found;
}

function imported(
  flow: Flow,
  from: PythonModule,
  node: Name,
  definition: Definition,
  to: PythonModule,
): KeyImport | null {
  if (definition.kind === 'import') {
    const { name } = definition.node;
    return name.includes('.') ? null : { node, module: name };
  }
  if (definition.kind === 'from') {
    const { module = '', level = 0 } = definition.statement;
    if (level > 0 && folderOf(from) !== folderOf(to)) return null;
    return { node, module: '.'.repeat(level) + module, name: definition.node.name };
  }
  const isOwn = definition.kind === 'assignment' || definition.kind === 'def';
  const home = isOwn ? nameOf(flow, from, to) : null;
  return home === null ? null : { node, module: home, name: node.id };
}

/** What a module calls another one that it imports; `null` where that one imports it as well. */
export function nameOf(flow: Flow, owner: PythonModule, importer: PythonModule): string | null {
  if (namesOf(flow, importer, owner).length > 0) return null;
  return namesOf(flow, owner, importer)[0] ?? null;
}

function namesOf({ program }: Flow, owner: PythonModule, importer: PythonModule): string[] {
  return factsOf(importer).imports.flatMap((statement) => {
    if (statement.nodeType === 'Import')
      return statement.names
        .map(({ name }) => name)
        .filter((name) => program.imported(importer, name, 0) === owner);
    const { module = '', level = 0, names } = statement;
    const dots = '.'.repeat(level);
    if (program.imported(importer, module, level) === owner) return [dots + module];
    return names
      .map(({ name }) => (module === '' ? name : `${module}.${name}`))
      .filter((name) => program.imported(importer, name, level) === owner)
      .map((name) => dots + name);
  });
}

function folderOf({ file }: PythonModule): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}
