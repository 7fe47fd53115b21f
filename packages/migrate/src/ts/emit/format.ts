import type { Call, Expression, FormattedValue, JoinedStr } from '../../python/tree.ts';
import { array, call, type Js, LEVEL, number, object, primary, template, text, wrap } from '../js.ts';
import type { Emitter } from './emitter.ts';
import { isError } from './errors.ts';
import { namedProperty } from './properties.ts';

/** An f-string as a template literal. */
export function emitFormatted(e: Emitter, node: JoinedStr): Js {
  return template(
    node.values.map((part) =>
      part.nodeType === 'Constant' ? String(part.value) : field(e, part as FormattedValue),
    ),
  );
}

function field(e: Emitter, node: FormattedValue): Js | string {
  const { format_spec: spec, conversion } = node;
  if (spec && spec.nodeType === 'JoinedStr' && !spec.values.every((value) => value.nodeType === 'Constant')) {
    return call(e.py('format'), [e.expression(node.value), emitFormatted(e, spec)]);
  }
  const specText =
    spec?.nodeType === 'JoinedStr'
      ? spec.values.map((value) => (value.nodeType === 'Constant' ? value.value : '')).join('')
      : '';
  if (conversion === 114 || conversion === 97) {
    const value = call(e.py('repr'), [e.expression(node.value)]);
    return specText === '' ? value : call(e.py('format'), [value, text(specText)]);
  }
  return formatted(e, node.value, specText);
}

/** A value as text, as a format says. */
export function formatted(e: Emitter, node: Expression, spec: string): Js {
  if (spec === '') return asText(e, node);
  const type = e.type(node);
  const digits = /^\.(\d+)f$/.exec(spec)?.[1];
  if (digits !== undefined)
    return call(e.py('fixed'), [e.operand(node, 'int', 'float', 'bool'), number(Number(digits))]);
  const padding = /^0(\d+)d?$/.exec(spec)?.[1];
  if (spec === 'd' && type.is('int')) return e.expression(node);
  if (padding !== undefined && type.is('int') && isCount(node)) {
    return call(primary(['String(', e.expression(node).doc, ').padStart']), [
      number(Number(padding)),
      text('0'),
    ]);
  }
  return call(e.py('format'), [e.expression(node), text(spec)]);
}

function isCount(node: Expression): boolean {
  return node.nodeType === 'Call' && node.func.nodeType === 'Name' && node.func.id === 'len';
}

/** What Python's `str()` gives, written so that it may stand in a template literal. */
export function asText(e: Emitter, node: Expression): Js {
  return helperText(e, node) ?? e.expression(node, true);
}

/** The text of a value, where a helper has to write it; nothing where a template literal would write what Python does. */
export function helperText(e: Emitter, node: Expression): Js | undefined {
  const type = e.type(node);
  if (type.is('str') || type.is('int') || (type.present.is('str', 'int') && !e.isMaybeNull(node)))
    return undefined;
  if (type.is('float')) return call(e.py('floatText'), [e.expression(node)]);
  if (isError(e, node)) return call(e.py('messageOf'), [e.expression(node)]);
  if (type.has('instance uuid.UUID') || type.single?.key === 'instance pathlib.Path') return undefined;
  if (type.has('instance datetime.aware')) return call(e.py('isoUtc'), [e.expression(node), text(' ')]);
  if (type.has('instance datetime.date')) return call(e.py('isoDay'), [e.expression(node)]);
  if (type.has('instance datetime.datetime')) return call(e.py('isoformat'), [e.expression(node), text(' ')]);
  if (type.single?.key === 'instance datetime.timedelta') return call(e.py('spanText'), [e.expression(node)]);
  const owner = type.single?.kind === 'instance' ? type.single.owner : null;
  return owner ? undefined : call(e.py('str'), [e.expression(node)]);
}

/** `template % values`. */
export function emitPercent(e: Emitter, left: Expression, right: Expression): Js {
  const format = left.nodeType === 'Constant' ? (left.value as string) : undefined;
  const values = right.nodeType === 'Tuple' ? right.elts : [right];
  const isOne = right.nodeType === 'Tuple' || (isNoTuple(e, right) && !isRest(e, right));
  const parts = format === undefined || !isOne ? undefined : percentParts(e, format, values);
  if (parts) return template(parts);
  const list =
    right.nodeType === 'Tuple'
      ? array(values.map((value) => wrap(e.expression(value), LEVEL.arrow)))
      : e.expression(right);
  const whole =
    right.nodeType !== 'Tuple' && !isRest(e, right) && e.type(right).single?.kind === 'list'
      ? array([list.doc])
      : list;
  return call(e.py('percent'), [e.expression(left), whole]);
}

