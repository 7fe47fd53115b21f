import { walk } from '../python/fields.ts';
import type { PythonModule } from '../python/parse.ts';
import type { Expression, ImportFrom, Node, Statement, Try } from '../python/tree.ts';
import { isKnownModule } from './known/names.ts';

/**
 * `try: import x` with something else for where there is no `x`: of what runs here one is known beforehand. An import that is tried
 * in vain leaves what its handler does, and one that is known leaves no handler.
 *
 * @param isOwn whether a module is one of the project.
 */
export function decideImports(module: PythonModule, isOwn: (name: string) => boolean): void {
  const found: Try[] = [];
  walk(module.tree, (node) => {
    if (node.nodeType === 'Try' && isImportAttempt(node)) found.push(node);
    return true;
  });
  // From the innermost on: one may stand in the handler of another.
  for (const node of found.reverse()) decide(node, isOwn);
}

function decide(node: Try, isOwn: (name: string) => boolean): void {
  const [handler] = node.handlers;
  if (!handler) return;
  const isThere = node.body.every((statement) => isPresent(statement, isOwn));
  const hasOther = handler.body.some(
    ({ nodeType }) => nodeType !== 'Pass' && nodeType !== 'Raise' && nodeType !== 'Expr',
  );
  if (!isThere && !hasOther) return;
  const isOtherThere = handler.body.some((statement) => !isImport(statement) || isPresent(statement, isOwn));
  const body = isThere || !isOtherThere ? [...node.body, ...node.orelse] : handler.body;
  replace(node, [...body, ...node.finalbody]);
}

/** Imports, and variables that say that they were there. */
function isImportAttempt(node: Try): boolean {
  return (
    node.body.some(isImport) &&
    node.body.every(
      (statement) => isImport(statement) || (statement.nodeType === 'Assign' && isPlain(statement.value)),
    )
  );
}

function isPlain({ nodeType }: Expression): boolean {
  return nodeType === 'Constant' || nodeType === 'Name' || nodeType === 'Attribute';
}

function isImport({ nodeType }: Statement): boolean {
  return nodeType === 'Import' || nodeType === 'ImportFrom';
}

function isPresent(statement: Statement, isOwn: (name: string) => boolean): boolean {
  if (statement.nodeType === 'Import')
    return statement.names.every(({ name }) => isKnownModule(name) || isOwn(name));
  if (statement.nodeType !== 'ImportFrom') return true;
  const { module = '', level } = statement as ImportFrom;
  return Boolean(level) || isKnownModule(module) || isOwn(module);
}

/** Puts statements in the place of one. */
function replace(node: Try, statements: readonly Statement[]): void {
  const { parent } = node;
  if (!parent) return;
  for (const value of Object.values(parent)) {
    const at = Array.isArray(value) ? (value as Node[]).indexOf(node) : -1;
    if (at < 0) continue;
    (value as Node[]).splice(at, 1, ...statements);
    for (const statement of statements) (statement as { parent: Node | null }).parent = parent;
  }
}
