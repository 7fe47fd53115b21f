import type { Expression } from '../../python/tree.ts';
import { constantText } from '../infer/assign.ts';
import {
  array,
  binary,
  call,
  index,
  type Js,
  js,
  LEVEL,
  member,
  newOf,
  number,
  object,
  primary,
  text,
  wrap,
} from '../js.ts';
import { isMap } from '../types/print.ts';
import type { Arguments } from './arguments.ts';
import { CLOCK } from './clock.ts';
import type { Emitter } from './emitter.ts';
import { environment } from './environment.ts';
import { errorName } from './errorNames.ts';
import { fieldsObject } from './fields.ts';
import { iterable, spread } from './iteration.ts';
import { ITERATORS } from './iterators.ts';
import { dumps } from './json.ts';
import type { Library } from './libraryCall.ts';
import { LOGGING } from './logging.ts';
import { camelCase, exportName } from './names.ts';
import { operatorFunction } from './operatorFunctions.ts';
import { ownFolder, PATHS } from './paths.ts';
import { emitPattern } from './patterns.ts';
import { namedProperty } from './properties.ts';
import { THREADS } from './threads.ts';
import { URLS } from './urls.ts';

/** Something of a library that is named and not called. */
export function emitNamed(e: Emitter, name: string, from?: { alias: string; isOwn: boolean }): Js {
  if (name.startsWith('builtins.')) {
    const builtin = name.slice(9);
    if (/(Error|Exception|Interrupt|StopIteration|StopAsyncIteration)$/.test(builtin))
      return errorName(e, builtin);
    const known: Readonly<Record<string, string>> = {
      str: 'String',
      bool: 'Boolean',
      object: 'Object',
      list: 'Array',
      dict: 'Object',
      set: 'Set',
    };
    if (known[builtin]) return primary(known[builtin]);
    if (['int', 'float', 'len', 'repr', 'sum', 'sorted'].includes(builtin)) return e.py(builtin);
    if (builtin === 'print') return primary('console.log');
    return e.refuse();
  }
  const value = VALUES[name];
  if (value) return value(e);
  if (name.startsWith('microdot.')) return microdotName(e, name);
  const operator = operatorFunction(name);
  if (operator) return operator;
  const error = ERRORS[name];
  if (error) return error(e);
  return unknownName(e, name, from);
}

const SPECIAL_CORE: Readonly<Record<string, string>> = {
  send_file: 'sendFile',
  already_handled: 'alreadyHandled',
};

function microdotName(e: Emitter, name: string): Js {
  const [, first = '', ...rest] = name.split('.');
  const owner: Readonly<Record<string, string>> = {
    WebSocket: 'websocket',
    WebSocketError: 'websocket',
    Session: 'session',
    SessionDict: 'session',
    SSE: 'sse',
    CORS: 'cors',
    CSRF: 'csrf',
    Login: 'login',
    BasicAuth: 'auth',
    TokenAuth: 'auth',
    FileUpload: 'multipart',
    FormDataIter: 'multipart',
    TestClient: 'test-client',
  };
  if (
    [
      'sock',
      'socket_read_timeout',
      'urlencode',
      'urldecode',
      'print_exception',
      'create_ssl_context',
    ].includes(rest[0] ?? first)
  ) {
    return first === 'urlencode' ? e.py('urlencode') : e.refuse();
  }
  const from = owner[first];
  const target = from ? e.use(`@microdot/${from}`, first) : e.core(SPECIAL_CORE[first] ?? camelCase(first));
  return rest.reduce((object, part) => member(object, SPECIAL_CORE[part] ?? camelCase(part)), target);
}

const ERRORS: Readonly<Record<string, (e: Emitter) => Js>> = {
  'asyncio.TimeoutError': (e) => e.py('TimeoutError'),
  'asyncio.CancelledError': (e) => e.py('CancelledError'),
  'binascii.Error': (e) => e.py('ValueError'),
  'socket.error': (e) => e.py('OSError'),
  'os.error': (e) => e.py('OSError'),
  'asyncio.QueueEmpty': (e) => e.py('QueueEmpty'),
  'asyncio.QueueFull': (e) => e.py('QueueFull'),
  'json.JSONDecodeError': (e) => e.py('ValueError'),
};

