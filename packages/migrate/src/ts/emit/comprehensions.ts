import type { Comprehension, DictComp, ElementComprehension, Expression } from '../../python/tree.ts';
import { type Doc, group, HARD, indent, print } from '../doc.ts';
import { array, arrow, call, type Js, js, LEVEL, member, newOf, primary, wrap } from '../js.ts';
import { isMap } from '../types/print.ts';
import { hasAwait } from './awaits.ts';
import type { Emitter } from './emitter.ts';
import { arrayFrom, iterable, spread } from './iteration.ts';
import { narrowedBy } from './narrowing.ts';
import { condition } from './operators.ts';
import { emitTarget } from './targets.ts';

/** `map` and `filter` where they do, and a generator that is called at once where they do not. */
export function emitComprehension(e: Emitter, node: ElementComprehension | DictComp): Js {
  const items = emitItems(e, node);
  if (node.nodeType === 'SetComp') return newOf(primary('Set'), [items]);
  if (node.nodeType !== 'DictComp') return items;
  const cell = e.type(node).atom('dict')?.cell;
  return cell && isMap(cell) ? newOf(primary('Map'), [items]) : call(primary('Object.fromEntries'), [items]);
}

/** What a comprehension makes, as an array. */
function emitItems(e: Emitter, node: ElementComprehension | DictComp): Js {
  const [first, ...more] = node.generators;
  if (node.nodeType === 'GeneratorExp' && first && isEndless(e, first.iter)) return emitGenerator(e, node);
  if (!first || first.is_async || hasAwait(e, node)) return emitGenerator(e, node);
  if (more.length === 0) return mapped(e, first, node);
  if (more.length === 1 && more[0] && !more[0].is_async) {
    const inner = narrowedAll(e, first.ifs, () => mapped(e, more[0] as Comprehension, node));
    const filtered = filter(e, first);
    return call(member(filtered, 'flatMap'), [arrow(parameter(e, first), inner)]);
  }
  return emitGenerator(e, node);
}

function mapped(e: Emitter, clause: Comprehension, node: ElementComprehension | DictComp): Js {
  const filtered = filter(e, clause);
  return narrowedAll(e, clause.ifs, () => {
    if (node.nodeType !== 'DictComp' && isSame(clause.target, node.elt)) {
      return clause.ifs.length === 0 && isPlainArray(e, clause.iter) ? spread(filtered) : filtered;
    }
    return call(member(filtered, 'map'), [arrow(parameter(e, clause), itemOf(e, node))]);
  });
}

function isPlainArray(e: Emitter, node: Expression): boolean {
  const atom = e.type(node).single;
  return atom?.kind === 'list' || atom?.kind === 'tuple';
}

function filter(e: Emitter, clause: Comprehension): Js {
  let items = arrayFrom(e, clause.iter);
  clause.ifs.forEach((each, i) => {
    const check = narrowedAll(e, clause.ifs.slice(0, i), () => condition(e, each));
    items = call(member(items, 'filter'), [arrow(parameter(e, clause), check)]);
  });
  return items;
}

function narrowedAll<T>(e: Emitter, tests: readonly Expression[], write: () => T): T {
  const [first, ...rest] = tests;
  return first ? narrowedBy(e, first, true, () => narrowedAll(e, rest, write)) : write();
}

function isSame(target: Expression, elt: Expression): boolean {
  return target.nodeType === 'Name' && elt.nodeType === 'Name' && target.id === elt.id;
}

/** The parameter of an arrow function; a type is said where the items have none. */
function parameter(e: Emitter, clause: Comprehension): string {
  const target = flat(emitTarget(e, clause.target));
  return isUntyped(e, clause.iter) ? `(${target}: any)` : `(${target})`;
}

function flat(doc: Doc): string {
  return print(doc, Number.POSITIVE_INFINITY);
}

function isUntyped(e: Emitter, node: Expression): boolean {
  return e.type(node).isAny;
}

/** What never ends, so that no array can be made of it. */
function isEndless(e: Emitter, node: Expression): boolean {
  const atom = node.nodeType === 'Call' ? e.type(node.func).single : undefined;
  return atom?.kind === 'named' && /^itertools\.(count|cycle)$/.test(atom.name);
}

/** The way of all comprehensions: `for` and `if` and `yield`. */
function emitGenerator(e: Emitter, node: ElementComprehension | DictComp): Js {
  const isAsync = hasAwait(e, node) || node.generators.some(({ is_async: each }) => each);
  const body = loops(e, node, 0);
  const run: Doc = ['(', isAsync ? 'async ' : '', 'function* () {', indent([HARD, body]), HARD, '})()'];
  const isLazy =
    node.nodeType === 'GeneratorExp' && node.generators[0] && isEndless(e, node.generators[0].iter);
  if (isLazy && !isAsync) return { ...primary(run), hugs: true };
  if (!isAsync) return { ...primary(['[...', run, ']']), hugs: true };
  return js(['await ', call(e.py('collect'), [{ ...primary(run), hugs: true }]).doc], LEVEL.unary);
}

function loops(e: Emitter, node: ElementComprehension | DictComp, at: number): Doc {
  const clause = node.generators[at];
  if (!clause) return ['yield ', wrap(itemOf(e, node), LEVEL.arrow), ';'];
  const head = `for ${clause.is_async ? 'await ' : ''}(const `;
  const tests = clause.ifs.map((each): Doc => ['if (', condition(e, each).doc, ') ']);
  return group([
    head,
    emitTarget(e, clause.target),
    ' of ',
    iterable(e, clause.iter).doc,
    ') ',
    ...tests,
    narrowedAll(e, clause.ifs, () => loops(e, node, at + 1)),
  ]);
}

function itemOf(e: Emitter, node: ElementComprehension | DictComp): Js {
  if (node.nodeType !== 'DictComp') return e.expression(node.elt);
  return array([wrap(e.expression(node.key), LEVEL.arrow), wrap(e.expression(node.value), LEVEL.arrow)]);
}
