import { factsOf } from '../../flow/facts.ts';
import { bindingsOf } from '../../python/bindings.ts';
import type { Assign, Call, Expression } from '../../python/tree.ts';
import { type FileContext, type Rule, rootName } from '../context.ts';
import { isAloneOnLine, statementOf } from '../statements.ts';

const NAME = 'tls';
const SYMBOL = 'microdot_ssl.create_ssl_context';

/** `create_ssl_context()` becomes an `ssl.SSLContext` of Python. */
export const tls: Rule = {
  name: NAME,
  run(context) {
    for (const { symbol, expression, call } of context.uses('microdot_ssl')) {
      if (symbol !== SYMBOL) continue;
      if (call !== null) noteBytes(context, call);
      if (call === null || !(assigned(context, call) || hoisted(context, call))) helper(context, expression);
    }
  },
};

// `ctx = create_ssl_context(cert, key)`
function assigned(context: FileContext, call: Call): boolean {
  const { parent } = call;
  if (parent?.nodeType !== 'Assign' || parent.targets.length !== 1 || parent.value !== call) return false;
  const target = (parent as Assign).targets[0] as Expression;
  if (!isPlain(call) || !isAloneOnLine(context, parent) || target.nodeType === 'Tuple') return false;
  context.replace(
    NAME,
    call,
    `${sslName(context, call)}.SSLContext(${sslName(context, call)}.PROTOCOL_TLS_SERVER)`,
  );
  const indentation = context.module.lines.indentation(parent.start);
  const load = `${context.text(target)}.load_cert_chain${argumentsText(context, call)}`;
  context.insert(NAME, call.end, `${context.newline}${indentation}${load}`);
  return true;
}

// `app.run(ssl=create_ssl_context(cert, key))`
function hoisted(context: FileContext, call: Call): boolean {
  const statement = statementOf(call);
  if (!isPlain(call) || !isAloneOnLine(context, statement)) return false;
  if (statement.nodeType !== 'Expr' && statement.nodeType !== 'Return' && statement.nodeType !== 'Assign')
    return false;
  const ssl = sslName(context, call);
  const name = context.imports.freeName('ssl_context');
  const separator = context.newline + context.module.lines.indentation(statement.start);
  const lines = [
    `${name} = ${ssl}.SSLContext(${ssl}.PROTOCOL_TLS_SERVER)`,
    `${name}.load_cert_chain${argumentsText(context, call)}`,
  ];
  context.insert(NAME, statement.start, lines.map((line) => line + separator).join(''));
  context.replace(NAME, call, name);
  return true;
}

// Anything else goes on calling a function of this name.
function helper(context: FileContext, expression: Expression): void {
  const ssl = sslName(context, null);
  const root = rootName(expression);
  if (root !== null) context.imports.replaced.add(root);
  const own = expression.nodeType === 'Name' ? expression.id : 'create_ssl_context';
  context.imports.helpers.set(
    own,
    `def ${own}(cert, key):\n    context = ${ssl}.SSLContext(${ssl}.PROTOCOL_TLS_SERVER)\n    context.load_cert_chain(cert, key)\n    return context`,
  );
  if (context.text(expression) !== own) context.replace(NAME, expression, own);
}

function sslName(context: FileContext, call: Call | null): string {
  const root = call === null ? null : rootName(call.func);
  if (root !== null) context.imports.replaced.add(root);
  return context.imports.want('ssl');
}

function isPlain(call: Call): boolean {
  if (call.args.length === 2 && call.keywords.length === 0)
    return call.args.every(({ nodeType }) => nodeType !== 'Starred');
  const names = call.keywords.map(({ arg }) => arg).join();
  if (call.args.length === 1) return names === 'key';
  return call.args.length === 0 && (names === 'cert,key' || names === 'key,cert');
}

// The arguments as they are written, by position.
function argumentsText(context: FileContext, call: Call): string {
  if (call.keywords.length === 0) return context.source.slice(call.func.end, call.end).trimStart();
  const value = (name: string) =>
    call.keywords.find(({ arg }) => arg === name)?.value ?? (call.args[0] as Expression);
  return `(${context.text(value('cert'))}, ${context.text(value('key'))})`;
}

function noteBytes(context: FileContext, call: Call): void {
  const parts = [...call.args, ...call.keywords.map(({ value }) => value)];
  if (!parts.some((each) => isBytes(context, each))) return;
  context.note(NAME, call, {
    message: 'load_cert_chain() takes the names of files, and no certificate or key as bytes.',
    suggestion: 'Write them to files, and give their names.',
    guide: 'tls',
  });
}

// `b'...'`, `file.read()`, and a name for it.
function isBytes(context: FileContext, value: Expression): boolean {
  if (value.nodeType === 'Constant') return value.type === 'bytes';
  if (value.nodeType === 'Call') return value.func.nodeType === 'Attribute' && value.func.attr === 'read';
  if (value.nodeType !== 'Name') return false;
  const bindings = bindingsOf(context.module);
  const binding = bindings.resolve(value);
  return factsOf(context.module).assigns.some(
    ({ targets, value: assigned }) =>
      assigned.nodeType !== 'Name' &&
      targets.some((each) => each.nodeType === 'Name' && bindings.resolve(each) === binding) &&
      isBytes(context, assigned),
  );
}
