import type { Expression, Slice, Subscript } from '../../python/tree.ts';
import { constantIndex, constantText } from '../infer/assign.ts';
import { binary, call, index, type Js, js, LEVEL, member, nonNull, primary, text, wrap } from '../js.ts';
import { type ClassInfo, methodOf } from '../program.ts';
import { isRecord } from '../types/print.ts';
import { element } from './elements.ts';
import type { Emitter } from './emitter.ts';
import { environment } from './environment.ts';

/** `object[key]`, read. */
export function emitSubscript(e: Emitter, node: Subscript): Js {
  if (node.slice.nodeType === 'Slice') return emitSlice(e, node.value, node.slice);
  const special = hostVariable(e, node);
  if (special) return special;
  const atom = e.type(node.value).single;
  const at = constantIndex(node.slice);
  const name = constantText(node.slice);
  const object = () => e.present(node.value);
  if (atom?.kind === 'tuple' && at !== undefined)
    return index(object(), primary(String(at < 0 ? atom.items.length + at : at)));
  if (atom?.kind === 'list' && atom.cell.shape && at !== undefined) {
    return index(object(), primary(String(at < 0 ? atom.cell.shape.length + at : at)));
  }
  const fallback = atom?.kind === 'dict' ? atom.cell.fallback : undefined;
  if (fallback === 'count') return call(e.py('get'), [object(), e.expression(node.slice), primary('0')]);
  if (fallback) return call(e.py('setDefault'), [object(), e.expression(node.slice), primary(fallback)]);
  if (atom?.kind === 'dict' && name !== undefined && isRecord(atom.cell) && !atom.cell.isOptional(name))
    return element(object(), name);
  if (atom?.kind === 'instance') {
    if (atom.owner && methodOf(atom.owner as ClassInfo, '__getitem__'))
      return call(member(object(), 'getItem'), [e.expression(node.slice)]);
    if (atom.name === 'os.environ') return nonNull(environment(e, node.slice));
    if (atom.name === 'microdot.SessionDict' && name !== undefined && isAssignedBefore(e, node, name))
      return element(object(), name);
    if (/Headers$/.test(atom.name) && isAssignedBefore(e, node, name ?? '')) {
      return nonNull(call(member(object(), 'get'), [e.present(node.slice)]));
    }
    if (atom.name === 're.Match') {
      return name === undefined
        ? index(object(), e.expression(node.slice))
        : member(nonNull(member(object(), 'groups')), name);
    }
    if (atom.name === 'microdot.WebSocket') return e.refuse();
  }
  return call(e.py('getItem'), [object(), e.expression(node.slice)]);
}

/** Whether the function has put the key there itself, so that it cannot be missing. */
function isAssignedBefore(e: Emitter, node: Subscript, name: string): boolean {
  if (!e.fn || e.fn.node.nodeType === 'Lambda') return false;
  return e.fn.node.body.some((statement) =>
    statement.nodeType === 'Assign' && statement.end <= node.start
      ? statement.targets.some(
          (target) =>
            target.nodeType === 'Subscript' &&
            constantText(target.slice) === name &&
            e.source(target.value) === e.source(node.value),
        )
      : false,
  );
}

/** What a WSGI or ASGI server says of a request, where the request itself says it too. */
function hostVariable(e: Emitter, node: Subscript): Js | undefined {
  const { value } = node;
  const name = constantText(node.slice);
  if (
    value.nodeType !== 'Attribute' ||
    name === undefined ||
    !e.type(value.value).has('instance microdot.Request')
  )
    return undefined;
  const request = e.present(value.value);
  if (value.attr === 'environ') {
    const header = /^HTTP_(.+)$/.exec(name)?.[1] ?? (name === 'CONTENT_TYPE' ? name : undefined);
    if (header) {
      const words = header.split('_').map((word) => word.charAt(0) + word.slice(1).toLowerCase());
      return binary(
        '??',
        call(member(member(request, 'headers'), 'get'), [text(words.join('-'))]),
        text(''),
        LEVEL.nullish,
      );
    }
    return ENVIRON[name]?.(request);
  }
  return value.attr === 'asgi_scope' ? SCOPE[name]?.(request) : undefined;
}