/** Something that is not known here: of a module that a person has to write, and that has its name meanwhile. */
function unknownName(e: Emitter, name: string, from: { alias: string; isOwn: boolean } | undefined): Js {
  const parts = name.split('.');
  const module = from && parts.length > 1 ? parts.slice(0, -1).join('.') : (parts[0] as string);
  const members = name === module ? [] : name.slice(module.length + 1).split('.');
  const wanted = e.out.stubs.get(module) ?? new Set();
  e.out.stubs.set(module, wanted);
  const path = `${'../'.repeat(e.module.path.split('/').length - 1) || './'}stubs/${camelCase(module.replaceAll('.', '_'))}.js`;
  const [first, ...rest] = members;
  if (first === undefined) {
    const alias = from ? e.names.get(from.alias) : camelCase(module);
    e.namespaces.set(alias, path);
    return primary(alias);
  }
  wanted.add(first);
  if (from)
    return rest.reduce(
      (object, part) => member(object, part),
      primary(e.importName(path, exportName(first), false)),
    );
  const alias = camelCase(module.replaceAll('.', '_'));
  e.namespaces.set(alias, path);
  return [exportName(first), ...rest].reduce((object, part) => member(object, part), primary(alias));
}

/** A call of something of Python's library. */
export function emitLibraryCall(e: Emitter, name: string, args: Arguments): Js | undefined {
  if (name.startsWith('re.')) return emitPattern(e, name.slice(3), args);
  return CALLS[name]?.(e, args);
}

/** `<string>`, where nothing else says what a list will hold. */
function elementType(e: Emitter, args: Arguments): string {
  const cell = e.type(args.node).atom('list')?.cell;
  return args.has(0) || !cell ? '' : `<${e.printType(cell.elem)}>`;
}

