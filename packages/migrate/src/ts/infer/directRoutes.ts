import type { Call, Expression } from '../../python/tree.ts';
import type { FunctionInfo, Program } from '../program.ts';
import { classifyDecorator, type Decorator, functionsOf, isRegistration } from './decorators.ts';

/** `app.route('/')(login_required(index))`: what a decorator does, done by a call. */
export interface DirectRoute {
  readonly registration: Decorator;
  /** What is around the handler, the outermost first. */
  readonly wrappers: readonly Decorator[];
  readonly handler: Expression;
}

export function directRoute(program: Program, node: Call): DirectRoute | undefined {
  const [argument] = node.args;
  if (!argument || !takesOne(node)) return undefined;
  const isCalled = node.func.nodeType === 'Call';
  const registration = classifyDecorator(program, node.func);
  // `app.errorhandler(404)` alone is a decorator.
  if (!isRegistration(registration) || (registration.kind === 'error' && !isCalled)) return undefined;
  const wrappers: Decorator[] = [];
  let handler = argument;
  for (;;) {
    const inner = handler.nodeType === 'Call' && takesOne(handler) ? handler.args[0] : undefined;
    const wrapper = inner && classifyDecorator(program, (handler as Call).func);
    if (!inner || !wrapper || !isWrapper(program, wrapper, inner)) break;
    wrappers.push(wrapper);
    handler = inner;
  }
  return { registration, wrappers, handler };
}

/** The functions that a direct route may lead to. */
export function directHandlers(program: Program, { handler }: DirectRoute): FunctionInfo[] {
  return functionsOf(program, handler);
}

function takesOne({ args, keywords }: Call): boolean {
  return args.length === 1 && keywords.length === 0 && args[0]?.nodeType !== 'Starred';
}

function isWrapper(program: Program, decorator: Decorator, inner: Expression): boolean {
  if (decorator.kind === 'with') return true;
  if (decorator.kind === 'guard') return decorator.isHandler;
  return decorator.kind === 'user' && functionsOf(program, inner).length > 0;
}
