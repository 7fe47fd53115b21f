import { methodOf } from '../../flow/classes.ts';
import { factsOf } from '../../flow/facts.ts';
import type { Attribute, Call, Expression } from '../../python/tree.ts';
import type { FileContext, NoteText, Rule } from '../context.ts';

const NAME = 'changed-api';

/** What has another form in 2.x, or is gone: it is told of, and stays as it is. */
export const changedApi: Rule = {
  name: NAME,
  run(context) {
    for (const attribute of factsOf(context.module).attributes) noteAttribute(context, attribute);
    noteSubclasses(context);
    noteCookies(context);
    noteMounts(context);
    noteRuns(context);
    noteTestClients(context);
  },
};

const OF_APP: ReadonlyMap<string, NoteText> = new Map([
  ['shutdown_requested', gone('shutdown_requested', 'Call app.shutdown().', 'the-application')],
  [
    'url_map',
    changed(
      'The rows of url_map have five parts since 2.1: methods, pattern, handler, prefix, sub-application.',
      'the-application',
    ),
  ],
  [
    'find_route',
    changed('find_route() returns a handler, a prefix and a sub-application since 2.1.', 'the-application'),
  ],
  ['dispatch_request', changed('dispatch_request() is a coroutine in Microdot 2.', 'the-application')],
  [
    'handle_request',
    changed(
      'handle_request() is a coroutine in Microdot 2, and takes a reader and a writer.',
      'the-application',
    ),
  ],
]);

const OF_REQUEST: ReadonlyMap<string, NoteText> = new Map([
  ['sock', changed('request.sock is a reader and a writer in Microdot 2.', 'requests')],
  ['stream_used', gone('stream_used', 'Both body and stream may be used.', 'requests')],
]);

const OF_RESPONSE: ReadonlyMap<string, NoteText> = new Map([
  ['write', changed('Response.write() is a coroutine in Microdot 2.', 'responses')],
  ['body_iter', changed('Response.body_iter() is an asynchronous iterator in Microdot 2.', 'responses')],
]);

function noteAttribute(context: FileContext, attribute: Attribute): void {
  const { attr, value } = attribute;
  const tables = [OF_APP, OF_REQUEST, OF_RESPONSE];
  if (!tables.some((table) => table.has(attr)) && attr !== 'create') return;
  // The method that calls it so is told of.
  if (value.nodeType === 'Call' && value.func.nodeType === 'Name' && value.func.id === 'super') return;
  const kinds = context.flow.kinds(context.module, value);
  const symbol = context.symbol(value);
  if (attr === 'create' && symbol?.endsWith('.Request')) {
    context.note(
      NAME,
      attribute,
      changed(
        'Request.create() is a coroutine in Microdot 2: create(app, reader, writer, address).',
        'requests',
      ),
    );
  }
  const isApp = kinds.has('app') || kinds.has('asyncapp');
  const text =
    (isApp ? OF_APP.get(attr) : undefined) ??
    (kinds.has('request') ? OF_REQUEST.get(attr) : undefined) ??
    (kinds.has('response') ? OF_RESPONSE.get(attr) : undefined);
  if (text !== undefined) context.note(NAME, attribute, text);
}

const OVERRIDES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Request', ['__init__', 'create']],
  ['Microdot', ['find_route', 'dispatch_request', 'handle_request', 'run']],
  ['Response', ['write', 'body_iter']],
  ['WebSocket', ['handshake', 'receive', 'send', 'close', '_read_frame']],
  ['TestClient', ['request', 'get', 'post']],
]);

// A class of the application that overrides what has another form now.
function noteSubclasses(context: FileContext): void {
  for (const owner of factsOf(context.module).classes) {
    for (const base of owner.bases) {
      const name = context.symbol(base)?.split('.').at(-1);
      for (const method of OVERRIDES.get(name ?? '') ?? []) {
        const node = methodOf(owner, method);
        if (node === null || context.asyncness.isAsync(node)) continue;
        const text =
          method === '__init__'
            ? 'Request takes more arguments in Microdot 2: pass on **kwargs.'
            : `${name}.${method}() is another in Microdot 2: see its signature, and whether it is a coroutine.`;
        context.note(NAME, node, changed(text, 'subclasses'));
      }
    }
  }
}

