import type { ScopeManager } from '@typescript-eslint/scope-manager';
import { analyze } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { type Comment, visitorKeys } from 'oxc-parser';
import { tooDeep } from './depth.ts';
import { parsed } from './syntax.ts';

/** A node of a JavaScript or TypeScript source, and where it stands: `range` is in UTF-16 units. */
export type JsNode = TSESTree.Node;

/** A source that was parsed: its tree, the way up from each node, what each name is bound to, and its comments. */
export interface JsModule {
  readonly file: string;
  readonly source: string;
  readonly program: TSESTree.Program;
  readonly parents: ReadonlyMap<JsNode, JsNode>;
  readonly scopes: ScopeManager;
  readonly comments: readonly Comment[];
}

/**
 * Parses JavaScript or TypeScript, JSX included.
 *
 * @param file its name, whose extension says which of them it is; JavaScript with JSX by default.
 * @throws MigrateError `SYNTAX`, with the line and the column.
 */
export function parseJs(source: string, file = 'module.js'): JsModule {
  const { program: tree, comments } = parsed(source, file);
  // The two describe the same trees.
  const program = tree as unknown as TSESTree.Program;
  const parents = new Map<JsNode, JsNode>();
  walk(program, (node, parent) => {
    if (parent) parents.set(node, parent);
  });
  return { file, source, program, parents, scopes: scopesOf(program, file), comments };
}

/** Everything is read as a module: then `var` and functions of the outermost level have a scope that is known. */
function scopesOf(program: TSESTree.Program, file: string): ScopeManager {
  try {
    return analyze(program, { sourceType: 'module', childVisitorKeys: visitorKeys, lib: [] });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file);
    throw error;
  }
}

/** Calls `visit` for a node and for all within it, each before its children. */
export function walk(node: JsNode, visit: (node: JsNode, parent: JsNode | undefined) => void): void {
  const pending: [JsNode, JsNode | undefined][] = [[node, undefined]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [current, parent] = next;
    visit(current, parent);
    const children: [JsNode, JsNode][] = [];
    for (const key of visitorKeys[current.type] ?? []) {
      const child = (current as unknown as Record<string, unknown>)[key];
      for (const item of Array.isArray(child) ? child : [child]) {
        if (item) children.push([item as JsNode, current]);
      }
    }
    for (const child of children.reverse()) pending.push(child);
  }
}
