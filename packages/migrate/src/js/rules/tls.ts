import type { JsNode } from '../parseJs.ts';
import type { JsContext, JsRule } from '../rule.ts';
import { keyName, type Use } from '../uses.ts';

/** `createSslContext(cert, key)` is what `node:tls` takes: `{ cert, key }`, and the option `ssl` is `tls`. */
export const tls: JsRule = {
  name: 'tls',
  apply(context: JsContext): void {
    for (const use of context.uses.uses) {
      if (use.old.rewrittenBy === 'tls') rewriteContext(context, use);
    }
  },
};

function rewriteContext(context: JsContext, use: Use): void {
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
    return;
  }
  const read = use.item
    ? imports.replace(use.item, 'readFileSync', 'tls', 'node:fs')
    : imports.addStatement('readFileSync', 'node:fs', 'tls');
  changes.replace(call.range[0], cert.range[0], `{ cert: ${read}(`, 'tls');
  changes.replace(cert.range[1], key.range[0], `), key: ${read}(`, 'tls');
  changes.replace(key.range[1], call.range[1], ') }', 'tls');
  for (const node of valuesOf(context, call)) renameOption(context, node);
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
  const isArgument = options && module.parents.get(options)?.type === 'CallExpression';
  if (!isArgument) return;
  changes.replace(...property.key.range, property.shorthand ? 'tls: ssl' : 'tls', 'tls');
}
