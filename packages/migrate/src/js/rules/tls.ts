import type { JsModule, JsNode } from '../parseJs.ts';
import { propertyName, variableOf } from '../resolve.ts';
import type { JsContext, JsRule } from '../rule.ts';
import type { Specifier } from '../specifiers.ts';
import { keyName, type Use } from '../uses.ts';

/** `createSslContext(cert, key)` is what `node:tls` takes: `{ cert, key }`, and the option `ssl` is `tls`. */
export const tls: JsRule = {
  name: 'tls',
  apply(context: JsContext): void {
    const uses = context.uses.uses.filter(({ old }) => old.rewrittenBy === 'tls');
    const done = uses.filter((use) => rewriteContext(context, use));
    for (const { specifier } of new Map(done.map((use) => [use.specifier, use])).values()) {
      removeModule(context, specifier, done.filter((use) => use.specifier === specifier).length);
    }
  },
};

/** Whether that could be done. */
function rewriteContext(context: JsContext, use: Use): boolean {
  const { module, changes, imports } = context;
  const call = module.parents.get(use.node);
  const [cert, key, ...rest] =
    call?.type === 'CallExpression' && call.callee === use.node ? call.arguments : [];
  if (!call || !cert || !key || rest.length > 0) {
    changes.note(
      use.node.range[0],
      'tls',
      '2.x takes certificate and key themselves, not a context.',
      'tls',
      "await app.run({ tls: { cert: readFileSync('cert.pem'), key: readFileSync('key.pem') } })",
    );
    return false;
  }
  const read = (node: JsNode): [string, string] => {
    if (isContent(module, node)) return ['', ''];
    const name = use.item
      ? imports.replace(use.item, 'readFileSync', 'tls', 'node:fs')
      : imports.addStatement('readFileSync', 'node:fs', 'tls');
    return [`${name}(`, ')'];
  };
  const [readCert, readKey] = [read(cert), read(key)];
  if (use.item) imports.remove(use.item);
  // At the start of a statement, and of the body of an arrow function, a brace would begin a block.
  const isBlock = /^(?:ArrowFunctionExpression|ExpressionStatement)$/.test(
    module.parents.get(call)?.type ?? '',
  );
  const [open, close] = isBlock ? ['({', '})'] : ['{', '}'];
  changes.replace(call.range[0], cert.range[0], `${open} cert: ${readCert[0]}`, 'tls');
  changes.replace(cert.range[1], key.range[0], `${readCert[1]}, key: ${readKey[0]}`, 'tls');
  changes.replace(key.range[1], call.range[1], `${readKey[1]} ${close}`, 'tls');
  for (const node of valuesOf(context, call)) renameOption(context, node);
  return true;
}

/** A module that has a name, where that is used for nothing else any more. */
function removeModule({ module, changes }: JsContext, { owner }: Specifier, done: number): void {
  const parent = module.parents.get(owner);
  const holder = owner.type === 'ImportDeclaration' ? owner.specifiers[0] : parent;
  const statement = owner.type === 'ImportDeclaration' ? owner : parent && module.parents.get(parent);
  const names = statement?.type === 'ImportDeclaration' ? statement.specifiers : [];
  const declared = statement?.type === 'VariableDeclaration' ? statement.declarations : names;
  if (!holder || !statement || declared.length !== 1 || holder.type === 'ImportSpecifier') return;
  const isNamed = holder.type !== 'VariableDeclarator' || holder.id.type === 'Identifier';
  const references = module.scopes.getDeclaredVariables(holder)[0]?.references.filter(({ init }) => !init);
  if (isNamed && references?.length === done) changes.removeStatement(statement, 'tls');
}

/** Whether a value is a certificate or a key itself, and not the name of a file: 1.x took both. */
function isContent(module: JsModule, node: JsNode): boolean {
  if (node.type === 'Identifier') {
    const definition = variableOf(module, node)?.defs[0]?.node;
    const made = definition?.type === 'VariableDeclarator' ? definition.init : undefined;
    return !!made && made.type !== 'Identifier' && isContent(module, made);
  }
  const inner = node.type === 'AwaitExpression' ? node.argument : node;
  if (inner.type !== 'CallExpression') return false;
  const { callee } = inner;
  const name =
    callee.type === 'MemberExpression' ? propertyName(callee) : callee.type === 'Identifier' && callee.name;
  return /^(?:readFile(?:Sync)?|from)$/.test(name || '');
}

/** The call itself, or where the variable that holds it is used. */
function valuesOf({ module }: JsContext, call: JsNode): JsNode[] {
  const holder = module.parents.get(call);
  if (holder?.type !== 'VariableDeclarator' || holder.id.type !== 'Identifier') return [call];
  const variable = module.scopes.getDeclaredVariables(holder)[0];
  return (variable?.references ?? [])
    .filter((reference) => !reference.init)
    .map(({ identifier }) => identifier);
}

function renameOption({ module, changes }: JsContext, node: JsNode): void {
  const property = module.parents.get(node);
  if (property?.type !== 'Property' || property.value !== node || keyName(property) !== 'ssl') return;
  const options = module.parents.get(property);
  const holder = options && module.parents.get(options);
  // `app.run({ ssl })`, `const options = { ssl }`
  if (holder?.type !== 'CallExpression' && holder?.type !== 'VariableDeclarator') return;
  changes.replace(...property.key.range, property.shorthand ? 'tls: ssl' : 'tls', 'tls');
}
