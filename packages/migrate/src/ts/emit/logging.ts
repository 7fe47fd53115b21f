import type { Expression } from '../../python/tree.ts';
import { call, type Js, member, primary } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { emitPercent } from './format.ts';
import type { Library } from './libraryCall.ts';

const LEVELS: Readonly<Record<string, string>> = {
  debug: 'debug',
  info: 'info',
  warning: 'warn',
  warn: 'warn',
  error: 'error',
  critical: 'error',
  exception: 'error',
};

/** `logger.info('%s is here', name)`: a logger is the console, and its text is put together before. */
export function emitLog(e: Emitter, self: Js, name: string, args: Arguments): Js | undefined {
  const level = LEVELS[name];
  // What is logged where, and from which level on, is up to who runs the program.
  if (/^(setLevel|addHandler|basicConfig|disable)$/.test(name)) return primary('undefined');
  const [format, ...values] = args.node.args;
  if (level === undefined || !format) return undefined;
  const text = values.length === 0 ? logged(e, format) : emitPercent(e, format, tuple(format, values));
  const trace = name === 'exception' || args.has(99, 'exc_info') ? [primary(e.caught)] : [];
  return call(member(self, level), [text, ...trace]);
}

function logged(e: Emitter, node: Expression): Js {
  return e.type(node).is('str') || /Error$|Exception$/.test(e.type(node).single?.key ?? '')
    ? e.expression(node)
    : call(e.py('str'), [e.expression(node)]);
}

function tuple(at: Expression, elts: Expression[]): Expression {
  return { nodeType: 'Tuple', elts, start: at.start, end: at.end, parent: at.parent };
}

/** The functions of `logging` itself. */
export const LOGGING: Readonly<Record<string, Library>> = {
  'logging.getLogger': () => primary('console'),
  'logging.basicConfig': () => primary('undefined'),
  'logging.disable': () => primary('undefined'),
  ...Object.fromEntries(
    Object.keys(LEVELS).map((name): [string, Library] => [
      `logging.${name}`,
      (e, args) => emitLog(e, primary('console'), name, args) ?? e.refuse(),
    ]),
  ),
};
