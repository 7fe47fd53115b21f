import type { Attribute } from '../../python/tree.ts';
import { arrow, binary, call, type Js, js, LEVEL, member, nonNull, primary, wrap } from '../js.ts';
import { type ClassInfo, type FunctionInfo, isOfClass, type ModuleInfo } from '../program.ts';
import type { Type } from '../types/type.ts';
import { castAny } from './elements.ts';
import type { Emitter } from './emitter.ts';
import { fieldsObject } from './fields.ts';
import { emitNamed } from './library.ts';
import { camelCase } from './names.ts';
import { emitPathPart } from './paths.ts';

/** `object.name`. */
export function emitAttribute(e: Emitter, node: Attribute, isLoose: boolean): Js {
  const own = e.type(node).single;
  for (const atom of e.type(node.value).atoms) {
    if (atom.kind === 'named') {
      const owner = atom.owner as ModuleInfo | ClassInfo | null;
      if (!owner && node.attr === '__name__') continue;
      if (!owner)
        return own?.kind === 'named' && !own.owner
          ? emitNamed(e, own.name)
          : emitNamed(e, `${atom.name}.${node.attr}`);
      if ('bindings' in owner) return moduleMember(e, owner, node);
      if (owner.kind === 'class') return classMember(e, node);
    }
    if (atom.kind !== 'instance') continue;
    if (atom.name === 'pathlib.Path') {
      const part = emitPathPart(e, node);
      if (part) return part;
    }
    const special = SPECIAL[`${atom.name}.${node.attr}`];
    if (special) return special(e, node, isLoose);
    if (/Error$|Exception$/.test(atom.name) || (atom.owner as ClassInfo | null)?.errorBase) {
      if (node.attr === 'args') return call(e.py('argsOf'), [e.expression(node.value)]);
      if (node.attr === 'errno')
        return member(primary(['(', e.expression(node.value).doc, ' as NodeJS.ErrnoException)']), 'errno');
    }
  }
  if (isAddedOn(e, node)) {
    const value = member(castAny(e.present(node.value)), camelCase(node.attr));
    const type = e.printType(e.type(node));
    return type === 'any' ? value : js([wrap(value, LEVEL.compare), ` as ${type}`], LEVEL.compare);
  }
  if (node.attr === '__name__' && node.value.nodeType === 'Attribute' && node.value.attr === '__class__') {
    return member(member(e.present(node.value.value), 'constructor'), 'name');
  }
  if (node.attr === '__dict__') return fieldsObject(e, node.value);
  const method = boundMethod(e, node);
  if (method) return method;
  const place = /^tm_/.test(node.attr) ? TIME_FIELDS.indexOf(node.attr.slice(3)) : -1;
  if (place >= 0 && e.type(node.value).single?.kind === 'list')
    return call(e.py('getItem'), [e.present(node.value), primary(String(place))]);
  if (node.attr === '__name__' && node.value.nodeType === 'Call' && e.source(node.value.func) === 'type') {
    const value = node.value.args[0];
    // Objects of classes have their names here too.
    if (value && !e.type(value).atoms.every(({ kind }) => kind === 'instance'))
      return call(e.py('typeName'), [e.expression(value)]);
  }
  if (node.attr === '__name__' || node.attr === '__qualname__') return member(e.present(node.value), 'name');
  if (/^__.*__$/.test(node.attr)) return e.refuse();
  return member(holder(e, node), attributeName(e, node));
}

/** The object of an attribute, of no type where TypeScript would not find the attribute. */
export function holder(e: Emitter, node: Attribute): Js {
  const value = e.present(node.value);
  const { atoms } = e.type(node.value).present;
  const isOurs = atoms.some((atom) => 'owner' in atom && (atom.owner as ClassInfo | null)?.kind === 'class');
  if (!isOurs || atoms.some(({ key }) => key === 'any')) return value;
  return atoms.every((atom) => e.out.members.has(atom, node.attr)) ? value : castAny(value);
}

/** `app.config = ...`: what the program puts on an object of Microdot's, which TypeScript does not know of. */
export function isAddedOn(e: Emitter, node: Attribute): boolean {
  const atom = e.type(node.value).single;
  const known = atom?.kind === 'instance' ? OWN[atom.name] : undefined;
  return known !== undefined && !known.test(node.attr);
}

const OWN: Readonly<Record<string, RegExp>> = {
  'microdot.Microdot':
    /^(get|post|put|patch|delete|route|mount|run|start_server|shutdown|errorhandler|before_request|after_request|after_error_request|dispatch_request|find_route|url_map|server|options_handler|default_options_handler|abort|before_request_handlers|after_request_handlers|error_handlers|_session)$/,
  'microdot.Request':
    /^(app|client_addr|method|scheme|url|path|url_prefix|subapp|route|query_string|args|headers|cookies|content_length|content_type|body|stream|json|form|files|g|url_args|http_version|after_request|sock|stream_used|body_used|asgi_scope|environ)$/,
};

/** What `time.localtime()` gives, in its order. */
const TIME_FIELDS = ['year', 'mon', 'mday', 'hour', 'min', 'sec', 'wday', 'yday', 'isdst'];

/** `key=counts.get`: a method that is not called here keeps its object. */
function boundMethod(e: Emitter, node: Attribute): Js | undefined {
  if (node.parent?.nodeType === 'Call' && node.parent.func === node) return undefined;
  const kind = e.type(node.value).single?.kind;
  if (kind === 'dict' && node.attr === 'get')
    return arrow('(key: any)', call(e.py('get'), [e.present(node.value), primary('key')]));
  if (kind === 'list' && node.attr === 'append')
    return arrow('(item: any)', call(member(e.present(node.value), 'push'), [primary('item')]));
  return undefined;
}