/** `*args` is a tuple in Python, and a list here. */
function isRest(e: Emitter, node: Expression): boolean {
  return node.nodeType === 'Name' && e.fn?.node.args.vararg?.arg === node.id;
}

function isNoTuple(e: Emitter, node: Expression): boolean {
  const type = e.type(node);
  return !type.isAny && type.atoms.every(({ kind }) => kind !== 'tuple' && kind !== 'dict');
}

function percentParts(
  e: Emitter,
  format: string,
  values: readonly Expression[],
): (string | Js)[] | undefined {
  if (values.some(({ nodeType }) => nodeType === 'Starred')) return undefined;
  const parts: (string | Js)[] = [];
  const rest = [...values];
  let at = 0;
  for (const match of format.matchAll(/%(?:(%)|(-?0?\d*)(\.\d+)?([sdifrxX]))|%/g)) {
    parts.push(format.slice(at, match.index));
    at = match.index + match[0].length;
    const [, percent, width = '', precision = '', kind] = match;
    if (percent) {
      parts.push('%');
      continue;
    }
    const value = rest.shift();
    if (!kind || !value) return undefined;
    if (width.startsWith('-')) return undefined;
    if (kind === 'r') parts.push(call(e.py('repr'), [e.expression(value)]));
    else if (kind === 's') {
      if (precision) return undefined;
      parts.push(
        width === ''
          ? asText(e, value)
          : call(primary([wrap(textOf(e, value), LEVEL.primary), '.padStart']), [number(Number(width))]),
      );
    } else if (kind === 'd' || kind === 'i') {
      const whole = e.type(value).is('int')
        ? e.expression(value)
        : call(primary('Math.trunc'), [e.operand(value, 'int', 'float', 'bool')]);
      parts.push(width === '' ? whole : call(e.py('format'), [whole, text(`${width}d`)]));
    } else parts.push(formatted(e, value, `${width}${kind === 'f' && !precision ? '.6' : precision}${kind}`));
  }
  parts.push(format.slice(at));
  return rest.length === 0 ? parts : undefined;
}

/** What is certain to be a string. */
export function textOf(e: Emitter, node: Expression): Js {
  const value = asText(e, node);
  return e.type(node).is('str') || e.type(node).isEmpty
    ? value
    : e.type(node).is('int')
      ? call(primary('String'), [value])
      : value;
}

/** `template.format(...)`. */
export function emitFormat(e: Emitter, self: Expression, node: Call): Js {
  const isSimple =
    self.nodeType === 'Constant' &&
    node.args.every(({ nodeType }) => nodeType !== 'Starred') &&
    node.keywords.every(({ arg }) => arg !== undefined);
  const parts = isSimple ? formatParts(e, self.value as string, node) : undefined;
  if (parts) return template(parts);
  const args = array(node.args.map((arg) => wrap(e.expression(arg), LEVEL.arrow)));
  const named = node.keywords.map(({ arg, value }) =>
    arg ? namedProperty(arg, wrap(e.expression(value), LEVEL.arrow)) : ['...', e.expression(value).doc],
  );
  return call(e.py('formatText'), [e.expression(self), args, ...(named.length > 0 ? [object(named)] : [])]);
}

function formatParts(e: Emitter, format: string, node: Call): (string | Js)[] | undefined {
  const parts: (string | Js)[] = [];
  let [at, next] = [0, 0];
  for (const match of format.matchAll(/\{\{|\}\}|\{(\w*)(?:!([rs]))?(?::([^{}]*))?\}|[{}]/g)) {
    parts.push(format.slice(at, match.index));
    at = match.index + match[0].length;
    const [whole, name, conversion, spec = ''] = match;
    if (whole === '{{' || whole === '}}') {
      parts.push(whole.charAt(0));
      continue;
    }
    if (name === undefined) return undefined;
    const value =
      name === ''
        ? node.args[next++]
        : /^\d+$/.test(name)
          ? node.args[Number(name)]
          : node.keywords.find(({ arg }) => arg === name)?.value;
    if (!value) return undefined;
    parts.push(conversion === 'r' ? call(e.py('repr'), [e.expression(value)]) : formatted(e, value, spec));
  }
  parts.push(format.slice(at));
  return parts;
}
