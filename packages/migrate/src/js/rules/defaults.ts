import type { TSESTree } from '@typescript-eslint/types';
import { classes, oldName } from '../names.ts';
import type { JsContext, JsRule } from '../rule.ts';
import type { Uses } from '../uses.ts';

type Default = Uses['defaults'][number];

/** Packages of 2.x have no default export: what was imported by default is the whole module, or its one class. */
export const defaults: JsRule = {
  name: 'defaults',
  apply(context: JsContext): void {
    for (const each of context.uses.defaults) rewriteDefault(context, each);
  },
};

function rewriteDefault({ module, changes }: JsContext, { specifier, variable, node }: Default): void {
  const { owner } = specifier;
  if (owner.type !== 'ImportDeclaration') return;
  const local = node.local.name;
  const name = className(module.parents, specifier.module, variable, local);
  const clause =
    name === undefined ? `* as ${local}` : `{ ${name === local ? name : `${name} as ${local}`} }`;
  const [, second] = owner.specifiers;
  if (!second) changes.replace(...node.range, clause, 'defaults');
  else if (second.type === 'ImportSpecifier' && name !== undefined) {
    // `import CORS, { x } from` is `import { CORS, x } from`.
    changes.replace(node.range[0], second.range[0], `${clause.slice(0, -2)}, `, 'defaults');
  } else {
    const home = specifier.module.package ?? '';
    const literal = module.source.slice(...specifier.node.range);
    const quote = literal[0] ?? "'";
    const end = module.source.slice(...owner.range).endsWith(';') ? ';' : '';
    const start =
      second.type === 'ImportSpecifier' ? module.source.lastIndexOf('{', second.range[0]) : second.range[0];
    const statement = `${clause} from ${quote}${home}${quote}${end}${changes.lineBreak}import `;
    changes.replace(node.range[0], start, statement, 'defaults');
  }
}

/** The export that a default import stands for: one of its own name, or the main one where it is called. */
function className(
  parents: JsContext['module']['parents'],
  old: Parameters<typeof oldName>[0],
  variable: Default['variable'],
  local: string,
): string | undefined {
  const uses = variable.references.map(({ identifier }) => parents.get(identifier));
  if (uses.some((parent) => isMember(parent, variable))) return undefined;
  const own = oldName(old, local)?.name;
  if (own !== undefined) return own;
  const isCalled = variable.references.some(({ identifier }) => {
    const parent = parents.get(identifier);
    return (
      (parent?.type === 'NewExpression' || parent?.type === 'CallExpression') && parent.callee === identifier
    );
  });
  return isCalled ? classes[old.package ?? ''] : undefined;
}

function isMember(parent: TSESTree.Node | undefined, variable: Default['variable']): boolean {
  const isOf = (node: TSESTree.Node): boolean =>
    variable.references.some(({ identifier }) => identifier === node);
  if (parent?.type === 'MemberExpression') return isOf(parent.object);
  if (parent?.type === 'TSQualifiedName') return isOf(parent.left);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern';
}
