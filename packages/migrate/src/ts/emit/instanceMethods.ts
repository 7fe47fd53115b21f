import type { Attribute, Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { constantText } from '../infer/assign.ts';
import { mayBeBytes } from '../infer/messages.ts';
import { array, binary, call, type Js, js, LEVEL, member, object, primary, text, wrap } from '../js.ts';
import type { Arguments } from './arguments.ts';
import { callback } from './callbacks.ts';
import { element } from './elements.ts';
import type { Emitter } from './emitter.ts';
import { environment } from './environment.ts';
import { headerText, readFile } from './headers.ts';
import { emitLog } from './logging.ts';
import { camelCase } from './names.ts';
import { emitPathMethod } from './paths.ts';
import { emitMatch } from './patterns.ts';
import { namedProperty } from './properties.ts';
import { runOptions } from './server.ts';
import { emitTemplateMethod } from './templates.ts';

type Method = (
  e: Emitter,
  self: () => Js,
  args: Arguments,
  isLoose: boolean,
  func: Attribute,
) => Js | undefined;

/** A method of an object of Microdot's or of Python's library. */
export function emitInstanceMethod(
  e: Emitter,
  func: Attribute,
  args: Arguments,
  owner: string,
  isLoose: boolean,
): Js | undefined {
  const method = METHODS[`${owner}.${func.attr}`];
  const self = () => e.present(func.value);
  if (method) return method(e, self, args, isLoose, func);
  if (owner === 'pathlib.Path') return emitPathMethod(e, self, func.attr, args);
  if (owner === 'logging.Logger') return emitLog(e, self(), func.attr, args);
  if (/^(jinja|utemplate)\.Template$/.test(owner))
    return emitTemplateMethod(e, func, args, owner.split('.')[0] as string);
  if (owner.startsWith('re.')) return emitMatch(e, func, args, owner);
  return undefined;
}

const same =
  (name: string): Method =>
  (_e, self, args) =>
    call(member(self(), name), args.all());

const refuse: Method = (e) => e.refuse();

/** `get(key, default)` of something whose `get` gives `undefined`. */
const getOr: Method = (_e, self, args, isLoose) =>
  orDefault(call(member(self(), 'get'), [args.present(0)]), args, isLoose);

function orDefault(value: Js, args: Arguments, isLoose: boolean): Js {
  const fallback = args.get(1, 'default');
  const isNone = !fallback || (fallback.nodeType === 'Constant' && fallback.type === 'none');
  if (isNone) return isLoose ? value : binary('??', value, primary('null'), LEVEL.nullish);
  return binary('??', value, args.value(1, 'default'), LEVEL.nullish);
}

/** `type=int` and its like: a function of the text. */
function converter(e: Emitter, node: Expression): Js {
  const atom = e.type(node).single;
  if (atom?.kind === 'named' && !atom.owner) {
    if (atom.name === 'builtins.int') return e.py('int');
    if (atom.name === 'builtins.float') return e.py('float');
    if (atom.name === 'builtins.str') return primary('String');
  }
  return callback(e, node);
}

const multiDictGet: Method = (e, self, args, isLoose) => {
  const [fallback, type] = [args.get(1, 'default'), args.get(2, 'type')];
  if (!type) return orDefault(call(member(self(), 'get'), [args.present(0)]), args, isLoose);
  const isNone = !fallback || (fallback.nodeType === 'Constant' && fallback.type === 'none');
  const options = [
    ...(isNone ? [] : [namedProperty('default', wrap(e.expression(fallback), LEVEL.arrow))]),
    namedProperty('type', wrap(converter(e, type), LEVEL.arrow)),
  ];
  const value = call(member(self(), 'get'), [args.present(0), object(options)]);
  return isNone && !isLoose ? binary('??', value, primary('null'), LEVEL.nullish) : value;
};

const sessionGet: Method = (e, self, args, isLoose) => {
  const node = args.get(0);
  const name = node && constantText(node);
  if (name === undefined)
    return call(e.py('get'), [self(), ...args.node.args.map((arg) => e.expression(arg))]);
  const field = e.program.session.get(name);
  if (e.program.isSessionOpen || !field || field.isOptional || field.isAny)
    return call(e.py('get'), [self(), ...args.node.args.map((arg) => e.expression(arg))]);
  return orDefault(element(self(), name), args, isLoose);
};

const COOKIE: Readonly<Record<string, string>> = {
  httponly: 'httpOnly',
  http_only: 'httpOnly',
  samesite: 'sameSite',
  same_site: 'sameSite',
};

const setCookie: Method = (e, self, args) => {
  const named = ['path', 'domain', 'expires', 'max_age', 'secure', 'http_only', 'partitioned', 'same_site'];
  const places = named.flatMap((name, i) => {
    const node = args.node.args[i + 2];
    return node ? [namedProperty(camelCase(name), wrap(e.expression(node), LEVEL.arrow))] : [];
  });
  const options = args.options(COOKIE, ['cookie', 'value']);
  const value = args.get(1, 'value');
  const given =
    value && e.type(value).is('str') ? e.expression(value) : call(e.py('str'), [args.value(1, 'value')]);
  return call(member(self(), 'setCookie'), [
    args.present(0, 'cookie'),
    given,
    ...(places.length > 0 ? [object(places)] : options ? [options] : []),
  ]);
};

const run: Method = (e, self, args) =>
  call(
    member(self(), 'run'),
    [runOptions(e, args)].filter((option) => option !== undefined),
  );

/** `date.replace(day=1)` */
const replaceParts: Method = (e, self, args) => {
  const parts = args.options();
  if (args.node.args.length > 0 || args.node.keywords.some(({ arg }) => arg === 'tzinfo')) return e.refuse();
  return call(e.py('replaceParts'), [self(), parts ?? object([])]);
};

const secondsOf = (date: Js): Js =>
  binary('/', call(member(date, 'getTime'), []), primary('1000'), LEVEL.multiply);

/** `setTimeout` of a function at some place among the arguments, with those behind it. */
function timer(args: Arguments, seconds: Js, at: number): Js {
  const delay =
    seconds.doc === '0' ? seconds : js([wrap(seconds, LEVEL.multiply), ' * 1000'], LEVEL.multiply);
  const rest = args.node.args.slice(at + 1).map((arg) => args.e.expression(arg));
  return call(primary('setTimeout'), [args.value(at), delay, ...rest]);
}

const METHODS: Readonly<Record<string, Method>> = {
  'microdot.Microdot.run': run,
  'microdot.Microdot.start_server': run,
  'microdot.Microdot.shutdown': (_e, self) =>
    js(['void ', call(member(self(), 'shutdown'), []).doc], LEVEL.unary),
  'microdot.Microdot.mount': (_e, self, args) => {
    const prefix = args.node.args[1];
    const options = prefix
      ? object([namedProperty('urlPrefix', args.present(1).doc)])
      : args.options({}, ['subapp']);
    return call(member(self(), 'mount'), [args.present(0, 'subapp'), ...(options ? [options] : [])]);
  },
  'microdot.Microdot.dispatch_request': same('dispatchRequest'),
  'microdot.Request.after_request': same('afterRequest'),
  'microdot.RequestHeaders.get': getOr,
  'microdot.RequestHeaders.items': (_e, self) => primary(['[...', self().doc, ']']),
  'microdot.RequestHeaders.keys': (_e, self) => primary(['Array.from(', self().doc, ', ([name]) => name)']),
  'microdot.ResponseHeaders.get': getOr,
  'microdot.ResponseHeaders.update': (e, self, args) => {
    const node = args.get(0);
    if (node?.nodeType !== 'Dict' || node.keys.length !== 1) return e.refuse();
    return call(member(self(), 'set'), [
      e.present(node.keys[0] as Expression),
      headerText(e, node.values[0] as Expression),
    ]);
  },
  'microdot.ResponseHeaders.setdefault': (e, self, args) =>
    js(
      [
        call(member(self(), 'has'), [args.present(0)]).doc,
        ' || ',
        call(member(self(), 'set'), [args.present(0), headerText(e, args.get(1) as Expression)]).doc,
      ],
      LEVEL.or,
    ),
  'microdot.ResponseHeaders.pop': (_e, self, args) => call(member(self(), 'delete'), [args.present(0)]),
  'microdot.Cookies.get': (_e, self, args, isLoose) => {
    const node = args.get(0);
    const name = node && constantText(node);
    const value =
      name === undefined ? primary([self().doc, '[', args.present(0).doc, ']']) : element(self(), name);
    return orDefault(value, args, isLoose);
  },
  'microdot.Cookies.items': (_e, self) => call(primary('Object.entries'), [self()]),
  'microdot.MultiDict.get': multiDictGet,
  'microdot.MultiDict.getlist': (e, self, args) => {
    const type = args.get(1, 'type');
    return call(member(self(), 'getList'), [
      args.present(0),
      ...(type ? [object([namedProperty('type', converter(e, type).doc)])] : []),
    ]);
  },
  'microdot.MultiDict.keys': same('keys'),
  'microdot.MultiDict.items': (_e, self) => primary(['[...', self().doc, ']']),
  'microdot.MultiDict.values': (_e, self) => primary(['Array.from(', self().doc, ', ([, value]) => value)']),
  'microdot.Stream.read': same('read'),
  'microdot.Stream.readexactly': same('read'),
  'microdot.Stream.readline': same('readline'),
  'microdot.Response.set_cookie': setCookie,
  'microdot.Response.delete_cookie': (_e, self, args) => {
    const options = args.options(COOKIE, ['cookie']);
    return call(member(self(), 'deleteCookie'), [args.present(0, 'cookie'), ...(options ? [options] : [])]);
  },
  'microdot.WebSocket.receive': (e, self, args) => {
    const received = js(['await ', call(member(self(), 'receive'), []).doc], LEVEL.unary);
    return mayBeBytes(e.module, args.node)
      ? received
      : { ...js(['(', received.doc, ') as string'], LEVEL.compare), isAwaited: true };
  },
  'microdot.WebSocket.send': (_e, self, args) => call(member(self(), 'send'), [args.present(0, 'data')]),
  'microdot.WebSocket.close': (_e, self) => call(member(self(), 'close'), []),
  'microdot.SSE.send': (_e, self, args) => {
    const options = args.options({ event_id: 'eventId' }, ['data']);
    const event = args.node.args[1] ? object([namedProperty('event', args.present(1).doc)]) : options;
    return call(member(self(), 'send'), [args.present(0, 'data'), ...(event ? [event] : [])]);
  },
  'microdot.SessionDict.get': sessionGet,
  'microdot.SessionDict.save': same('save'),
  'microdot.SessionDict.delete': same('delete'),
  'microdot.SessionDict.setdefault': (e, self, args) =>
    call(e.py('setDefault'), [self(), args.value(0), args.value(1)]),
  'microdot.SessionDict.pop': (e, self, args) =>
    call(e.py('pop'), [self(), ...args.node.args.map((arg) => e.expression(arg))]),
  'microdot.SessionDict.clear': (e, self) => call(e.py('clear'), [self()]),
  'microdot.SessionDict.update': (e, self, args) => {
    const options = args.options();
    return call(e.py('update'), [self(), args.has(0) ? args.value(0) : (options ?? object([]))]);
  },
  'microdot.SessionDict.items': (_e, self) => call(primary('Object.entries'), [self()]),
  'microdot.SessionDict.keys': (_e, self) => call(primary('Object.keys'), [self()]),
  'microdot.Session.get': same('get'),
  'microdot.Session.update': same('update'),
  'microdot.Session.delete': same('delete'),
  'microdot.Session.initialize': (_e, self, args) => {
    const options = args.options();
    return call(member(self(), 'initialize'), [args.present(0), ...(options ? [options] : [])]);
  },
  'microdot.CORS.initialize': (_e, self, args) => {
    const options = args.options();
    return call(member(self(), 'initialize'), [args.present(0), ...(options ? [options] : [])]);
  },
  'microdot.Login.login_user': (_e, self, args) => {
    const options = args.options();
    return js(
      [
        'await ',
        call(member(self(), 'loginUser'), [args.present(0), args.present(1), ...(options ? [options] : [])])
          .doc,
      ],
      LEVEL.unary,
    );
  },
  'microdot.Login.logout_user': (_e, self, args) =>
    js(['await ', call(member(self(), 'logoutUser'), [args.present(0)]).doc], LEVEL.unary),
  'microdot.Login.get_current_user': (_e, self, args) =>
    call(member(self(), 'getCurrentUser'), [args.present(0)]),
  'os.environ.get': (e, _self, args, isLoose) =>
    orDefault(environment(e, args.get(0) as Expression), args, isLoose),
  'hashlib.hash.hexdigest': (_e, self) => call(member(self(), 'digest'), [text('hex')]),
  'hashlib.hash.digest': (_e, self) => call(member(self(), 'digest'), []),
  'hashlib.hash.update': same('update'),
  'datetime.datetime.isoformat': (e, self, args) => call(e.py('isoformat'), [self(), ...args.all('sep')]),
  'datetime.datetime.strftime': (e, self, args) => call(e.py('strftime'), [self(), args.present(0)]),
  'datetime.datetime.replace': replaceParts,
  'datetime.date.replace': replaceParts,
  'datetime.time.isoformat': (_e, self) => self(),
  'datetime.datetime.time': (e, self) => call(e.py('strftime'), [self(), primary("'%H:%M:%S'")]),
  'datetime.datetime.timetuple': (e, self) => call(e.py('localtime'), [secondsOf(self())]),
  'datetime.date.timetuple': (e, self) => call(e.py('localtime'), [secondsOf(self())]),
  'datetime.datetime.timestamp': (_e, self) =>
    binary('/', call(member(self(), 'getTime'), []), primary('1000'), LEVEL.multiply),
  'datetime.datetime.date': (e, self) => call(e.py('dayOf'), [self()]),
  'datetime.datetime.weekday': (e, self) => call(e.py('weekday'), [self()]),
  'datetime.datetime.isoweekday': (e, self) =>
    binary('+', call(e.py('weekday'), [self()]), primary('1'), LEVEL.add),
  'datetime.aware.isoformat': (e, self) => call(e.py('isoUtc'), [self()]),
  'datetime.aware.strftime': (e, self, args) =>
    call(e.py('strftime'), [self(), args.present(0), primary('true')]),
  'datetime.aware.timestamp': (_e, self) =>
    binary('/', call(member(self(), 'getTime'), []), primary('1000'), LEVEL.multiply),
  'datetime.aware.date': (e, self) => call(e.py('utcDay'), [self()]),
  'datetime.date.isoformat': (e, self) => call(e.py('isoDay'), [self()]),
  'datetime.date.strftime': (e, self, args) => call(e.py('strftime'), [self(), args.present(0)]),
  'datetime.date.weekday': (e, self) => call(e.py('weekday'), [self()]),
  'datetime.date.isoweekday': (e, self) =>
    binary('+', call(e.py('weekday'), [self()]), primary('1'), LEVEL.add),
  'datetime.timedelta.total_seconds': (_e, self) => self(),
  'argparse.ArgumentParser.add_argument': (e, self, args) => {
    const names = args.node.args.map((arg) => e.expression(arg).doc);
    const type = args.get(99, 'type');
    const options: Doc[] = args.node.keywords.flatMap(({ arg, value }): Doc[] => {
      if (arg === 'type' && type) return [namedProperty('type', wrap(converter(e, type), LEVEL.arrow))];
      return /^(default|action|dest|required|help)$/.test(arg ?? '')
        ? [namedProperty(arg as string, wrap(e.expression(value), LEVEL.arrow))]
        : [];
    });
    return call(member(self(), 'addArgument'), [
      array(names),
      ...(options.length > 0 ? [object(options)] : []),
    ]);
  },
  'argparse.ArgumentParser.parse_args': (_e, self, args) =>
    call(member(self(), 'parseArgs'), args.all('args')),
  'asyncio.Loop.create_task': (e, _self, args) => call(e.py('createTask'), [args.value(0)]),
  'asyncio.Loop.run_until_complete': (_e, _self, args) =>
    js(['await ', wrap(args.value(0), LEVEL.unary)], LEVEL.unary),
  'asyncio.Loop.run_forever': () => js('await new Promise(() => {})', LEVEL.unary),
  'asyncio.Loop.call_later': (_e, _self, args) => timer(args, args.value(0), 1),
  'asyncio.Loop.call_soon': (_e, _self, args) => timer(args, primary('0'), 0),
  'asyncio.Loop.run_in_executor': (e, _self, args) =>
    call(
      args.value(1),
      args.node.args.slice(2).map((arg) => e.expression(arg)),
    ),
  'asyncio.Loop.close': () => primary('undefined'),
  'asyncio.Loop.time': () => primary('(performance.now() / 1000)'),
  'asyncio.Event.set': same('set'),
  'asyncio.Event.clear': same('clear'),
  'asyncio.Event.is_set': same('isSet'),
  'asyncio.Event.wait': same('wait'),
  'asyncio.Queue.get': same('get'),
  'asyncio.Queue.put': (_e, self, args) => call(member(self(), 'put'), [args.value(0)]),
  'asyncio.Queue.get_nowait': same('getNowait'),
  'asyncio.Queue.put_nowait': (_e, self, args) => call(member(self(), 'putNowait'), [args.value(0)]),
  'asyncio.Queue.task_done': (_e, self) => call(member(self(), 'taskDone'), []),
  'asyncio.Queue.join': same('join'),
  'threading.Event.set': same('set'),
  'threading.Event.clear': same('clear'),
  'threading.Event.is_set': same('isSet'),
  'threading.Thread.start': same('start'),
  'threading.Thread.cancel': same('cancel'),
  'threading.Thread.is_alive': (_e, self) => call(member(self(), 'isAlive'), []),
  'threading.Lock.release': same('release'),
  'threading.Lock.acquire': (_e, self) => call(member(self(), 'acquire'), []),
  'threading.Lock.locked': same('locked'),
  'asyncio.Task.cancel': same('cancel'),
  'asyncio.Task.done': same('done'),
  'io.TextFile.write': (_e, self, args) => call(member(self(), 'write'), [args.present(0)]),
  'io.TextFile.close': same('close'),
  'io.BinaryFile.close': same('close'),
  'microdot.TestClient.get': refuse,
  'ssl.SSLContext.load_cert_chain': (e, self, args) =>
    call(primary('Object.assign'), [
      self(),
      object([
        namedProperty('cert', readFile(e, args.present(0, 'certfile')).doc),
        namedProperty('key', readFile(e, args.present(1, 'keyfile')).doc),
      ]),
    ]),
};
