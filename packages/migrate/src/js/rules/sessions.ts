import type { TSESTree } from '@typescript-eslint/types';
import { awaited } from '../awaited.ts';
import type { JsNode } from '../parseJs.ts';
import { isTaken } from '../resolve.ts';
import type { JsContext, JsRule } from '../rule.ts';
import { SessionScope } from '../sessionScope.ts';
import { type Setter, setterOf, writeSetter } from '../sessionSetter.ts';
import type { Item, Use } from '../uses.ts';

/** Functions of a module are methods of a `Session` of the application, or of the session of a request. */
export const sessions: JsRule = {
  name: 'sessions',
  apply(context: JsContext): void {
    const uses = context.uses.uses.filter((use) => use.old.rewrittenBy === 'sessions');
    const rewrite = new SessionRewrite(context, uses);
    rewrite.run();
  },
};

/** Writes a use in the way of 2.x. */
type Plan = () => void;

class SessionRewrite {
  readonly #context: JsContext;
  readonly #uses: readonly Use[];
  readonly #scope: SessionScope;
  readonly #setters: ReadonlyMap<Use, Setter>;
  /** What the `Session` of the application is called, where it has to be called anything. */
  readonly #name: string;
  readonly #asyncs: Set<JsNode> = new Set();
  #isNameUsed = false;

  constructor(context: JsContext, uses: readonly Use[]) {
    this.#context = context;
    this.#uses = uses;
    this.#scope = new SessionScope(context.module, context.uses);
    this.#setters = new Map(
      uses.flatMap((use): [Use, Setter][] => {
        const setter = use.old.key === 'set_session_secret_key' ? setterOf(context, use) : undefined;
        return setter ? [[use, setter]] : [];
      }),
    );
    const names = ['sessions', 'appSessions', 'microdotSessions'];
    this.#name = names.find((name) => !isTaken(context.module, name)) ?? 'theSessions';
  }

  run(): void {
    const plans = new Map<Use, Plan | undefined>();
    // What needs the object is known before the object is made.
    for (const use of this.#uses) {
      if (use.old.key !== 'set_session_secret_key') plans.set(use, this.#plan(use));
    }
    for (const use of this.#uses) {
      if (use.old.key === 'set_session_secret_key') plans.set(use, this.#planSetter(use));
    }
    for (const use of this.#uses) plans.get(use)?.();
    for (const item of importedNames(this.#context)) {
      const isDone = this.#uses.every((use) => use.item !== item || plans.get(use));
      if (isDone) this.#context.imports.remove(item);
    }
  }

  #planSetter(use: Use): Plan | undefined {
    const setter = this.#setters.get(use);
    if (!setter) {
      this.#note(
        use,
        'A Session needs the application, and which one cannot be told from this file.',
        'new Session(app, { secretKey }) where the application is made',
      );
      return undefined;
    }
    const isFirst = [...this.#setters.keys()][0] === use;
    const name = isFirst && this.#isNameUsed ? this.#name : undefined;
    return () => writeSetter(this.#context, use, setter, name);
  }

  #plan(use: Use): Plan | undefined {
    const { changes, module } = this.#context;
    const call = callOf(this.#context, use);
    const [request, data] = call?.arguments ?? [];
    if (!call || !request) {
      this.#note(
        use,
        `2.x has no ${use.old.key}: a Session has methods for that.`,
        'await sessions.get(request)',
      );
      return undefined;
    }
    const { key } = use.old;
    if (key === 'update_session' && data && this.#isSession(data)) {
      const session = module.source.slice(...data.range);
      return () => changes.replace(...call.range, `${session}.save()`, 'sessions');
    }
    const own = key === 'delete_session' ? this.#scope.sessionOf(request, call) : undefined;
    if (own !== undefined) return () => changes.replace(...call.range, `${own}.delete()`, 'sessions');
    return this.#planMethod(use, call);
  }

  /** By the `Session` of the application, where this file makes it. */
  #planMethod(use: Use, call: TSESTree.CallExpression): Plan | undefined {
    const [first] = this.#setters.values();
    const block = first?.block?.range;
    const isSeen = !block || (call.range[0] >= block[0] && call.range[1] <= block[1]);
    if (!first || !isSeen) {
      this.#note(
        use,
        `The Session of the application is made in another ${first ? 'function' : 'module'}.`,
        'export const sessions = new Session(app, { secretKey }) there, import it here, and write await sessions.get(request), sessions.update(request, data) or sessions.delete(request)',
      );
      return undefined;
    }
    this.#isNameUsed = true;
    const callee = (method: string): string => `${this.#name}.${method}`;
    if (use.old.key === 'get_session') {
      return () => awaited(this.#context, this.#scope, call, callee('get'), this.#asyncs);
    }
    const method = use.old.key === 'update_session' ? 'update' : 'delete';
    return () => this.#context.changes.replace(...call.callee.range, callee(method), 'sessions');
  }

  #isSession(value: JsNode): boolean {
    return this.#scope.isSession(
      value,
      (node) =>
        node.type === 'CallExpression' &&
        this.#uses.some((use) => use.old.key === 'get_session' && use.node === node.callee),
    );
  }

  #note(use: Use, message: string, suggestion: string): void {
    this.#context.changes.note(use.node.range[0], 'sessions', message, 'sessions', suggestion);
  }
}

/** The names of `microdot_session` that go. */
function importedNames({ uses }: JsContext): Item[] {
  return uses.containers
    .filter(({ kind }) => kind !== 'export')
    .flatMap(({ items }) => items)
    .filter(({ old }) => old?.rewrittenBy === 'sessions');
}

function callOf({ module }: JsContext, use: Use): TSESTree.CallExpression | undefined {
  const call = module.parents.get(use.node);
  return call?.type === 'CallExpression' && call.callee === use.node && !call.optional ? call : undefined;
}
