import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { madeAt, mainApplication } from './application.ts';
import { isFunction } from './functions.ts';
import { nameRange } from './nameRange.ts';
import type { JsModule, JsNode } from './parseJs.ts';
import { renameTo } from './rename.ts';
import type { JsContext } from './rule.ts';
import type { Use } from './uses.ts';

/** `setSessionSecretKey(key)` as a statement, and the application that it is for. */
export interface Setter {
  readonly call: TSESTree.CallExpression;
  readonly key: JsNode;
  readonly statement: JsNode;
  readonly app: Variable;
  /** Where the application is made, if it is made in this file. */
  readonly declaration: JsNode | undefined;
  /** The block that it is made in, where that is not the one of the variable: nothing around sees the `Session`. */
  readonly block: JsNode | undefined;
}

/** The setter that a use is, if there is an application for it. */
export function setterOf({ module, uses }: JsContext, use: Use): Setter | undefined {
  const call = module.parents.get(use.node);
  if (call?.type !== 'CallExpression' || call.callee !== use.node) return undefined;
  const key = call.arguments[0];
  const statement = module.parents.get(call);
  const app = mainApplication(module, uses, call);
  if (!key || !app || statement?.type !== 'ExpressionStatement') return undefined;
  const made = madeAt(module, uses, app);
  const holder = made && module.parents.get(made);
  const around = holder && module.parents.get(holder);
  const declaration = around?.type === 'ExportNamedDeclaration' ? around : holder;
  // What is assigned in one function is not there yet in another.
  const block = made?.type === 'AssignmentExpression' ? blockOf(module, made) : undefined;
  if (block && block !== blockOf(module, call)) return undefined;
  return { call, key, statement, app, declaration, block };
}

function blockOf(module: JsModule, node: JsNode): JsNode | undefined {
  let around = module.parents.get(node);
  while (around && around.type !== 'BlockStatement' && around.type !== 'Program')
    around = module.parents.get(around);
  return around;
}

/**
 * Writes `new Session(app, { secretKey })`, where it stands or, if the application is made after that, behind it.
 *
 * @param name what the object is to be called, if it is used.
 */
export function writeSetter(context: JsContext, use: Use, setter: Setter, name: string | undefined): void {
  const { module, changes } = context;
  const { call, key, statement, app, declaration, block } = setter;
  const isLater = declaration !== undefined && declaration.range[0] > statement.range[0];
  const variable = name === undefined ? '' : `const ${name} = `;
  const isShared = declaration && !block && isWithinFunction(context, call) && app.scope.type === 'module';
  if (name !== undefined && isShared) {
    // The name has to be there for all of the module, and the key is known only when the function is called.
    const end = module.source[statement.range[1] - 1] === ';' ? ';' : '';
    insertAfter(context, declaration, `${variable}new ${className(context, use)}()${end}`);
    changes.replace(call.range[0], key.range[0], `${name}.initialize(${app.name}, { secretKey: `, 'sessions');
    changes.replace(key.range[1], call.range[1], ' })', 'sessions');
  } else if (isLater) {
    const options = `{ secretKey: ${module.source.slice(...key.range)} }`;
    const rest = module.source.slice(call.range[1], statement.range[1]);
    insertAfter(
      context,
      declaration,
      `${variable}new ${className(context, use)}(${app.name}, ${options})${rest}`,
    );
    changes.removeStatement(statement, 'sessions');
  } else {
    if (variable !== '') changes.insert(call.range[0], variable, 'sessions');
    const local = use.item ? context.imports.replace(use.item, 'Session', 'sessions') : 'Session';
    renameTo(context, use, local, 'sessions', { before: 'new ' });
    changes.replace(call.callee.range[1], key.range[0], `(${app.name}, { secretKey: `, 'sessions');
    changes.replace(key.range[1], call.range[1], ' })', 'sessions');
  }
}

/** `Session`, or `session.Session` where the module has a name. */
function className({ imports, module }: JsContext, use: Use): string {
  if (use.item) return imports.replace(use.item, 'Session', 'sessions');
  const [start] = nameRange(module, use.node) ?? use.node.range;
  const object = module.source.slice(use.node.range[0], start).replace(/\[$/, '.');
  return object.includes('(') ? `(${object}Session)` : `${object}Session`;
}

function insertAfter({ changes }: JsContext, node: JsNode, text: string): void {
  changes.insert(node.range[1], changes.lineBreak + changes.indentation(node.range[0]) + text, 'sessions');
}

function isWithinFunction({ module }: JsContext, node: JsNode): boolean {
  for (let parent = module.parents.get(node); parent; parent = module.parents.get(parent)) {
    if (isFunction(parent)) return true;
  }
  return false;
}
