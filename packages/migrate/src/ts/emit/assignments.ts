import type { AnnAssign, Assign, Expression, Statement } from '../../python/tree.ts';
import { type Doc, HARD } from '../doc.ts';
import { constantText } from '../infer/assign.ts';
import { call, type Js, js, LEVEL, member, wrap } from '../js.ts';
import { isMap } from '../types/print.ts';
import { element } from './elements.ts';
import type { Emitter } from './emitter.ts';
import { headerText } from './headers.ts';
import { iterable } from './iteration.ts';
import { emitSplice } from './subscripts.ts';
import { boundIn, emitTarget } from './targets.ts';
import { typeAnnotation } from './typeAnnotations.ts';
import type { Writer } from './writer.ts';

export function emitAssign(w: Writer, node: Assign): Doc[] {
  const { e } = w;
  const [first, ...more] = node.targets;
  if (!first) return [];
  if (first.nodeType === 'Name' && (first.id === '__all__' || isEventLoop(e, node.value))) return [];
  if (more.length === 0)
    return assignEach(w, node, first, node.value) ?? [assignTo(w, node, first, node.value)];
  // Python evaluates once, and assigns from left to right.
  const isName = ({ nodeType }: Expression) => nodeType === 'Name';
  const simple = [...node.targets].reverse().sort((a, b) => Number(isName(b)) - Number(isName(a)));
  const [last, ...others] = simple;
  if (!last) return [];
  const lines = [assignTo(w, node, last, node.value)];
  for (const target of others) {
    const value = js(emitTarget(e, last), LEVEL.primary);
    lines.push([declared(w, node, target), emitTarget(e, target), ' = ', value.doc, ';']);
  }
  return lines;
}

/** `a, b = [], {}` of new names: a line for each. */
function assignEach(w: Writer, node: Assign, target: Expression, value: Expression): Doc[] | undefined {
  if (!('elts' in target) || value.nodeType !== 'Tuple' || value.elts.length !== target.elts.length)
    return undefined;
  const isPlain =
    target.elts.every(({ nodeType }) => nodeType === 'Name') &&
    !value.elts.some(({ nodeType }) => nodeType === 'Starred');
  const bound = boundIn(w.e, target);
  const keyword = isPlain ? w.declarations.keyword(node, bound) : '';
  if (keyword === '' || keyword === 'mixed') return undefined;
  const names = new Set(bound.map(({ name }) => name));
  const isRead = value.elts.some((each) =>
    [...names].some((name) => new RegExp(`\\b${name}\\b`).test(w.e.source(each))),
  );
  if (isRead) return undefined;
  return target.elts.map((each, i) => assignTo(w, node, each, value.elts[i] as Expression));
}

/** JavaScript has the one that always runs. */
function isEventLoop(e: Emitter, node: Expression): boolean {
  const atom = e.type(node).single;
  return node.nodeType === 'Call' && atom?.kind === 'instance' && atom.name === 'asyncio.Loop';
}

function declared(w: Writer, node: Statement, target: Expression): string {
  const keyword = w.declarations.keyword(node, boundIn(w.e, target));
  if (keyword === 'mixed') w.e.refuse();
  const isExported =
    w.isModule && keyword !== '' && boundIn(w.e, target).some((binding) => w.e.out.exported.has(binding));
  return (isExported ? 'export ' : '') + keyword;
}

/** `target = value`, declared where it is the first of its name. */
function assignTo(w: Writer, node: Assign | AnnAssign, target: Expression, value: Expression): Doc {
  const { e } = w;
  if (target.nodeType === 'Subscript') return assignItem(e, target, value);
  if (target.nodeType === 'Attribute') return assignAttribute(w, target, value);
  const keyword = declared(w, node, target);
  if ('elts' in target) {
    const starAt = target.elts.findIndex(({ nodeType }) => nodeType === 'Starred');
    if (starAt >= 0 && starAt < target.elts.length - 1)
      return unpackFromEnd(e, target.elts, starAt, keyword, value);
  }
  const written = e.expression(value);
  if (target.nodeType === 'Name') {
    const type = keyword === '' ? '' : typeAnnotation(w, target, value);
    return [keyword, e.names.get(target.id), type, ' = ', wrap(written, LEVEL.arrow), ';'];
  }
  return [keyword, emitTarget(e, target), ' = ', wrap(unpacked(e, value), LEVEL.arrow), ';'];
}

