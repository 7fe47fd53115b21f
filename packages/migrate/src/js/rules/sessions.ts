import type { TSESTree } from '@typescript-eslint/types';
import { mainApplication } from '../application.ts';
import { awaited } from '../awaited.ts';
import { nameRange } from '../nameRange.ts';
import type { JsNode } from '../parseJs.ts';
import { renameTo } from '../rename.ts';
import { isTaken } from '../resolve.ts';
import type { JsContext, JsRule } from '../rule.ts';
import { SessionScope } from '../sessionScope.ts';
import type { Item, Use } from '../uses.ts';

/** Functions of a module are methods of a `Session` of the application, or of the session of a request. */
export const sessions: JsRule = {
  name: 'sessions',
  apply(context: JsContext): void {
    const all = context.uses.uses.filter((use) => use.old.rewrittenBy === 'sessions');
    if (all.length > 0 || importedOnly(context).length > 0) new SessionRewrite(context, all).run();
  },
};

function importedOnly({ uses }: JsContext): Item[] {
  return uses.containers
    .filter(({ kind }) => kind !== 'export')
    .flatMap(({ items }) => items)
    .filter(({ old }) => old?.rewrittenBy === 'sessions');
}

type Call = TSESTree.CallExpression;

class SessionRewrite {
  readonly #context: JsContext;
  readonly #uses: readonly Use[];
  readonly #scope: SessionScope;
  /** What is made of each use; without it, it stays. */
  readonly #plans: Map<Use, () => void> = new Map();
  readonly #name: string;
  #isNameUsed = false;
  readonly #asyncs: Set<JsNode> = new Set();

  constructor(context: JsContext, uses: readonly Use[]) {
    this.#context = context;
    this.#uses = uses;
    this.#scope = new SessionScope(context.module, context.uses);
    this.#name = ['sessions', 'appSessions'].find((name) => !isTaken(context.module, name)) ?? 'microdotSessions';
  }

  run(): void {
    const setters = this.#uses.filter(({ old }) => old.key === 'set_session_secret_key');
    const setter = setters.find((use) => this.#target(use) !== undefined);
    for (const use of this.#uses) {
      if (use.old.key !== 'set_session_secret_key') this.#plan(use, setter !== undefined);
    }
    for (const use of setters) this.#planSetter(use, use === setter);
    for (const use of this.#uses) this.#plans.get(use)?.();
    this.#items();
  }

  #plan(use: Use, hasObject: boolean): void {
    const { module } = this.#context;
    const call = this.#call(use);
    const [request, data] = call?.arguments ?? [];
    if (!call || !request) return this.#note(use);
    const { key } = use.old;
    if (key === 'update_session' && data && this.#scope.isSession(data, (node) => this.#isGetSession(node))) {
      const name = module.source.slice(...data.range);
      this.#plans.set(use, () => this.#replace(call, `${name}.save()`));
      return;
    }
    const own = key === 'delete_session' ? this.#scope.sessionOf(request, call) : undefined;
    if (own !== undefined) {
      this.#plans.set(use, () => this.#replace(call, `${own}.delete()`));
      return;
    }
    if (!hasObject) return this.#noteElsewhere(use);
    this.#isNameUsed = true;
    const method = { get_session: 'get', update_session: 'update' }[key] ?? 'delete';
    const { changes } = this.#context;
    this.#plans.set(use, () => {
      if (method === 'get') awaited(this.#context, this.#scope, call, `${this.#name}.get`, this.#asyncs);
      else changes.replace(...call.callee.range, `${this.#name}.${method}`, 'sessions');
    });
  }

