import type { Hooks, Route } from './router.ts';
import type { AfterRequestHandler, BeforeRequestHandler, ErrorClass, ErrorHandler } from './types.ts';

/** The hooks and error handlers that one application has. */
export class Handlers {
  readonly before: BeforeRequestHandler[] = [];
  readonly after: AfterRequestHandler[] = [];
  readonly afterError: AfterRequestHandler[] = [];
  readonly errors: Map<number | ErrorClass<unknown>, ErrorHandler> = new Map();

  /** Takes over what a sub-application has, once: it may be mounted under two prefixes. */
  take(other: Handlers): void {
    addMissing(this.before, other.before);
    addMissing(this.after, other.after);
    addMissing(this.afterError, other.afterError);
    for (const [key, handler] of other.errors) this.errors.set(key, handler);
  }
}

function addMissing<T>(own: T[], others: readonly T[]): void {
  own.push(...others.filter((other) => !own.includes(other)));
}

/** A route as it was registered, with the handlers of the sub-applications that keep theirs, the innermost first. */
export interface MountedRoute extends Omit<Route, 'hooks' | 'index'> {
  readonly scopes: readonly Handlers[];
}

/** Settles which hooks run for every route. */
export function compile(routes: readonly MountedRoute[], root: Handlers): Route[] {
  return routes.map(({ scopes, ...route }, index) => ({ ...route, index, hooks: hooksOf(root, scopes) }));
}

/** Inwards on the way in, outwards on the way out. */
export function hooksOf(root: Handlers, scopes: readonly Handlers[]): Hooks {
  const outwards = [...scopes, root];
  return {
    before: outwards.toReversed().flatMap(({ before }) => before),
    after: outwards.flatMap(({ after }) => after),
    afterError: outwards.flatMap(({ afterError }) => afterError),
    errors: outwards.map(({ errors }) => errors),
  };
}