/** `*rest, last = items`: what follows the star is taken off the end. */
function unpackFromEnd(
  e: Emitter,
  targets: readonly Expression[],
  starAt: number,
  keyword: string,
  value: Expression,
): Doc {
  const rest = emitTarget(e, (targets[starAt] as { value: Expression }).value);
  const front = [...targets.slice(0, starAt).map((target) => emitTarget(e, target)), ['...', rest] as Doc];
  const items = iterable(e, value).doc;
  const last = targets.slice(starAt + 1).reverse();
  const taken = last.map((target): Doc => [HARD, keyword, emitTarget(e, target), ' = ', rest, '.pop()!;']);
  return [
    keyword,
    '[',
    front.flatMap((doc, i) => (i === 0 ? [doc] : [', ', doc])),
    '] = ',
    items,
    ';',
    taken,
  ];
}

/** What is unpacked, as an array. */
function unpacked(e: Emitter, value: Expression): Js {
  return e.type(value).single?.kind === 'dict' ? iterable(e, value) : e.present(value);
}

function assignItem(
  e: Emitter,
  target: Extract<Expression, { nodeType: 'Subscript' }>,
  value: Expression,
): Doc {
  if (target.slice.nodeType === 'Slice') return [emitSplice(e, target, e.present(value)).doc, ';'];
  const atom = e.type(target.value).single;
  const name = constantText(target.slice);
  const object = e.present(target.value);
  const written = wrap(e.expression(value), LEVEL.arrow);
  if (atom?.kind === 'dict') {
    if (isMap(atom.cell))
      return [call(member(object, 'set'), [e.expression(target.slice), e.expression(value)]).doc, ';'];
    if (name !== undefined && name !== '__proto__') return [element(object, name).doc, ' = ', written, ';'];
    if (e.type(target.slice).is('str'))
      return [wrap(object, LEVEL.primary), '[', e.expression(target.slice).doc, '] = ', written, ';'];
  }
  if (atom?.kind === 'instance') {
    if (/Headers$/.test(atom.name))
      return [call(member(object, 'set'), [e.present(target.slice), headerText(e, value)]).doc, ';'];
    if (atom.name === 'microdot.SessionDict' && name !== undefined)
      return [element(object, name).doc, ' = ', written, ';'];
    if (atom.name === 'os.environ')
      return [emitTarget(e, target), ' = ', wrap(e.present(value), LEVEL.arrow), ';'];
  }
  const typesMap = target.value.nodeType === 'Attribute' && target.value.attr === 'types_map';
  if (typesMap && name !== undefined) return [element(object, name).doc, ' = ', written, ';'];
  return [call(e.py('setItem'), [object, e.expression(target.slice), e.expression(value)]).doc, ';'];
}

function assignAttribute(
  w: Writer,
  target: Extract<Expression, { nodeType: 'Attribute' }>,
  value: Expression,
): Doc {
  const { e } = w;
  const text = e.source(target);
  if (target.attr === 'socket_read_timeout') {
    e.note(
      target,
      'not-ported',
      'Request.socket_read_timeout has no counterpart: the timeouts are options of app.run().',
      'what-is-left-to-do',
    );
    return `// TODO(microdot-migrate): ${text} = ${e.source(value)}: see headersTimeout and requestTimeout of app.run()`;
  }
  const name = e.type(target.value).single;
  if (name?.kind === 'named' && name.owner && 'bindings' in name.owner) return e.refuse();
  return [emitTarget(e, target), ' = ', wrap(e.expression(value), LEVEL.arrow), ';'];
}

export function emitAnnotated(w: Writer, node: AnnAssign): Doc[] | undefined {
  if (!node.value) {
    if (node.target.nodeType !== 'Name') return undefined;
    const [binding] = boundIn(w.e, node.target);
    return binding && w.declarations.keyword(node, [binding]) !== '' ? [w.declaration(binding)] : undefined;
  }
  return [assignTo(w, node, node.target, node.value)];
}