/** The name of an attribute: in camelCase, unless the data has it. */
export function attributeName(e: Emitter, node: Attribute): string {
  if (e.type(node.value).has('instance microdot.G')) return camelCase(node.attr);
  return camelCase(node.attr);
}

function moduleMember(e: Emitter, owner: ModuleInfo, node: Attribute): Js {
  const binding = owner.bindings.scope.names.get(node.attr);
  const starred = binding ? null : e.program.starred(owner, node.attr);
  if (starred) return e.bindingName(starred);
  if (!binding) return member(castAny(e.expression(node.value)), camelCase(node.attr));
  const own = e.type(node).single;
  // What a module has imported it does not export.
  if (own?.kind === 'named' && !own.owner) return emitNamed(e, own.name);
  const found = e.program.follow(owner, binding);
  if (found.module !== owner) return e.bindingName(found);
  const alias =
    node.value.nodeType === 'Name'
      ? e.names.get(node.value.id)
      : camelCase(owner.name.split('.').at(-1) as string);
  e.namespaces.set(alias, e.pathTo(owner));
  return member(primary(alias), e.out.names.of(owner).get(binding.name));
}

function classMember(e: Emitter, node: Attribute): Js {
  // A method that is taken from its class.
  const isCalled = node.parent?.nodeType === 'Call' && node.parent.func === node;
  if (!isCalled && isMethod(e.type(node)))
    return member(member(e.expression(node.value), 'prototype'), camelCase(node.attr));
  return member(holder(e, node), camelCase(node.attr));
}

type Special = (e: Emitter, node: Attribute, isLoose: boolean) => Js;

const orNull = (value: Js, isLoose: boolean): Js =>
  isLoose ? value : binary('??', value, primary('null'), LEVEL.nullish);
const on =
  (name: string): Special =>
  (e, node) =>
    member(e.present(node.value), name);
const maybe =
  (name: string): Special =>
  (e, node, isLoose) =>
    orNull(member(e.present(node.value), name), isLoose);
const missing: Special = (e) => e.refuse();

/** Attributes that are something else here. */
const SPECIAL: Readonly<Record<string, Special>> = {
  'microdot.Request.form': maybe('form'),
  'microdot.Request.content_type': maybe('contentType'),
  'microdot.Request.json': (e, node) => castAny(member(e.present(node.value), 'json')),
  'microdot.Request.client_addr': (e, node) => nonNull(member(e.present(node.value), 'clientAddr')),
  'microdot.Request.sock': missing,
  'microdot.Request.stream_used': missing,
  'microdot.Request.asgi_scope': missing,
  'microdot.Request.environ': missing,
  'microdot.Request.url_args': (e, node) => castAny(member(e.present(node.value), 'urlArgs')),
  'microdot.Response.body': (e, node) => castAny(member(e.present(node.value), 'body')),
  'microdot.Response.reason': maybe('reason'),
  'datetime.aware.year': (e, node) => call(member(e.present(node.value), 'getUTCFullYear'), []),
  'datetime.aware.month': (e, node) =>
    binary('+', call(member(e.present(node.value), 'getUTCMonth'), []), primary('1'), LEVEL.add),
  'datetime.aware.day': (e, node) => call(member(e.present(node.value), 'getUTCDate'), []),
  'datetime.aware.hour': (e, node) => call(member(e.present(node.value), 'getUTCHours'), []),
  'datetime.aware.minute': (e, node) => call(member(e.present(node.value), 'getUTCMinutes'), []),
  'datetime.aware.second': (e, node) => call(member(e.present(node.value), 'getUTCSeconds'), []),
  'datetime.date.year': (e, node) => call(member(e.present(node.value), 'getFullYear'), []),
  'datetime.date.month': (e, node) =>
    binary('+', call(member(e.present(node.value), 'getMonth'), []), primary('1'), LEVEL.add),
  'datetime.date.day': (e, node) => call(member(e.present(node.value), 'getDate'), []),
  'datetime.timedelta.days': (e, node) =>
    call(primary('Math.floor'), [binary('/', e.present(node.value), primary('86400'), LEVEL.multiply)]),
  'datetime.timedelta.seconds': (e, node) =>
    call(primary('Math.floor'), [
      binary(
        '-',
        e.present(node.value),
        js(
          [
            '86400 * Math.floor(',
            binary('/', e.present(node.value), primary('86400'), LEVEL.multiply).doc,
            ')',
          ],
          LEVEL.multiply,
        ),
        LEVEL.add,
      ),
    ]),
  'os.stat_result.st_size': on('size'),
  'os.stat_result.st_mtime': (e, node) =>
    binary('/', member(e.present(node.value), 'mtimeMs'), primary('1000'), LEVEL.multiply),
  'uuid.UUID.hex': (e, node) =>
    call(member(e.present(node.value), 'replaceAll'), [primary("'-'"), primary("''")]),
  'datetime.datetime.year': (e, node) => call(member(e.present(node.value), 'getFullYear'), []),
  'datetime.datetime.month': (e, node) =>
    binary('+', call(member(e.present(node.value), 'getMonth'), []), primary('1'), LEVEL.add),
  'datetime.datetime.day': (e, node) => call(member(e.present(node.value), 'getDate'), []),
  'datetime.datetime.hour': (e, node) => call(member(e.present(node.value), 'getHours'), []),
  'datetime.datetime.minute': (e, node) => call(member(e.present(node.value), 'getMinutes'), []),
  'datetime.datetime.second': (e, node) => call(member(e.present(node.value), 'getSeconds'), []),
};

/** Whether it is a method of objects. */
export function isMethod(type: Type): boolean {
  const info = type.single?.kind === 'named' ? (type.single.owner as FunctionInfo | null) : null;
  return info?.kind === 'function' && info.owner !== null && !isOfClass(info);
}