const ENVIRON: Readonly<Record<string, (request: Js) => Js>> = {
  REQUEST_METHOD: (request) => member(request, 'method'),
  PATH_INFO: (request) => member(request, 'path'),
  QUERY_STRING: (request) => binary('??', member(request, 'queryString'), text(''), LEVEL.nullish),
  CONTENT_LENGTH: (request) => call(primary('String'), [member(request, 'contentLength')]),
  REMOTE_ADDR: (request) => index(nonNull(member(request, 'clientAddr')), primary('0')),
  'wsgi.url_scheme': (request) => member(request, 'scheme'),
  'wsgi.multiprocess': () => primary('false'),
  'wsgi.multithread': () => primary('false'),
};

const SCOPE: Readonly<Record<string, (request: Js) => Js>> = {
  type: () => text('http'),
  method: (request) => member(request, 'method'),
  path: (request) => member(request, 'path'),
  scheme: (request) => member(request, 'scheme'),
  http_version: (request) => member(request, 'httpVersion'),
  client: (request) => nonNull(member(request, 'clientAddr')),
};

/** `items[start:stop:step]`. */
function emitSlice(e: Emitter, value: Expression, slice: Slice): Js {
  const items = e.present(value);
  const type = e.type(value).present;
  const isSliceable =
    type.is('str') || type.is('bytes') || type.single?.kind === 'list' || type.single?.kind === 'tuple';
  const step = slice.step && constantIndex(slice.step);
  if (isSliceable && type.is('str') && step === -1 && !slice.lower && !slice.upper) {
    return call(member(call(member(primary(['[...', items.doc, ']']), 'reverse'), []), 'join'), [text('')]);
  }
  if (isSliceable && step === -1 && !slice.lower && !slice.upper && !type.is('bytes'))
    return call(member(primary(['[...', items.doc, ']']), 'reverse'), []);
  if (!isSliceable || (slice.step && step !== 1)) {
    const bound = (node: Expression | undefined) => (node ? e.expression(node) : primary('null'));
    const args = [items, bound(slice.lower), bound(slice.upper)];
    return call(e.py('slice'), slice.step ? [...args, e.expression(slice.step)] : args);
  }
  const from = slice.lower ? sliceBound(e, slice.lower) : undefined;
  const to = slice.upper ? sliceBound(e, slice.upper) : undefined;
  const args = to ? [from ?? primary('0'), to] : from ? [from] : [];
  return call(member(items, 'slice'), args);
}

/** Where a slice ends: `None` is the end, for which JavaScript has `undefined`. */
function sliceBound(e: Emitter, node: Expression): Js {
  return e.isMaybeNull(node) || (e.type(node).isAny && node.nodeType === 'Name')
    ? binary('??', e.expression(node, true), primary('undefined'), LEVEL.nullish)
    : e.operand(node, 'int');
}

/** `items.splice(...)` for `items[start:stop] = ...` and `del items[start:stop]`. */
export function emitSplice(e: Emitter, node: Subscript, values: Js | undefined): Js {
  const slice = node.slice as Slice;
  if (slice.step) return e.refuse();
  const items = e.present(node.value);
  const [lower, upper] = [slice.lower, slice.upper];
  const from = lower && constantIndex(lower);
  const rest = values ? [js(['...', wrap(values, LEVEL.unary)], LEVEL.arrow)] : [];
  if (!lower && upper?.nodeType === 'UnaryOp' && constantIndex(upper) !== undefined && rest.length === 0) {
    // A negative number of items to take away is none.
    return call(member(items, 'splice'), [
      primary('0'),
      binary(
        '-',
        member(items, 'length'),
        e.expression((upper as { operand: Expression }).operand),
        LEVEL.add,
      ),
    ]);
  }
  if (!upper && (from === undefined ? !lower : from >= 0)) {
    const start = lower ? e.expression(lower) : primary('0');
    return call(member(items, 'splice'), rest.length > 0 ? [start, primary('Infinity'), ...rest] : [start]);
  }
  const bound = (each: Expression | undefined) => (each ? e.expression(each) : primary('null'));
  return call(e.py('setSlice'), [items, bound(lower), bound(upper), ...(values ? [values] : [])]);
}
