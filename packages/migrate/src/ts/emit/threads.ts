import type { Expression } from '../../python/tree.ts';
import { arrow, call, type Js, newOf } from '../js.ts';
import type { Arguments } from './arguments.ts';
import { callback } from './callbacks.ts';
import type { Emitter } from './emitter.ts';
import type { Library } from './libraryCall.ts';

/** What a thread runs, as a function without parameters. */
function job(e: Emitter, target: Expression | undefined, given: Expression | undefined): Js {
  if (!target) return e.refuse();
  if (!given)
    return target.nodeType === 'Lambda' ? callback(e, target) : arrow('()', call(e.expression(target), []));
  if (!('elts' in given)) return e.refuse();
  return arrow(
    '()',
    call(
      e.expression(target),
      given.elts.map((each) => e.expression(each)),
    ),
  );
}

const timer = (e: Emitter, args: Arguments): Js =>
  newOf(e.py('Thread'), [job(e, args.get(1, 'function'), args.get(2, 'args')), args.present(0, 'interval')]);

/** Threads take turns here, at each `await`: there is one. */
export const THREADS: Readonly<Record<string, Library>> = {
  'threading.Lock': (e) => newOf(e.py('Lock'), []),
  'threading.RLock': (e) => newOf(e.py('Lock'), []),
  'threading.Event': (e) => newOf(e.py('Event'), []),
  'threading.Thread': (e, args) =>
    newOf(e.py('Thread'), [job(e, args.get(1, 'target'), args.get(3, 'args'))]),
  'threading.Timer': timer,
  '_thread.allocate_lock': (e) => newOf(e.py('Lock'), []),
  '_thread.start_new_thread': (e, args) => call(e.py('startThread'), [job(e, args.get(0), args.get(1))]),
};
