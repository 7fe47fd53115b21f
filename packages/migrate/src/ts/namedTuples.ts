import { applyEdits } from '../edit/apply.ts';
import type { Edit } from '../edit/edit.ts';
import { walk } from '../python/fields.ts';
import { type PythonModule, parsePython } from '../python/parse.ts';
import type { Assign, Expression } from '../python/tree.ts';

/** A module in which `X = namedtuple('X', 'a b')` has become the class that it makes, on as many lines. */
export function withNamedTuples(module: PythonModule): PythonModule {
  const edits: Edit[] = [];
  walk(module.tree, (node) => {
    const text = node.nodeType === 'Assign' ? classText(module, node) : undefined;
    if (text !== undefined) edits.push({ start: node.start, end: node.end, text, rule: 'named-tuple' });
    return true;
  });
  return edits.length === 0 ? module : parsePython(applyEdits(module.source, edits), module.file);
}

function classText(module: PythonModule, { targets, value, start, end }: Assign): string | undefined {
  const [target, ...more] = targets;
  if (more.length > 0 || target?.nodeType !== 'Name' || value.nodeType !== 'Call') return undefined;
  if (
    !/^(collections\.|ucollections\.)?namedtuple$/.test(module.text(value.func)) ||
    value.keywords.length > 0
  )
    return undefined;
  const names = value.args[1] && fieldNames(value.args[1]);
  if (!names || names.length === 0 || names.some((name) => !/^[^\W\d]\w*$/u.test(name))) return undefined;
  const lines = module.source.slice(start, end).match(/\r\n|\n|\r/g) ?? [];
  return `class ${target.id}(NamedTuple): ${names.map((name) => `${name}: Any`).join('; ')}${lines.join('')}`;
}

function fieldNames(node: Expression): string[] | undefined {
  if (node.nodeType === 'Constant' && node.type === 'str')
    return String(node.value)
      .split(/[\s,]+/)
      .filter((name) => name !== '');
  if (node.nodeType !== 'List' && node.nodeType !== 'Tuple') return undefined;
  const names = node.elts.map((each) =>
    each.nodeType === 'Constant' && each.type === 'str' ? String(each.value) : '',
  );
  return names;
}
