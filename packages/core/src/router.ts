import type { Microdot } from './app.ts';
import type { Request } from './request.ts';
import type {
  AfterRequestHandler,
  BeforeRequestHandler,
  ErrorClass,
  ErrorHandler,
  Handler,
} from './types.ts';
import type { Segment, URLPattern } from './urlPattern.ts';

/** What runs around a request, from one application or from several, in the order in which it runs. */
export interface Hooks {
  readonly before: readonly BeforeRequestHandler[];
  readonly after: readonly AfterRequestHandler[];
  readonly afterError: readonly AfterRequestHandler[];
  /** The error handlers of each application around the route, those of the innermost first. */
  readonly errors: readonly ReadonlyMap<number | ErrorClass<unknown>, ErrorHandler>[];
}

/** A route with everything that was decided about it when it was registered and mounted. */
export interface Route {
  /** In upper case. */
  readonly methods: readonly string[];
  readonly pattern: URLPattern;
  readonly handler: Handler<never, never>;
  readonly urlPrefix: string;
  readonly subapp: Microdot | undefined;
  readonly hooks: Hooks;
  /** Its place in the order of registration. */
  readonly index: number;
}

/** A path at its slashes, and the routes that may match it, in the order in which they were registered. */
interface Candidates {
  readonly parts: readonly string[];
  readonly routes: readonly Route[];
}

/**
 * Finds the first registered route for a path and a method. Static paths are looked up in a Map, the others in a tree
 * of segments, so that a hundred routes cost what one does. Built once, after the last registration.
 */
export class Router {
  readonly #statics: Map<string, Candidates> = new Map();
  readonly #tree: Node = new Node();
  /** The hooks of requests that no route is found for. */
  readonly fallback: Hooks;

  constructor(routes: readonly Route[], fallback: Hooks) {
    this.fallback = fallback;
    for (const route of routes) this.#tree.add(route);
    // Arguments match a static path too, and whichever was registered first wins: both are settled here.
    for (const { pattern } of routes) {
      const path = pattern['~staticPath'];
      if (path !== undefined) this.#statics.set(path, this.#candidates(path));
    }
  }

  /** The route for a request, whose `urlArgs` it sets; `undefined` where there is none. */
  find(request: Request<never>, method: string): Route | undefined {
    const { path } = request;
    const { parts, routes } = this.#statics.get(path) ?? this.#candidates(path);
    for (const route of routes) {
      const args = accepts(route, method) && argsOf(route, path, parts);
      if (args) {
        request.urlArgs = args;
        return route;
      }
    }
    return undefined;
  }

  /** Every route of a path, whatever its method, in the order in which they were registered. */
  routesOf(path: string): Route[] {
    const { parts, routes } = this.#candidates(path);
    return routes.filter((route) => argsOf(route, path, parts));
  }

  #candidates(path: string): Candidates {
    const parts = path.split('/');
    const routes: Route[] = [];
    if (parts[0] === '') this.#tree.collect(parts, 1, routes);
    if (routes.length > 1) routes.sort((a, b) => a.index - b.index);
    return { parts, routes };
  }
}

const NO_ARGS: Record<string, unknown> = Object.freeze(Object.create(null));

function argsOf(
  { pattern }: Route,
  path: string,
  parts: readonly string[],
): Record<string, unknown> | undefined {
  return pattern['~staticPath'] === path ? NO_ARGS : pattern['~match'](parts);
}

/** A route for GET answers HEAD too (RFC 9110 9.3.2). */
function accepts({ methods }: Route, method: string): boolean {
  return methods.includes(method) || (method === 'HEAD' && methods.includes('GET'));
}

/** A place in the tree: behind it come literal segments, arguments, the rest of a path, or the end of a pattern. */
class Node {
  readonly #literals: Map<string, Node> = new Map();
  readonly #arguments: { segment: Segment; node: Node }[] = [];
  readonly #here: Route[] = [];
  readonly #rest: Route[] = [];

  add(route: Route): void {
    let node: Node = this;
    for (const segment of route.pattern['~segments']) {
      // What follows a <path:x> depends on where it ends, so the pattern itself has to tell.
      if (segment.isRest) {
        node.#rest.push(route);
        return;
      }
      node = node.child(segment);
    }
    node.#here.push(route);
  }

  child(segment: Segment): Node {
    let child =
      segment.name === undefined
        ? this.#literals.get(segment.key)
        : this.#arguments.find((argument) => argument.segment.key === segment.key)?.node;
    if (!child) {
      child = new Node();
      if (segment.name === undefined) this.#literals.set(segment.key, child);
      else this.#arguments.push({ segment, node: child });
    }
    return child;
  }

  collect(parts: readonly string[], at: number, found: Route[]): void {
    const text = parts[at];
    if (text === undefined) {
      for (const route of this.#here) found.push(route);
      return;
    }
    this.#literals.get(text)?.collect(parts, at + 1, found);
    for (const { segment, node } of this.#arguments) {
      if (segment.test(text)) node.collect(parts, at + 1, found);
    }
    for (const route of this.#rest) found.push(route);
  }
}
