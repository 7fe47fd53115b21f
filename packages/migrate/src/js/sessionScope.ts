import { type FunctionNode, isFunction, namesOf } from './functions.ts';
import type { JsModule, JsNode } from './parseJs.ts';
import { importedFrom, variableOf } from './resolve.ts';
import type { Uses } from './uses.ts';

/** Finds, for a place in a source, the session that a handler was given. */
export class SessionScope {
  readonly #module: JsModule;
  readonly #meaning: Uses['meaning'];

  constructor(module: JsModule, uses: Uses) {
    this.#module = module;
    this.#meaning = uses.meaning;
  }

  /** The name of the session that belongs to a request, where a handler around has both. */
  sessionOf(request: JsNode, at: JsNode): string | undefined {
    const wanted = variableOf(this.#module, request);
    if (!wanted) return undefined;
    for (const node of this.functionsAround(at)) {
      const [first, second] = node.params;
      if (second?.type !== 'Identifier' || !first || !this.#isHandler(node)) continue;
      const declared = this.#module.scopes.getDeclaredVariables(node);
      const isItsRequest = declared.some(
        (variable) => variable === wanted && variable.identifiers[0] === first,
      );
      if (isItsRequest && this.#isVisible(second.name, node, at)) return second.name;
    }
    return undefined;
  }

  /** Whether a value is a session: the parameter of a handler, or what `getSession` gave. */
  isSession(value: JsNode, isGetSession: (node: JsNode) => boolean): boolean {
    const variable = variableOf(this.#module, value);
    const definition = variable?.defs[0];
    if (!variable || !definition) return false;
    if (definition.type === 'Parameter') {
      const node = definition.node as JsNode;
      return isFunction(node) && node.params[1] === variable.identifiers[0] && this.#isHandler(node);
    }
    if (definition.node.type !== 'VariableDeclarator' || !definition.node.init) return false;
    const { init } = definition.node;
    return isGetSession(init.type === 'AwaitExpression' ? init.argument : init);
  }

  /** The functions around a place, the innermost first. */
  functionsAround(at: JsNode): FunctionNode[] {
    const found: FunctionNode[] = [];
    for (let node = this.#module.parents.get(at); node; node = this.#module.parents.get(node)) {
      if (isFunction(node)) found.push(node);
    }
    return found;
  }

  /** Whether a function is given to `withSession`, at once or by its name. */
  #isHandler(node: FunctionNode): boolean {
    return [node, ...namesOf(this.#module, node)].some((value) => {
      const call = this.#module.parents.get(value);
      return call?.type === 'CallExpression' && call.callee !== value && this.#isWithSession(call.callee);
    });
  }

  #isWithSession(callee: JsNode): boolean {
    return (
      this.#meaning.get(callee) === 'with_session' ||
      importedFrom(this.#module, callee, /^@microdot\/session$/) === 'withSession'
    );
  }

  /** Whether nothing between hides a parameter. */
  #isVisible(name: string, owner: FunctionNode, at: JsNode): boolean {
    for (let node: JsNode | undefined = at; node && node !== owner; node = this.#module.parents.get(node)) {
      if (this.#module.scopes.acquire(node)?.set.has(name)) return false;
    }
    return true;
  }
}
