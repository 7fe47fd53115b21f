import { eachChild } from '../../python/fields.ts';
import type { Expression } from '../../python/tree.ts';
import { isMap, isRecord } from '../types/print.ts';
import type { Emitter } from './emitter.ts';
import type { Writer } from './writer.ts';

/** `: Type` where TypeScript would not find out by itself. */
export function typeAnnotation(
  w: Writer,
  target: Extract<Expression, { nodeType: 'Name' }>,
  value: Expression,
): string {
  const { e } = w;
  const binding = e.program.resolve(e.module, target)?.binding;
  if (!binding) return '';
  const type = e.program.bindingType(binding);
  const described = e.describe(type);
  const printed = () => `: ${e.printType(type)}`;
  if (described === 'any')
    return isContainer(value) || !w.declarations.isConstant(binding) || value.nodeType === 'Constant'
      ? ': any'
      : '';
  if (isContainer(value)) return isEvident(e, value, type) ? '' : printed();
  const cell = type.single?.kind === 'dict' ? type.single.cell : undefined;
  // Fields that are made into a dictionary, of which some are set anew.
  if (value.nodeType === 'Call' && /^((dataclasses\.)?asdict|vars)$/.test(e.source(value.func)))
    return cell && isRecord(cell) ? printed() : '';
  if (w.declarations.isConstant(binding)) return '';
  const isEasy =
    e.describe(e.type(value)) === described && ['string', 'number', 'boolean'].includes(described);
  return isEasy ? '' : printed();
}

function isContainer(value: Expression): boolean {
  return (
    ['List', 'Dict', 'Set', 'Tuple', 'ListComp', 'DictComp', 'SetComp'].includes(value.nodeType) ||
    (value.nodeType === 'Call' &&
      value.func.nodeType === 'Name' &&
      /^(dict|list|set|defaultdict|deque|OrderedDict)$/.test(value.func.id))
  );
}

/** Whether a literal says all that there is to know of the type. */
function isEvident(e: Emitter, value: Expression, type: ReturnType<Emitter['type']>): boolean {
  if (value.nodeType === 'ListComp' || value.nodeType === 'SetComp' || value.nodeType === 'DictComp')
    return value.nodeType !== 'DictComp';
  if (value.nodeType === 'Call')
    return value.args.length > 0 && (type.atom('list')?.cell.elem.atoms.length ?? 1) === 1;
  const cell = type.atom('dict')?.cell;
  if (value.nodeType === 'Dict') {
    if (cell && !isRecord(cell) && !isMap(cell)) return false;
    if (cell && isRecord(cell) && [...cell.fields.keys()].some((name) => cell.isOptional(name))) return false;
    if (cell && isMap(cell) && value.keys.length === 0) return false;
  }
  const list = type.atom('list')?.cell;
  if (list?.shape && e.describe(type).startsWith('[')) return false;
  if (value.nodeType === 'Tuple')
    return value.elts.every((item) => e.type(item).is('int') || e.type(item).is('str'));
  let evident =
    value.nodeType === 'Dict' ? value.keys.length > 0 : (value as { elts: Expression[] }).elts.length > 0;
  eachChild(value, (child) => {
    const node = child as Expression;
    if (node.nodeType === 'Constant' && node.type === 'none') evident = false;
    else if (isContainer(node) && !isEvident(e, node, e.type(node))) evident = false;
  });
  return evident && type.atoms.length === 1;
}