  #planSetter(use: Use, isFirst: boolean): void {
    const target = this.#target(use);
    if (!target) return this.#noteSetter(use);
    this.#plans.set(use, () => this.#set(use, target, isFirst && this.#isNameUsed));
  }

  /** `new Session(app, { secretKey })`, where the application is there already. */
  #set(use: Use, { call, key, statement, app, declaration }: Target, isNamed: boolean): void {
    const { changes, imports, module } = this.#context;
    const name = app.name;
    const isBefore = declaration !== undefined && declaration.range[0] > statement.range[0];
    const isInFunction = this.#scope.functionsAround(call).length > 0 && app.scope.type === 'module';
    if (isNamed && isInFunction && declaration) {
      const end = module.source[statement.range[1] - 1] === ';' ? ';' : '';
      this.#insertAfter(declaration, `const ${this.#name} = new ${this.#sessionName(use)}()${end}`);
      changes.replace(call.range[0], key.range[0], `${this.#name}.initialize(${name}, { secretKey: `, 'sessions');
      changes.replace(key.range[1], call.range[1], ' })', 'sessions');
      return;
    }
    const start = `${isNamed ? `const ${this.#name} = ` : ''}new `;
    if (isBefore && declaration) {
      const rest = module.source.slice(call.range[1], statement.range[1]);
      const constructor = this.#sessionName(use);
      const text = `${start}${constructor}(${name}, { secretKey: ${module.source.slice(...key.range)} })${rest}`;
      this.#insertAfter(declaration, text);
      changes.removeStatement(statement, 'sessions');
    } else {
      if (isNamed) changes.insert(call.range[0], `const ${this.#name} = `, 'sessions');
      const local = use.item ? imports.replace(use.item, 'Session', 'sessions') : 'Session';
      renameTo(this.#context, use, local, 'sessions', { before: 'new ' });
      changes.replace(call.callee.range[1], key.range[0], `(${name}, { secretKey: `, 'sessions');
      changes.replace(key.range[1], call.range[1], ' })', 'sessions');
    }
  }

  #insertAfter(node: JsNode, text: string): void {
    const { changes } = this.#context;
    changes.insert(node.range[1], changes.lineBreak + changes.indentation(node.range[0]) + text, 'sessions');
  }

  #sessionName(use: Use): string {
    const { imports, module } = this.#context;
    if (use.item) return imports.replace(use.item, 'Session', 'sessions');
    const [start] = nameRange(module, use.node) ?? use.node.range;
    const object = module.source.slice(use.node.range[0], start);
    const name = object.endsWith('[') ? `${object.slice(0, -1)}.Session` : `${object}Session`;
    return name.includes('(') ? `(${name})` : name;
  }

  /** A call that is a statement, and the application that it is for. */
  #target(use: Use): Target | undefined {
    const { module, uses } = this.#context;
    const call = this.#call(use);
    const key = call?.arguments[0];
    const statement = call && module.parents.get(call);
    if (!call || !key || statement?.type !== 'ExpressionStatement') return undefined;
    const app = mainApplication(module, uses, call);
    if (!app) return undefined;
    const definition = app.defs[0]?.node as JsNode | undefined;
    if (definition?.type !== 'VariableDeclarator') return { call, key, statement, app, declaration: undefined };
    let declaration = module.parents.get(definition) as JsNode;
    const around = module.parents.get(declaration);
    if (around?.type === 'ExportNamedDeclaration') declaration = around;
    return { call, key, statement, app, declaration };
  }

  #call(use: Use): Call | undefined {
    const call = this.#context.module.parents.get(use.node);
    return call?.type === 'CallExpression' && call.callee === use.node && !call.optional ? call : undefined;
  }

  #isGetSession(node: JsNode): boolean {
    return (
      node.type === 'CallExpression' &&
      this.#uses.some((use) => use.old.key === 'get_session' && use.node === node.callee)
    );
  }

  #replace(call: Call, text: string): void {
    this.#context.changes.replace(...call.range, text, 'sessions');
  }

  /** Imported names go with their last use. */
  #items(): void {
    const { imports } = this.#context;
    for (const item of importedOnly(this.#context)) {
      const uses = this.#uses.filter((use) => use.item === item);
      if (uses.every((use) => this.#plans.has(use))) imports.remove(item);
    }
  }

  #note(use: Use): void {
    this.#say(use, `2.x has no ${use.old.key}: what it did are methods of a Session.`, 'const session = await sessions.get(request)');
  }

  #noteElsewhere(use: Use): void {
    this.#say(
      use,
      'The Session of the application is made in another module.',
      'export const sessions = new Session(app, { secretKey }) there, and import it here: await sessions.get(request), sessions.update(request, data), sessions.delete(request)',
    );
  }

  #noteSetter(use: Use): void {
    this.#say(
      use,
      'A Session needs the application, and which one cannot be told from this file.',
      'new Session(app, { secretKey }) where the application is made',
    );
  }

  #say(use: Use, message: string, suggestion: string): void {
    this.#context.changes.note(use.node.range[0], 'sessions', message, 'sessions', suggestion);
  }
}

interface Target {
  call: Call;
  key: JsNode;
  statement: JsNode;
  app: NonNullable<ReturnType<typeof mainApplication>>;
  declaration: JsNode | undefined;
}
