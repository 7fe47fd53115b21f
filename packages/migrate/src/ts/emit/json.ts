import { walk } from '../../python/fields.ts';
import type { Call, Expression, Node } from '../../python/tree.ts';
import { call, type Js, object, primary } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { camelCase } from './names.ts';
import { namedProperty } from './properties.ts';

/**
 * `json.dumps(...)`. What Python writes with spaces, JavaScript writes without: that is the same JSON, and another text. Where it is
 * the text that counts, a helper writes what Python does.
 */
export function dumps(e: Emitter, args: Arguments): Js {
  const value = args.value(0, 'obj');
  const node = args.get(0, 'obj') as Expression;
  const options = args.node.keywords.filter(({ arg }) => arg !== undefined && TEXTUAL.has(arg));
  const isCompact =
    options.length === 1 &&
    /^separators *= *\( *(['"]),\1 *, *(['"]):\2 *\)$/.test(e.source(options[0] as Node));
  if (isSorted(args.node) || (!isCompact && isText(e, args.node))) {
    const properties = options.map(({ arg, value: option }) =>
      namedProperty(camelCase(arg as string), e.expression(option).doc),
    );
    return call(e.py('dumps'), properties.length > 0 ? [value, object(properties)] : [value]);
  }
  const indented = args.get(99, 'indent');
  const plain = needsJson(e, node) ? call(e.py('toJson'), [value]) : value;
  return call(
    primary('JSON.stringify'),
    indented ? [plain, primary('null'), e.expression(indented)] : [plain],
  );
}

const TEXTUAL = new Set(['indent', 'sort_keys', 'ensure_ascii', 'separators']);

function isSorted({ keywords }: Call): boolean {
  return keywords.some(
    ({ arg, value }) => arg === 'sort_keys' && !(value.nodeType === 'Constant' && !value.value),
  );
}

/** Whether somebody sees how it is written: as the text of a response, as part of another, or by its bytes. */
function isText(e: Emitter, node: Expression): boolean {
  const { parent } = node;
  switch (parent?.nodeType) {
    case 'Return':
      return Boolean(e.fn?.isHandler) && !isSentAsJson(e, parent);
    case 'Tuple':
      return parent.elts[0] === node && isText(e, parent);
    case 'BinOp':
    case 'FormattedValue':
      return true;
    case 'Attribute':
      return parent.attr === 'encode' && isHashed(parent.parent);
    case 'Call': {
      const name = e.type(parent.func).single;
      if (name?.kind !== 'named' || name.owner) return false;
      if (name.name === 'builtins.len') return true;
      return name.name === 'microdot.Response' && parent.args[0] === node && !isSentAsJson(e, parent);
    }
    case 'Assign': {
      const [target] = parent.targets;
      const binding = target?.nodeType === 'Name' ? e.program.resolve(e.module, target)?.binding : undefined;
      return Boolean(
        binding && binding.scope.kind === 'function' && binding.references.some((each) => isText(e, each)),
      );
    }
    default:
      return false;
  }
}

/** Bytes that something is computed of, and not only sent. */
function isHashed(node: Node | null | undefined): boolean {
  return (
    node?.nodeType === 'Call' &&
    node.parent?.nodeType === 'Call' &&
    !/(send|write|sendall)$/.test(nameOf(node.parent.func))
  );
}

function nameOf(node: Expression): string {
  return node.nodeType === 'Attribute' ? node.attr : node.nodeType === 'Name' ? node.id : '';
}

const JSON_TYPE = /application\/json/;

/** Whether it goes out as JSON, where spaces say nothing. */
function isSentAsJson(e: Emitter, node: Node): boolean {
  return JSON_TYPE.test(e.source(node)) || isJsonByDefault(e);
}

function isJsonByDefault(e: Emitter): boolean {
  return [...e.program.modules.values()].some(({ module }) => {
    let found = false;
    walk(module.tree, (node) => {
      if (
        node.nodeType === 'Assign' &&
        node.targets.some((target) => nameOf(target) === 'default_content_type')
      )
        found ||= JSON_TYPE.test(module.text(node.value));
      return !found;
    });
    return found;
  });
}

/** Whether a value holds what `JSON.stringify` does not write as Python does. */
export function needsJson(e: Emitter, node: Expression): boolean {
  const text = e.describe(e.type(node));
  // What comes from JSON holds nothing else.
  const isJson = node.nodeType === 'Attribute' && node.attr === 'json';
  return /\bMap<|\bSet</.test(text) || (e.out.hasMaps && /\bany\b/.test(text) && !isJson);
}
