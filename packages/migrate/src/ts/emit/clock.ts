import type { Expression } from '../../python/tree.ts';
import { binary, call, js, LEVEL, newOf, number, primary, wrap } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import type { Library } from './libraryCall.ts';

const FIELDS: Readonly<Record<string, number>> = {
  weeks: 604800,
  days: 86400,
  hours: 3600,
  minutes: 60,
  seconds: 1,
  milliseconds: 0.001,
};

/** A `timedelta` is its seconds here. */
const timedelta: Library = (_e, args) => {
  const parts = args.node.keywords.map(({ arg, value }) => [arg ?? '', value] as const);
  if (args.node.args[0]) parts.unshift(['days', args.node.args[0]]);
  const docs = parts.map(([name, value]) => {
    const factor = FIELDS[name] ?? args.e.refuse();
    const amount = args.e.operand(value, 'int', 'float');
    return factor === 1 ? amount : binary('*', amount, number(factor), LEVEL.multiply);
  });
  const [first, ...rest] = docs;
  return rest.reduce((left, right) => binary('+', left, right, LEVEL.add), first ?? number(0));
};

/** A time with a zone is one in UTC, which its type knows, or is not ported. */
function isUtc(e: Emitter, args: Arguments, at: number, name: string): boolean {
  const zone = args.get(at, name);
  return zone !== undefined && /(^|\.)(utc|UTC)$/.test(e.source(zone));
}

const now: Library = (e, args) => {
  if (args.has(0, 'tz') && !isUtc(e, args, 0, 'tz')) return e.refuse();
  return primary('new Date()');
};

const date: Library = (e, args) => {
  const isAware = args.has(7, 'tzinfo');
  if (isAware && !isUtc(e, args, 7, 'tzinfo')) return e.refuse();
  const names = ['year', 'month', 'day', 'hour', 'minute', 'second'];
  if (args.has(6, 'microsecond')) return e.refuse();
  const [year, month, ...rest] = args.all(...names).slice(0, 6);
  if (!year || !month) return e.refuse();
  const parts = [year, js([wrap(month, LEVEL.add), ' - 1'], LEVEL.add), ...rest];
  return newOf(primary('Date'), isAware ? [call(primary('Date.UTC'), parts)] : parts);
};

const timeTuple =
  (name: string): Library =>
  (e, args) =>
    call(e.py(name), args.has(0) ? [args.present(0)] : []);

function isCallOf(node: Expression | undefined, name: string): boolean {
  return (
    node?.nodeType === 'Call' &&
    (node.func.nodeType === 'Attribute'
      ? node.func.attr
      : node.func.nodeType === 'Name'
        ? node.func.id
        : '') === name
  );
}

const strftime: Library = (e, args) => {
  const moment = args.get(1);
  const isUtc = isCallOf(moment, 'gmtime');
  const seconds =
    (isUtc || isCallOf(moment, 'localtime')) && moment?.nodeType === 'Call' ? moment.args[0] : undefined;
  if (moment && !isUtc && !isCallOf(moment, 'localtime'))
    return call(e.py('strftime'), [call(e.py('fromTimeTuple'), [e.present(moment)]), args.present(0)]);
  const at = seconds
    ? newOf(primary('Date'), [binary('*', e.present(seconds), number(1000), LEVEL.multiply)])
    : primary('new Date()');
  return call(e.py('strftime'), [at, args.present(0), ...(isUtc ? [primary('true')] : [])]);
};

/** The functions of `time` and `datetime` that tell and make times. */
export const CLOCK: Readonly<Record<string, Library>> = {
  'time.strftime': strftime,
  'time.localtime': timeTuple('localtime'),
  'time.gmtime': timeTuple('gmtime'),
  'time.mktime': (e, args) =>
    binary(
      '/',
      js([call(e.py('fromTimeTuple'), [args.present(0)]).doc, '.getTime()'], LEVEL.primary),
      number(1000),
      LEVEL.multiply,
    ),
  'time.ctime': (e, args) =>
    call(e.py('strftime'), [
      args.has(0)
        ? newOf(primary('Date'), [binary('*', args.present(0), number(1000), LEVEL.multiply)])
        : primary('new Date()'),
      primary("'%a %b %d %H:%M:%S %Y'"),
    ]),
  'time.time_ns': () => primary('Date.now() * 1_000_000'),
  'time.ticks_us': () => primary('Math.floor(performance.now() * 1000)'),
  'time.ticks_add': (_e, args) => js([args.present(0).doc, ' + ', args.present(1).doc], LEVEL.add),
  'datetime.datetime.now': now,
  'datetime.datetime.today': now,
  'datetime.datetime.utcnow': (e) => call(e.py('utcNow'), []),
  'datetime.date.today': (e) => call(e.py('dayOf'), [primary('new Date()')]),
  'datetime.datetime.fromtimestamp': (e, args) =>
    args.has(1, 'tz') && !isUtc(e, args, 1, 'tz')
      ? e.refuse()
      : newOf(primary('Date'), [binary('*', args.present(0), number(1000), LEVEL.multiply)]),
  'datetime.datetime.utcfromtimestamp': (e, args) =>
    call(e.py('fromTimeTuple'), [call(e.py('gmtime'), [args.present(0)])]),
  'datetime.datetime.fromisoformat': (e, args) => call(e.py('fromIsoformat'), [args.present(0)]),
  'datetime.datetime.strptime': (e, args) => call(e.py('strptime'), [args.present(0), args.present(1)]),
  'datetime.date.fromisoformat': (e, args) =>
    call(e.py('strptime'), [args.present(0), primary("'%Y-%m-%d'")]),
  'datetime.datetime': date,
  'datetime.date': date,
  'datetime.timedelta': timedelta,
};
