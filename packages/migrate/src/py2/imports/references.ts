import { bindingsOf } from '../../python/bindings.ts';
import type { Alias, Attribute, Expression, Import, ImportFrom, Name, Node } from '../../python/tree.ts';
import { type MicrodotName, MODULES, microdotName } from '../../tables/modules.ts';
import { fateOf } from '../../tables/symbols.ts';
import type { FileContext } from '../context.ts';
import { isLeft, isSubmodule, submoduleName } from './entries.ts';

const RULE = 'imports';

/** Edits what is reached through a module that is imported as a whole: `microdot_asyncio.HTTPException`. */
export function rewriteReferences(context: FileContext, statement: Import | ImportFrom): void {
  for (const alias of statement.names) {
    const found = moduleOf(context, statement, alias);
    if (
      found === null ||
      found.path.length > 0 ||
      isLeft(context, found) ||
      found.module.startsWith('microdot.')
    )
      continue;
    for (const name of namesOf(context, alias)) {
      const module = moduleExpression(name, alias);
      if (module !== null) rewrite(context, alias, found.module, name, module);
    }
  }
}

// `import microdot_session`, and `from lib import microdot_session`.
function moduleOf(context: FileContext, statement: Import | ImportFrom, alias: Alias): MicrodotName | null {
  if (statement.nodeType === 'ImportFrom')
    return isSubmodule(context, statement, alias) ? microdotName(submoduleName(statement, alias)) : null;
  const isOutside = context.flow.program.imported(context.module, alias.name, 0) === null;
  return isOutside ? microdotName(alias.name) : null;
}

function namesOf(context: FileContext, alias: Alias): Name[] {
  const bindings = bindingsOf(context.module).all.filter(({ definitions }) =>
    definitions.some((definition) => definition.node === alias),
  );
  return bindings
    .flatMap(({ references }) => references)
    .filter((name) => !context.imports.replaced.has(name));
}

// `lib.microdot_session` for `import lib.microdot_session`, the name itself otherwise; `null` where it is something else.
function moduleExpression(name: Name, alias: Alias): Expression | null {
  const isDotted = alias.asname === undefined && alias.parent?.nodeType === 'Import';
  const parts = isDotted ? alias.name.split('.').slice(1) : [];
  let at: Expression = name;
  for (const part of parts) {
    const parent: Node | null = at.parent;
    if (parent?.nodeType !== 'Attribute' || parent.value !== at || parent.attr !== part) return null;
    at = parent;
  }
  return at;
}

function rewrite(
  context: FileContext,
  alias: Alias,
  module: string,
  name: Name,
  expression: Expression,
): void {
  const isPrefixed = expression !== name;
  const local = isPrefixed ? module : name.id;
  const { parent } = expression;
  const target = MODULES.get(module);
  if (parent?.nodeType !== 'Attribute' || parent.value !== expression) {
    if (isPrefixed) context.replace(RULE, expression, local);
    return;
  }
  const fate = fateOf(module, parent.attr);
  if (fate.to === 'symbol' && fate.module === target) {
    if (isPrefixed) context.replace(RULE, expression, local);
    if (fate.name !== parent.attr) context.replace(RULE, attributeName(parent), fate.name);
  } else if (fate.to === 'symbol' && target === 'microdot') {
    context.replace(RULE, { start: expression.start, end: parent.end }, `${local}.microdot.${fate.name}`);
  } else if (fate.to === 'symbol' || fate.to === 'library') {
    const written =
      fate.to === 'symbol' ? context.imports.want(fate.module, fate.name) : context.imports.want(fate.module);
    context.imports.replaced.add(name);
    context.replace(RULE, parent, written);
  } else if (!isOwnModule(module, parent.attr)) {
    context.note('moved-names', parent, {
      message: `${parent.attr} of ${alias.name} is not in Microdot 2.`,
      ...(fate.to === 'nothing' && fate.instead !== undefined && { suggestion: fate.instead }),
      guide: 'names-that-are-gone',
    });
  }
}

// `microdot.session`, in an application that has begun to use 2.x.
function isOwnModule(module: string, name: string): boolean {
  return module === 'microdot' && name === 'microdot';
}

function attributeName(node: Attribute): { start: number; end: number } {
  return { start: node.end - node.attr.length, end: node.end };
}
