import type { Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { constantText } from '../infer/assign.ts';
import { call, type Js, js, LEVEL, member, newOf, object, primary, wrap } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { headers, readFile } from './headers.ts';
import { camelCase } from './names.ts';
import { namedProperty } from './properties.ts';
import { body, responseOf } from './responses.ts';
import { sendFile } from './sendFile.ts';
import { mainApp, sessionParameter, sessions } from './sessions.ts';
import { emitRenderTemplate } from './templates.ts';

export type MicrodotCall = (e: Emitter, args: Arguments, isLoose: boolean) => Js;

/** A call of something of Microdot's. */
export function emitMicrodotCall(
  e: Emitter,
  name: string,
  args: Arguments,
  isLoose: boolean,
): Js | undefined {
  return CALLS[name]?.(e, args, isLoose);
}

const withOptions =
  (from: string, name: string, renamed: Readonly<Record<string, string>> = {}): MicrodotCall =>
  (e, args) => {
    const options = args.options(renamed);
    return newOf(e.use(from, name), [
      ...args.node.args.map((arg) => e.present(arg)),
      ...(options ? [options] : []),
    ]);
  };

const response: MicrodotCall = (e, args) => {
  const [bodyNode, status, headerNode, reason] = [
    args.get(0, 'body'),
    args.get(1, 'status_code'),
    args.get(2, 'headers'),
    args.get(3, 'reason'),
  ];
  return responseOf(
    e,
    bodyNode && body(e, bodyNode),
    status && e.present(status),
    headerNode && headers(e, headerNode),
    reason && e.present(reason),
  );
};

const redirect: MicrodotCall = (e, args) => call(e.core('redirect'), args.all('location', 'status_code'));

/** Templates of utemplate escape nothing in Python; here they do, unless they are told not to. */
const utemplates: MicrodotCall = (e, args) => {
  e.note(
    args.node,
    'autoescape',
    'utemplate escapes no HTML in Python, and so it is switched off here: take autoescape: false away where what is printed is no HTML.',
    'templates',
  );
  return call(member(e.use('@microdot/utemplate', 'Template'), 'initialize'), [
    args.has(0, 'template_dir') ? args.present(0, 'template_dir') : primary("'templates'"),
    object(['autoescape: false']),
  ]);
};

/** Options of a cookie, under the names that they have here. */
export function cookieOptions(e: Emitter, node: Expression): Js {
  if (node.nodeType !== 'Dict') return e.present(node);
  return object(
    node.keys.map((key, i): Doc => {
      const name = key ? constantText(key) : undefined;
      if (name === undefined) return e.refuse();
      return namedProperty(
        COOKIE[name] ?? camelCase(name),
        wrap(e.present(node.values[i] as Expression), LEVEL.arrow),
      );
    }),
  );
}

/** Options of cookies that are not spelled as others are. */
const COOKIE: Readonly<Record<string, string>> = {
  httponly: 'httpOnly',
  samesite: 'sameSite',
};

const CALLS: Readonly<Record<string, MicrodotCall>> = {
  'microdot.Microdot': (e) => newOf(primary(`${e.core('Microdot').doc}${e.globalsArgument()}`), []),
  'microdot.Response': response,
  'microdot.Response.redirect': redirect,
  'microdot.Response.send_file': sendFile,
  'microdot.redirect': redirect,
  'microdot.send_file': sendFile,
  'microdot.abort': (e, args) => call(e.core('abort'), args.all('status_code', 'reason')),
  'microdot.HTTPException': (e, args) => newOf(e.core('HTTPException'), args.all('status_code', 'reason')),
  'microdot.set_session_secret_key': (e, args) => {
    const given = [
      mainApp(e),
      object([namedProperty('secretKey', wrap(args.present(0, 'key'), LEVEL.arrow))]),
    ];
    if (e.out.sessionObject === 'first') return call(member(sessions(e), 'initialize'), given);
    const type = e.use('@microdot/session', 'Session').doc;
    // What `get()` gives is of the type that it is made with.
    return newOf(primary(e.out.sessionObject ? [type, `<${e.sessionType()}>`] : type), given);
  },
  'microdot.get_session': (e, args) =>
    js(['await ', call(member(sessions(e), 'get'), [args.present(0)]).doc], LEVEL.unary),
  'microdot.update_session': (e, args) => {
    const parameter = sessionParameter(e);
    const data = args.get(1, 'session') as Expression;
    const isSession = e.type(data).has('instance microdot.SessionDict');
    if (isSession && (parameter || data.nodeType === 'Name'))
      return call(member(e.expression(data), 'save'), []);
    return call(member(sessions(e), 'update'), [args.present(0), e.present(data)]);
  },
  'microdot.delete_session': (e, args) => {
    const parameter = sessionParameter(e);
    if (parameter) return call(member(primary(e.names.get(parameter.name)), 'delete'), []);
    return call(member(sessions(e), 'delete'), [args.present(0)]);
  },
  'microdot.Session': (e, args) => {
    const cookie = args.get(2, 'cookie_options');
    const named = args.options({}, ['cookie_options', 'app', 'secret_key']);
    const key = args.get(1, 'secret_key');
    const properties: Doc[] = [
      ...(key ? [namedProperty('secretKey', wrap(e.present(key), LEVEL.arrow))] : []),
      ...(cookie ? [namedProperty('cookieOptions', cookieOptions(e, cookie).doc)] : []),
      ...(named ? [['...', named.doc] as Doc] : []),
    ];
    const app = args.get(0, 'app');
    return newOf(e.use('@microdot/session', 'Session'), [
      ...(app ? [e.present(app)] : properties.length > 0 ? [primary('null')] : []),
      ...(properties.length > 0 ? [object(properties)] : []),
    ]);
  },
  'microdot.CORS': (e, args) => {
    const names = [
      'allowed_origins',
      'allow_credentials',
      'allowed_methods',
      'expose_headers',
      'allowed_headers',
      'max_age',
      'handle_cors',
    ];
    const properties = names.flatMap((name, i): Doc[] => {
      const node = args.get(i + 1, name);
      return node ? [namedProperty(camelCase(name), wrap(e.present(node), LEVEL.arrow))] : [];
    });
    const app = args.get(0, 'app');
    const options = properties.length > 0 ? [object(properties)] : [];
    return newOf(e.use('@microdot/cors', 'CORS'), [
      ...(app ? [e.expression(app, true)] : options.length > 0 ? [primary('undefined')] : []),
      ...options,
    ]);
  },
  'microdot.CSRF': (e, args) => {
    const names = ['cors', 'protect_all', 'allow_subdomains'];
    const properties = names.flatMap((name, i): Doc[] => {
      const node = args.get(i + 1, name);
      return node ? [namedProperty(camelCase(name), wrap(e.present(node), LEVEL.arrow))] : [];
    });
    const given = args.has(0, 'app') ? [args.present(0, 'app')] : [];
    return newOf(e.use('@microdot/csrf', 'CSRF'), [
      ...given,
      ...(properties.length > 0 ? [object(properties)] : []),
    ]);
  },
  'microdot.Login': (e, args) =>
    newOf(
      e.use('@microdot/login', 'Login'),
      args.has(0, 'login_url') ? [object([namedProperty('loginUrl', args.present(0, 'login_url').doc)])] : [],
    ),
  'microdot.BasicAuth': withOptions('@microdot/auth', 'BasicAuth'),
  'microdot.TokenAuth': withOptions('@microdot/auth', 'TokenAuth'),
  'microdot.MultiDict': (e, args) =>
    newOf(e.core('MultiDict'), args.has(0) ? [call(primary('Object.entries'), [args.present(0)])] : []),
  'microdot.websocket_upgrade': (e, args) =>
    js(
      ['await ', call(e.use('@microdot/websocket', 'upgradeWebSocket'), [args.present(0)]).doc],
      LEVEL.unary,
    ),
  'microdot.print_exception': (_e, args) => call(primary('console.error'), [args.present(0)]),
  'microdot.urlencode': (e, args) => call(e.py('urlencode'), [args.present(0)]),
  'microdot.urldecode': (_e, args) =>
    call(primary('decodeURIComponent'), [
      call(member(args.present(0), 'replaceAll'), [primary("'+'"), primary("' '")]),
    ]),
  'microdot.urldecode_str': (_e, args) =>
    call(primary('decodeURIComponent'), [
      call(member(args.present(0), 'replaceAll'), [primary("'+'"), primary("' '")]),
    ]),
  'microdot.create_ssl_context': (e, args) =>
    object([
      namedProperty('cert', readFile(e, args.present(0, 'cert')).doc),
      namedProperty('key', readFile(e, args.present(1, 'key')).doc),
    ]),
  'microdot.invoke_handler': (e, args) =>
    js(
      [
        'await ',
        call(
          args.value(0),
          args.node.args.slice(1).map((arg) => e.expression(arg)),
        ).doc,
      ],
      LEVEL.unary,
    ),
  'jinja.render_template': (e, args) => emitRenderTemplate(e, 'jinja', args),
  'utemplate.render_template': (e, args) => emitRenderTemplate(e, 'utemplate', args),
  'jinja.init_templates': (e, args) =>
    call(
      member(e.use('@microdot/jinja', 'Template'), 'initialize'),
      args.has(0, 'template_dir') ? [args.present(0, 'template_dir')] : [],
    ),
  'utemplate.init_templates': utemplates,
  'jinja.Template.initialize': (e, args) =>
    call(
      member(e.use('@microdot/jinja', 'Template'), 'initialize'),
      args.has(0, 'template_dir') ? [args.present(0, 'template_dir')] : [],
    ),
  'utemplate.Template.initialize': utemplates,
  'jinja.Template': (e, args) => newOf(e.use('@microdot/jinja', 'Template'), [args.present(0)]),
  'utemplate.Template': (e, args) => newOf(e.use('@microdot/utemplate', 'Template'), [args.present(0)]),
};
