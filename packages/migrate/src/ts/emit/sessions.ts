import type { Binding } from '../../python/scopes.ts';
import { type Js, primary } from '../js.ts';
import { isApplication, parameterBinding, positional } from '../program.ts';
import type { Emitter } from './emitter.ts';

/** The application that the sessions belong to: the one that is made or given where we are, or that of the program. */
export function mainApp(e: Emitter): Js {
  const here = e.fn ? e.module.bindings.scopeWithin(e.fn.node).names.values() : [];
  const own = [...here].find((binding) => isApplication(e.program.bindingType(binding)));
  if (own) return primary(e.names.get(own.name));
  return e.out.mainApp ? e.bindingName(e.out.mainApp) : e.refuse();
}

/** The parameter of the handler that `with_session` fills in. */
export function sessionParameter(e: Emitter): Binding | undefined {
  if (!e.fn) return undefined;
  const { fn } = e;
  for (const name of positional(fn)) {
    const binding = parameterBinding(fn, name);
    if (e.program.bindingType(binding).has('instance microdot.SessionDict')) return binding;
  }
  return undefined;
}

export function sessions(e: Emitter): Js {
  const { mainApp: app } = e.out;
  if (!app) return e.refuse();
  return app.module === e.module
    ? primary('sessions')
    : primary(e.importName(e.pathTo(app.module), 'sessions', false));
}