// Values that are put together may hold what 2.6 refuses.
function noteCookies(context: FileContext): void {
  for (const call of factsOf(context.module).calls) {
    if (call.func.nodeType !== 'Attribute' || call.func.attr !== 'set_cookie') continue;
    if (!context.flow.is(context.module, call.func.value, 'response') && call.args.length < 2) continue;
    const value = call.args[1] ?? call.keywords.find(({ arg }) => arg === 'value')?.value;
    if (value !== undefined) noteCookieValue(context, call, value);
    const age = call.keywords.find(({ arg }) => arg === 'max_age')?.value;
    if (age?.nodeType === 'Constant' && age.value === 0) {
      context.note(
        NAME,
        call,
        changed('max_age=0 is sent in Microdot 2, and ends the cookie; 1.x left it out.', 'responses'),
      );
    }
  }
}

function noteCookieValue(context: FileContext, call: Call, value: Expression): void {
  const isLiteral = value.nodeType === 'Constant';
  if (isLiteral ? !/[;\r\n]/.test(String(value.value)) : false) return;
  if (isLiteral || (value.nodeType === 'BinOp' && /;/.test(context.text(value)))) {
    context.note(NAME, call, {
      message: 'The value of a cookie may hold no ";" and no line break since 2.6: this raises a ValueError.',
      suggestion: 'set_cookie() has arguments for what was put into the value.',
      guide: 'responses',
    });
  } else {
    context.note(NAME, call, {
      message: 'Since 2.6 set_cookie() raises a ValueError where a value has ";" or a line break in it.',
      suggestion:
        'Quote what comes from elsewhere: urlencode() of microdot.microdot, and urldecode() when it is read.',
      guide: 'responses',
    });
  }
}

// Mounting empties the hooks of a sub-application.
function noteMounts(context: FileContext): void {
  const seen = new Set<string>();
  for (const call of factsOf(context.module).calls) {
    const [sub] = call.args;
    if (call.func.nodeType !== 'Attribute' || call.func.attr !== 'mount' || sub?.nodeType !== 'Name')
      continue;
    if (!context.flow.is(context.module, call.func.value, 'app', 'asyncapp')) continue;
    if (seen.has(sub.id)) {
      context.note(NAME, call, {
        message: `${sub.id} is mounted a second time. In Microdot 2 its hooks and error handlers moved on with the first mount.`,
        suggestion: `mount(${sub.id}, ..., local=True), both times`,
        guide: 'the-application',
      });
    }
    seen.add(sub.id);
  }
}

// `threading.Thread(target=app.run)`
function noteRuns(context: FileContext): void {
  for (const attribute of factsOf(context.module).attributes) {
    if (attribute.attr !== 'run' || !context.flow.is(context.module, attribute.value, 'app', 'asyncapp'))
      continue;
    const { parent } = attribute;
    if (parent?.nodeType === 'Call' && parent.func === attribute) continue;
    context.note(NAME, attribute, {
      message:
        'app.run() starts a loop of its own. In another thread that works on CPython, but not on MicroPython.',
      suggestion: 'await app.start_server(), in the loop of the main thread',
      guide: 'the-application',
    });
  }
}

function noteTestClients(context: FileContext): void {
  const { flow, module } = context;
  for (const call of factsOf(module).calls) {
    const { func } = call;
    if (func.nodeType !== 'Attribute' || !flow.is(module, func.value, 'client', 'asyncclient')) continue;
    const user = call.parent?.nodeType === 'Await' ? call.parent.parent : call.parent;
    if (func.attr === 'websocket' && user?.nodeType !== 'Expr') {
      context.note(
        NAME,
        call,
        changed(
          'websocket() of the test client returned None in 1.x, and returns a response now.',
          GUIDE_TESTS,
        ),
      );
    }
    const socket = call.keywords.find(({ arg }) => arg === 'sock');
    if (socket !== undefined) {
      context.note(
        NAME,
        socket,
        changed('sock is a reader and a writer in Microdot 2: a tuple of the two.', GUIDE_TESTS),
      );
    }
  }
}

const GUIDE_TESTS = 'test-clients';

function changed(message: string, guide: string): NoteText {
  return { message, guide };
}

function gone(name: string, suggestion: string, guide: string): NoteText {
  return { message: `${name} is not in Microdot 2.`, suggestion, guide };
}