const VALUES: Readonly<Record<string, (e: Emitter) => Js>> = {
  'sys.argv': () => primary('process.argv.slice(1)'),
  'sys.stderr': () => primary('process.stderr'),
  'sys.stdout': () => primary('process.stdout'),
  'sys.implementation.name': () => primary('process.release.name'),
  'sys.version_info': () => array(['3', '12', '0']),
  'sys.maxsize': () => primary('Number.MAX_SAFE_INTEGER'),
  'sys.platform': () => primary('process.platform'),
  'sys.version': () => primary('process.version'),
  'os.environ': () => primary('process.env'),
  'os.sep': (e) => e.use('node:path', 'sep'),
  'os.name': () => text('posix'),
  'math.pi': () => primary('Math.PI'),
  'math.e': () => primary('Math.E'),
  'math.inf': () => primary('Infinity'),
  'math.nan': () => primary('NaN'),
  'math.tau': () => primary('2 * Math.PI'),
  'string.punctuation': () => text('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'),
  'string.hexdigits': () => text('0123456789abcdefABCDEF'),
  'string.ascii_lowercase': () => text('abcdefghijklmnopqrstuvwxyz'),
  'string.ascii_uppercase': () => text('ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  'string.ascii_letters': () => text('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  'string.digits': () => text('0123456789'),
};

const math =
  (name: string): Library =>
  (_e, args) =>
    call(primary(`Math.${name}`), args.all());

const base64 = (encoding: string): { encode: Library; decode: Library } => ({
  encode: (_e, args) =>
    call(primary('new TextEncoder().encode'), [
      call(member(call(primary('Buffer.from'), [args.present(0)]), 'toString'), [text(encoding)]),
    ]),
  decode: (e, args) => {
    const node = args.get(0) as Expression;
    const value = e.type(node).is('bytes')
      ? call(primary('new TextDecoder().decode'), [e.expression(node)])
      : e.present(node);
    return call(primary('Buffer.from'), [value, text(encoding)]);
  },
});

const sleep =
  (scale: number): Library =>
  (e, args) => {
    const node = args.get(0);
    if (scale === 1 || !node) return call(e.py('sleep'), [args.present(0)]);
    return call(e.py('sleep'), [js([wrap(args.present(0), LEVEL.multiply), ` / ${scale}`], LEVEL.multiply)]);
  };

const isKind =
  (method: string): Library =>
  (e, args) => {
    const path = args.present(0);
    const stat = call(e.use('node:fs', 'statSync'), [path, object(['throwIfNoEntry: false'])]);
    return js([stat.doc, `?.${method}() ?? false`], LEVEL.nullish);
  };

const hash =
  (algorithm: string): Library =>
  (e, args) => {
    const made = call(e.use('node:crypto', 'createHash'), [text(algorithm)]);
    return args.has(0) ? call(member(made, 'update'), [args.present(0)]) : made;
  };

/** `delimiter=';'`: of the others, files hold the same without them. */
function csvOptions(args: Arguments): Js[] {
  const delimiter = args.node.keywords.find(({ arg }) => arg === 'delimiter')?.value;
  return delimiter ? [object([namedProperty('delimiter', args.e.present(delimiter).doc)])] : [];
}

/** How many bytes a digest has, by its name. */
const DIGESTS: Readonly<Record<string, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

function emptyDictionary(e: Emitter, args: Arguments): Js {
  const cell = e.type(args.node).atom('dict')?.cell;
  return cell && isMap(cell) ? primary('new Map()') : primary('{}');
}

const shuffle: Library = (_e, args) =>
  js(
    ['void ', call(member(args.present(0), 'sort'), [primary('() => Math.random() - 0.5')]).doc],
    LEVEL.unary,
  );

const CALLS: Readonly<Record<string, Library>> = {
  ...LOGGING,
  ...THREADS,
  ...URLS,
  ...CLOCK,
  ...PATHS,
  'json.dumps': dumps,
  'json.loads': (e, args) => {
    const node = args.get(0) as Expression;
    const value = e.type(node).is('bytes')
      ? call(primary('new TextDecoder().decode'), [e.expression(node)])
      : e.present(node);
    return call(primary('JSON.parse'), [value]);
  },
  'json.load': (_e, args) => call(primary('JSON.parse'), [call(member(args.present(0), 'read'), [])]),
  'json.dump': (e, args) => call(member(args.present(1), 'write'), [dumps(e, args)]),
  'time.time': () => js('Date.now() / 1000', LEVEL.multiply),
  'time.monotonic': () => js('performance.now() / 1000', LEVEL.multiply),
  'time.perf_counter': () => js('performance.now() / 1000', LEVEL.multiply),
  'time.ticks_ms': () => primary('Date.now()'),
  'time.ticks_diff': (_e, args) => js([args.present(0).doc, ' - ', args.present(1).doc], LEVEL.add),
  'time.sleep': sleep(1),
  'time.sleep_ms': sleep(1000),
  'time.sleep_us': sleep(1_000_000),
  'asyncio.sleep': sleep(1),
  'asyncio.sleep_ms': sleep(1000),
  'asyncio.create_task': (e, args) => call(e.py('createTask'), [args.value(0)]),
  'asyncio.ensure_future': (e, args) => call(e.py('createTask'), [args.value(0)]),
  'asyncio.gather': (e, args) => {
    const promises = array(args.node.args.map((arg) => e.expression(arg).doc));
    return args.has(99, 'return_exceptions')
      ? call(e.py('gatherAll'), [promises])
      : call(primary('Promise.all'), [promises]);
  },
  'asyncio.shield': (_e, args) => args.value(0),
  'asyncio.to_thread': (e, args) =>
    call(
      args.value(0),
      args.node.args.slice(1).map((arg) => e.expression(arg)),
    ),
  'asyncio.Semaphore': (e, args) => newOf(e.py('Semaphore'), args.all('value')),
  'asyncio.BoundedSemaphore': (e, args) => newOf(e.py('Semaphore'), args.all('value')),
  'asyncio.ThreadSafeFlag': (e) => newOf(e.py('Event'), []),
  'asyncio.wait_for': (e, args) => call(e.py('waitFor'), [args.value(0), args.value(1, 'timeout')]),
  'asyncio.run': (_e, args) => js(['await ', wrap(args.value(0), LEVEL.unary)], LEVEL.unary),
  'asyncio.set_event_loop': () => primary('undefined'),
  'asyncio.iscoroutinefunction': (_e, args) =>
    js([member(member(args.value(0), 'constructor'), 'name').doc, " === 'AsyncFunction'"], LEVEL.equal),
  'sys.path.append': () => primary('undefined'),
  'sys.path.insert': () => primary('undefined'),
  'asyncio.Event': (e) => newOf(e.py('Event'), []),
  'asyncio.Lock': (e) => newOf(e.py('Lock'), []),
  'asyncio.Queue': (e, args) => newOf(primary([e.py('Queue').doc, '<any>']), args.all('maxsize')),
  'random.random': () => primary('Math.random()'),
  'random.uniform': (_e, args) =>
    js(
      [
        args.present(0).doc,
        ' + Math.random() * (',
        args.present(1).doc,
        ' - ',
        wrap(args.present(0), LEVEL.multiply),
        ')',
      ],
      LEVEL.add,
    ),
  'random.randint': (e, args) =>
    call(e.use('node:crypto', 'randomInt'), [
      args.present(0),
      js([wrap(args.present(1), LEVEL.add), ' + 1'], LEVEL.add),
    ]),
  'random.randrange': (e, args) => call(e.use('node:crypto', 'randomInt'), args.all()),
  'random.choice': (e, args) => {
    const items = args.present(0);
    return index(items, call(e.use('node:crypto', 'randomInt'), [member(items, 'length')]));
  },
  'random.shuffle': shuffle,
  'random.sample': (e, args) =>
    call(e.py('sample'), [iterable(e, args.get(0) as Expression), args.present(1, 'k')]),
  'random.choices': (e, args) =>
    args.has(1, 'weights')
      ? e.refuse()
      : call(e.py('choices'), [
          iterable(e, args.get(0) as Expression),
          args.has(99, 'k') ? args.present(99, 'k') : number(1),
        ]),
  'random.getrandbits': (_e, args) =>
    js(['Math.floor(Math.random() * 2 ** ', args.present(0).doc, ')'], LEVEL.primary),
  'random.seed': () => primary('undefined'),
  'secrets.token_hex': (e, args) =>
    call(
      member(call(e.use('node:crypto', 'randomBytes'), args.has(0) ? args.all() : [number(32)]), 'toString'),
      [text('hex')],
    ),
  'secrets.token_urlsafe': (e, args) =>
    call(
      member(call(e.use('node:crypto', 'randomBytes'), args.has(0) ? args.all() : [number(32)]), 'toString'),
      [text('base64url')],
    ),
  'secrets.token_bytes': (e, args) =>
    call(e.use('node:crypto', 'randomBytes'), args.has(0) ? args.all() : [number(32)]),
  'secrets.randbelow': (e, args) => call(e.use('node:crypto', 'randomInt'), [args.present(0)]),
  'secrets.choice': (e, args) => {
    const items = args.present(0);
    return index(items, call(e.use('node:crypto', 'randomInt'), [member(items, 'length')]));
  },
  'secrets.compare_digest': (e, args) => call(e.py('compareDigest'), args.all()),
  'hmac.compare_digest': (e, args) => call(e.py('compareDigest'), args.all()),
  'hmac.new': (e, args) => {
    const mode = args.get(2, 'digestmod');
    const name = mode && (constantText(mode) ?? /(\w+)$/.exec(e.source(mode))?.[1]);
    if (name === undefined) return e.refuse();
    const made = call(e.use('node:crypto', 'createHmac'), [text(name), args.present(0, 'key')]);
    return args.has(1, 'msg') ? call(member(made, 'update'), [args.present(1, 'msg')]) : made;
  },
  ...ITERATORS,
  'itertools.count': (e, args) => call(e.py('countFrom'), args.all()),
  'statistics.median': (e, args) => call(e.py('median'), [iterable(e, args.get(0) as Expression)]),
  'statistics.mean': (e, args) => call(e.py('mean'), [iterable(e, args.get(0) as Expression)]),
  'traceback.print_exc': (e) => call(primary('console.error'), [primary(e.caught)]),
  'traceback.format_exc': (e) => call(primary('String'), [primary(`${e.caught}.stack`)]),
  'sys.print_exception': (_e, args) => call(primary('console.error'), [args.value(0)]),
  'microdot.print_exception': (_e, args) => call(primary('console.error'), [args.value(0)]),
  'os.path.split': (e, args) =>
    array([
      call(e.use('node:path', 'dirname'), [args.present(0)]).doc,
      call(e.use('node:path', 'basename'), [args.present(0)]).doc,
    ]),
  'os.path.isabs': (e, args) => call(e.use('node:path', 'isAbsolute'), args.all()),
  'os.path.relpath': (e, args) =>
    call(e.use('node:path', 'relative'), [args.has(1) ? args.present(1) : text('.'), args.present(0)]),
  'html.unescape': (e, args) => call(e.py('unescapeHtml'), args.all()),
  'platform.python_version': () => primary('process.versions.node'),
  'platform.system': (e) => call(e.use('node:os', 'type'), []),
  'platform.node': (e) => call(e.use('node:os', 'hostname'), []),
  'socket.gethostname': (e) => call(e.use('node:os', 'hostname'), []),
  'dataclasses.asdict': (e, args) => fieldsObject(e, args.get(0) as Expression),
  'dataclasses.replace': (e, args) => {
    const changes = args.options({}, ['obj']);
    return call(e.py('replaceFields'), [args.present(0), changes ?? primary('{}')]);
  },
  'os.urandom': (e, args) => call(e.use('node:crypto', 'randomBytes'), args.all()),
  'uuid.uuid4': (e) => call(e.use('node:crypto', 'randomUUID'), []),
  'os.getenv': (e, args) =>
    binary(
      '??',
      environment(e, args.get(0) as Expression),
      args.has(1) ? args.value(1) : primary('null'),
      LEVEL.nullish,
    ),
  'os.getcwd': () => primary('process.cwd()'),
  'os.getpid': () => primary('process.pid'),
  'os.path.join': (e, args) => call(e.use('node:path', 'join'), args.all()),
  'os.path.basename': (e, args) => call(e.use('node:path', 'basename'), args.all()),
  'os.path.dirname': (e, args) =>
    ownFolder(e, args.get(0) as Expression) ?? call(e.use('node:path', 'dirname'), args.all()),
  'os.path.abspath': (e, args) => call(e.use('node:path', 'resolve'), args.all()),
  'os.path.realpath': (e, args) => call(e.use('node:path', 'resolve'), args.all()),
  'os.path.normpath': (e, args) => call(e.use('node:path', 'normalize'), args.all()),
  'os.path.exists': (e, args) => call(e.use('node:fs', 'existsSync'), args.all()),
  'os.path.isfile': isKind('isFile'),
  'os.path.isdir': isKind('isDirectory'),
  'os.path.getsize': (e, args) => member(call(e.use('node:fs', 'statSync'), args.all()), 'size'),
  'os.path.getmtime': (e, args) =>
    binary(
      '/',
      member(call(e.use('node:fs', 'statSync'), args.all()), 'mtimeMs'),
      number(1000),
      LEVEL.multiply,
    ),
  'os.path.splitext': (e, args) => {
    e.use('node:path', 'extname');
    const path = args.present(0);
    return primary([
      '[',
      path.doc,
      '.slice(0, ',
      path.doc,
      '.length - extname(',
      path.doc,
      ').length), extname(',
      path.doc,
      ')]',
    ]);
  },
  'os.stat': (e, args) => call(e.use('node:fs', 'statSync'), args.all()),
  'os.listdir': (e, args) => call(e.use('node:fs', 'readdirSync'), args.has(0) ? args.all() : [text('.')]),
  'os.makedirs': (e, args) =>
    call(e.use('node:fs', 'mkdirSync'), [args.present(0), object([namedProperty('recursive', 'true')])]),
  'os.mkdir': (e, args) => call(e.use('node:fs', 'mkdirSync'), [args.present(0)]),
  'os.remove': (e, args) => call(e.use('node:fs', 'unlinkSync'), [args.present(0)]),
  'os.unlink': (e, args) => call(e.use('node:fs', 'unlinkSync'), [args.present(0)]),
  'os.rename': (e, args) => call(e.use('node:fs', 'renameSync'), args.all()),
  'os.rmdir': (e, args) => call(e.use('node:fs', 'rmdirSync'), args.all()),
  'hashlib.md5': hash('md5'),
  'hashlib.sha1': hash('sha1'),
  'hashlib.sha256': hash('sha256'),
  'hashlib.sha512': hash('sha512'),
  'base64.b64encode': base64('base64').encode,
  'base64.b64decode': base64('base64').decode,
  'base64.urlsafe_b64encode': base64('base64url').encode,
  'base64.urlsafe_b64decode': base64('base64url').decode,
  'binascii.a2b_base64': base64('base64').decode,
  'binascii.b2a_base64': (e, args) => {
    // It ends with a line break, unless it is told not to.
    const newline = args.get(99, 'newline');
    if (newline?.nodeType === 'Constant' && newline.value === false) return base64('base64').encode(e, args);
    const encoded = call(member(call(primary('Buffer.from'), [args.present(0)]), 'toString'), [
      text('base64'),
    ]);
    return call(primary('new TextEncoder().encode'), [js([wrap(encoded, LEVEL.add), " + '\\n'"], LEVEL.add)]);
  },
  'binascii.hexlify': base64('hex').encode,
  'binascii.unhexlify': base64('hex').decode,
  'hashlib.sha224': hash('sha224'),
  'hashlib.sha384': hash('sha384'),
  'struct.pack': (e, args) =>
    call(
      e.py('pack'),
      args.node.args.map((arg) => e.expression(arg)),
    ),
  'struct.unpack': (e, args) => call(e.py('unpack'), args.all()),
  'struct.unpack_from': (e, args) => call(e.py('unpack'), args.all('format', 'buffer', 'offset')),
  'struct.calcsize': (e, args) => call(e.py('structSize'), args.all()),
  'zlib.crc32': (e, args) => call(e.py('crc32'), args.all()),
  'binascii.crc32': (e, args) => call(e.py('crc32'), args.all()),
  'csv.writer': (e, args) => newOf(e.py('CsvWriter'), [args.value(0), ...csvOptions(args)]),
  'csv.DictWriter': (e, args) =>
    newOf(e.py('CsvDictWriter'), [args.value(0), args.value(1, 'fieldnames'), ...csvOptions(args)]),
  'csv.reader': (e, args) =>
    call(e.py('csvRows'), [iterable(e, args.get(0) as Expression), ...csvOptions(args)]),
  'csv.DictReader': (e, args) =>
    call(e.py('csvRecords'), [iterable(e, args.get(0) as Expression), ...csvOptions(args)]),
  'argparse.ArgumentParser': (e) => newOf(e.py('ArgumentParser'), []),
  'hashlib.new': (e, args) => {
    const made = call(e.use('node:crypto', 'createHash'), [args.present(0, 'name')]);
    return args.has(1) ? call(member(made, 'update'), [args.present(1)]) : made;
  },
  'hashlib.pbkdf2_hmac': (e, args) =>
    call(e.use('node:crypto', 'pbkdf2Sync'), [
      args.present(1, 'password'),
      args.present(2, 'salt'),
      args.present(3, 'iterations'),
      args.has(4, 'dklen')
        ? args.present(4, 'dklen')
        : number(DIGESTS[constantText(args.get(0) as Expression) ?? ''] ?? e.refuse()),
      args.present(0),
    ]),
  'gzip.compress': (e, args) => call(e.use('node:zlib', 'gzipSync'), [args.present(0)]),
  'gzip.decompress': (e, args) => call(e.use('node:zlib', 'gunzipSync'), [args.present(0)]),
  'zlib.compress': (e, args) => call(e.use('node:zlib', 'deflateSync'), [args.present(0)]),
  'zlib.decompress': (e, args) => call(e.use('node:zlib', 'inflateSync'), [args.present(0)]),
  'shutil.copy': (e, args) => call(e.use('node:fs', 'copyFileSync'), args.all().slice(0, 2)),
  'shutil.copyfile': (e, args) => call(e.use('node:fs', 'copyFileSync'), args.all().slice(0, 2)),
  'shutil.move': (e, args) => call(e.use('node:fs', 'renameSync'), args.all().slice(0, 2)),
  'shutil.rmtree': (e, args) =>
    call(e.use('node:fs', 'rmSync'), [
      args.present(0),
      object(['recursive: true', ...(args.has(1, 'ignore_errors') ? ['force: true'] : [])]),
    ]),
  'os.replace': (e, args) => call(e.use('node:fs', 'renameSync'), args.all()),
  'os.path.expanduser': (e, args) =>
    call(member(args.present(0), 'replace'), [primary('/^~/'), call(e.use('node:os', 'homedir'), [])]),
  'random.gauss': (e, args) => call(e.py('gauss'), args.all('mu', 'sigma')),
  'math.gcd': (e, args) => call(e.py('gcd'), args.all()),
  'math.isclose': (_e, args) =>
    js(
      [
        'Math.abs(',
        args.present(0).doc,
        ' - ',
        wrap(args.present(1), LEVEL.multiply),
        ') <= 1e-9 * Math.max(Math.abs(',
        args.present(0).doc,
        '), Math.abs(',
        args.present(1).doc,
        '))',
      ],
      LEVEL.compare,
    ),
  'math.prod': (e, args) =>
    call(member(spread(iterable(e, args.get(0) as Expression)), 'reduce'), [
      primary('(a, b) => a * b'),
      number(1),
    ]),
  'math.isinf': (_e, args) => js(['Math.abs(', args.present(0).doc, ') === Infinity'], LEVEL.equal),
  'math.isfinite': (_e, args) => call(primary('Number.isFinite'), args.all()),
  'math.asin': math('asin'),
  'math.acos': math('acos'),
  'math.log1p': math('log1p'),
  'uuid.uuid1': (e) => call(e.use('node:crypto', 'randomUUID'), []),
  'html.escape': (e, args) => call(e.py('escapeHtml'), args.all(undefined, 'quote')),
  'math.floor': math('floor'),
  'math.ceil': math('ceil'),
  'math.trunc': math('trunc'),
  'math.sqrt': math('sqrt'),
  'math.pow': math('pow'),
  'math.sin': math('sin'),
  'math.cos': math('cos'),
  'math.tan': math('tan'),
  'math.atan': math('atan'),
  'math.atan2': math('atan2'),
  'math.hypot': math('hypot'),
  'math.exp': math('exp'),
  'math.fabs': math('abs'),
  'math.log2': math('log2'),
  'math.log10': math('log10'),
  'math.isnan': (_e, args) => call(primary('Number.isNaN'), args.all()),
  'math.radians': (_e, args) =>
    js([wrap(args.present(0), LEVEL.multiply), ' * Math.PI / 180'], LEVEL.multiply),
  'math.degrees': (_e, args) =>
    js([wrap(args.present(0), LEVEL.multiply), ' * 180 / Math.PI'], LEVEL.multiply),
  'math.log': (e, args) => (args.has(1) ? e.refuse() : call(primary('Math.log'), args.all())),
  'io.StringIO': (e, args) => newOf(e.py('StringIO'), args.all('initial_value')),
  'io.BytesIO': (_e, args) => (args.has(0) ? args.present(0) : primary('new Uint8Array()')),
  'copy.copy': (_e, args) => call(primary('structuredClone'), [args.value(0)]),
  'copy.deepcopy': (_e, args) => call(primary('structuredClone'), [args.value(0)]),
  'collections.deque': (e, args) =>
    args.has(1, 'maxlen')
      ? call(primary([e.py('boundedList').doc, elementType(e, args)]), [
          args.present(1, 'maxlen'),
          ...(args.has(0) ? [iterable(e, args.get(0) as Expression)] : []),
        ])
      : args.has(0)
        ? primary(['[...', iterable(e, args.get(0) as Expression).doc, ']'])
        : primary('[]'),
  'collections.defaultdict': (e, args) => emptyDictionary(e, args),
  'collections.Counter': (e, args) =>
    args.has(0)
      ? call(e.py('countItems'), [iterable(e, args.get(0) as Expression)])
      : emptyDictionary(e, args),
  'sys.exit': (_e, args) => call(primary('process.exit'), args.all()),
  'sys.stdout.write': (_e, args) => call(primary('process.stdout.write'), args.all()),
  // JavaScript has the one that always runs, and no name for it.
  'asyncio.get_event_loop': () => primary('undefined'),
  'asyncio.get_running_loop': () => primary('undefined'),
  'asyncio.new_event_loop': () => primary('undefined'),
  'gc.collect': () => primary('undefined'),
  'gc.enable': () => primary('undefined'),
  'gc.disable': () => primary('undefined'),
  'gc.threshold': () => primary('undefined'),
  'gc.mem_free': (e) => call(e.use('node:os', 'freemem'), []),
  'gc.mem_alloc': () => primary('process.memoryUsage().heapUsed'),
  'micropython.const': (_e, args) => args.value(0),
  'micropython.alloc_emergency_exception_buf': () => primary('undefined'),
  'ssl.SSLContext': () => js("{ cert: '', key: '' }", LEVEL.primary),
  'functools.partial': (e, args) =>
    args.node.keywords.length > 0
      ? e.refuse()
      : call(member(args.value(0), 'bind'), [primary('null'), ...args.all().slice(1)]),
};
