import type { Expression, With } from '../../python/tree.ts';
import { type Doc, HARD, print } from '../doc.ts';
import { contextManagerOf, nameOf } from '../infer/decorators.ts';
import { block, call, member, newOf } from '../js.ts';
import { type ClassInfo, methodOf } from '../program.ts';
import { blockOf } from './control.ts';
import { boundIn } from './targets.ts';
import type { Writer } from './writer.ts';

/** `with suppress(A, B):` */
function emitSuppress(w: Writer, node: With, types: readonly Expression[]): Doc[] {
  const { e } = w;
  const tests = types.map((type) => `error instanceof ${print(e.expression(type).doc)}`);
  const isAll = types.some((type) => /^(Base)?Exception$/.test(e.source(type)));
  const caught = isAll
    ? [' catch ', block(['// Nothing is to be done.'])]
    : [' catch (error) ', block([`if (!(${tests.join(' || ')})) throw error;`])];
  return [['try ', blockOf(w, node.body, node.end), ...caught]];
}

/** `with closing(x) as y:` */
function emitClosing(w: Writer, node: With, value: Expression, target: Expression | undefined): Doc[] {
  const { e } = w;
  const lines: Doc[] = [];
  let name = target?.nodeType === 'Name' ? e.names.get(target.id) : '';
  if (target) {
    const keyword = w.declarations.keyword(node, boundIn(e, target));
    if (name === '' || keyword === 'mixed') return e.refuse();
    lines.push([keyword, name, ' = ', e.expression(value).doc, ';']);
  } else if (value.nodeType === 'Name') name = e.names.get(value.id);
  else {
    name = e.names.fresh('opened');
    lines.push([`const ${name} = `, e.expression(value).doc, ';']);
  }
  return [...lines, ['try ', blockOf(w, node.body, node.end), ' finally ', block([`${name}.close();`])]];
}

/** `with` of a class of the project: its methods are called, and may swallow the error. */
function emitOwnContext(w: Writer, node: With, item: With['items'][number], context: Doc): Doc[] {
  const { e } = w;
  const target = item.optional_vars;
  if (target && target.nodeType !== 'Name') return e.refuse();
  const wait = node.nodeType === 'AsyncWith' ? 'await ' : '';
  const name = e.names.fresh('context');
  const keyword = target ? w.declarations.keyword(node, boundIn(e, target)) : '';
  const failed = e.names.fresh('failed');
  const entered: Doc = [wait, `${name}.enter();`];
  const exit = `${name}.exit(error.constructor, error, null)`;
  return [
    [`const ${name} = `, context, ';'],
    target && target.nodeType === 'Name' ? [keyword, e.names.get(target.id), ' = ', entered] : entered,
    `let ${failed} = false;`,
    [
      'try ',
      blockOf(w, node.body, node.end),
      ' catch (error: any) ',
      block([`${failed} = true;`, `if (!${wait ? `(${wait}${exit})` : exit}) throw error;`]),
      ' finally ',
      block([`if (!${failed}) ${wait}${name}.exit(null, null, null);`]),
    ],
  ];
}

export function emitWith(w: Writer, node: With): Doc[] {
  const { e } = w;
  const [item, ...more] = node.items;
  if (!item) return e.refuse();
  // Several are one within the other.
  if (more.length > 0) {
    const inner: With = { ...node, items: more };
    return emitWith(w, { ...node, items: [item], body: [inner] });
  }
  const type = e.type(item.context_expr);
  const made = item.context_expr.nodeType === 'Call' ? item.context_expr : undefined;
  const library = made && nameOf(e.program, made.func);
  if (made && library === 'contextlib.suppress') return emitSuppress(w, node, made.args);
  if (made?.args[0] && library === 'contextlib.closing')
    return emitClosing(w, node, made.args[0], item.optional_vars);
  const value = e.expression(item.context_expr);
  if (contextManagerOf(e.program, item.context_expr)) {
    const helper = e.py(node.nodeType === 'AsyncWith' ? 'AsyncContext' : 'Context');
    return emitOwnContext(w, node, item, newOf(helper, [value]).doc);
  }
  if (type.has('instance asyncio.Lock') || type.has('instance asyncio.Semaphore')) {
    return [
      [
        ['await ', call(member(value, 'acquire'), []).doc, ';'],
        HARD,
        'try ',
        blockOf(w, node.body, node.end),
        ' finally ',
        block([[call(member(value, 'release'), []).doc, ';']]),
      ],
    ];
  }
  // Between two `await` nothing else runs: there is nobody to be locked out.
  if (type.has('instance threading.Lock')) return w.lines(node.body, node.end);
  const owner = type.single?.kind === 'instance' ? (type.single.owner as ClassInfo | null) : null;
  if (owner && methodOf(owner, node.nodeType === 'With' ? '__enter__' : '__aenter__'))
    return emitOwnContext(w, node, item, value.doc);
  if (!type.has('instance io.TextFile') && !type.has('instance io.BinaryFile')) return e.refuse();
  const target = item.optional_vars;
  const name = target?.nodeType === 'Name' ? e.names.get(target.id) : 'file';
  const keyword = target ? w.declarations.keyword(node, boundIn(e, target)) : 'const ';
  const assigned: Doc = [keyword === 'mixed' ? '' : keyword, name, ' = ', value.doc, ';'];
  const isShared = !target || boundIn(e, target).some(({ definitions }) => definitions.length > 1);
  // Another `with` may have a file of the same name.
  if (isShared && keyword !== '') {
    const inner: Doc[] = [
      assigned,
      ['try ', blockOf(w, node.body, node.end), ' finally ', block([`${name}.close();`])],
    ];
    return [block(inner)];
  }
  return [assigned, ['try ', blockOf(w, node.body, node.end), ' finally ', block([`${name}.close();`])]];
}
