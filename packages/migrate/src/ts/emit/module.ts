import { type Doc, HARD, join, list, print } from '../doc.ts';
import type { ModuleInfo } from '../program.ts';
import { keyAfterApplication } from '../sessionUse.ts';
import { propertyName } from '../types/print.ts';
import { Comments, docComment } from './comments.ts';
import { Declarations } from './declare.ts';
import { Emitter, type Output, relativePath } from './emitter.ts';
import { emitExpression } from './expressions.ts';
import { docstring, withoutDocstring, wrappedType } from './functions.ts';
import { modulePath } from './names.ts';
import { emitStatement } from './statements.ts';
import { Writer } from './writer.ts';

/** A module as TypeScript. */
export function emitModule(out: Output, module: ModuleInfo): string {
  const e = new Emitter(out, module, emitExpression);
  const { tree } = module.module;
  const declarations = new Declarations((binding) => e.program.bindingType(binding).atoms.length > 1);
  const body = keyAfterApplication(out.program, withoutDocstring(tree.body));
  declarations.plan(body, [...module.bindings.scope.names.values()]);
  const comments = new Comments(module);
  const head = comments.before(tree.body[0]?.start ?? 0);
  const lines = new Writer(e, comments, declarations, true, emitStatement).lines(body, tree.end);
  if (out.served === module && out.mainApp) {
    lines.push(
      '',
      `await ${e.names.get(out.mainApp.binding.name)}.run({ port: Number(process.env.PORT ?? 5000) });`,
    );
  }
  if (out.sessionObject === 'first' && out.mainApp?.module === module) {
    const keyword = out.program.modules.size > 1 ? 'export const' : 'const';
    lines.unshift(
      `${keyword} sessions = new ${e.use('@microdot/session', 'Session').doc}<${e.sessionType()}>();`,
      '',
    );
  }
  const interfaces = [
    ...globalsInterface(e),
    ...sessionInterface(e),
    ...(e.usesWrapped ? ['/** A handler, whatever else it is given. */', wrappedType(e), ''] : []),
  ];
  const parts: Doc[] = [...head, ...docComment(docstring(tree))];
  const imports = importLines(e);
  if (imports.length > 0) parts.push(...imports, '');
  parts.push(...interfaces, ...lines);
  return `${print(join(trimmed(parts), HARD)).replace(/\n{3,}/g, '\n\n')}\n`;
}

function trimmed(parts: readonly Doc[]): Doc[] {
  const lines = [...parts];
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The imports: Node's, those of packages, and those of the project. */
function importLines(e: Emitter): Doc[] {
  const lines: [order: string, doc: Doc][] = [];
  for (const [from, names] of e.imports) {
    const sorted = [...names].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    const allTypes = sorted.every(([, { isType }]) => isType);
    const items = sorted.map(
      ([name, { alias, isType }]) =>
        `${isType && !allTypes ? 'type ' : ''}${name}${alias === name ? '' : ` as ${alias}`}`,
    );
    lines.push([
      orderOf(from),
      [
        `import ${allTypes ? 'type ' : ''}`,
        list('{', items, '}', { kind: 'line', flat: ' ', hard: false }),
        ` from '${from}';`,
      ],
    ]);
  }
  for (const [alias, from] of e.namespaces) {
    const path = from === 'python' ? relativePath(modulePath(e.module.path), 'python') : from;
    lines.push([orderOf(path), `import * as ${alias} from '${path}';`]);
  }
  return lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, doc]) => doc);
}

function orderOf(from: string): string {
  if (from.startsWith('node:')) return `0${from}`;
  if (from.startsWith('@')) return `1${from}`;
  return `${from.startsWith('../') ? 2 : 3}${from}`;
}

/** What the program keeps in `request.g`. */
function globalsInterface(e: Emitter): Doc[] {
  if (e.out.globalsOwner !== e.module || e.program.globals.size === 0) return [];
  const fields = [...e.program.globals].map(
    ([name, type]): Doc => `  ${propertyName(e.names.get(name))}: ${e.printType(type)};`,
  );
  return ['/** What is kept in `request.g`. */', 'export interface Globals {', ...fields, '}', ''];
}

/** What the sessions hold. */
function sessionInterface(e: Emitter): Doc[] {
  // Other modules may have use for it where this one has none.
  const isWanted = e.usesSession || e.program.session.size > 0;
  if (e.out.sessionOwner !== e.module || !isWanted || e.program.isSessionOpen) return [];
  const fields = [...e.program.session].map(
    ([name, type]): Doc => `  ${propertyName(name)}: ${e.printType(type)};`,
  );
  if (fields.length === 0)
    return ['/** What a session holds. */', 'export type SessionData = Record<string, any>;', ''];
  return ['/** What a session holds. */', 'export interface SessionData {', ...fields, '}', ''];
}
