import type { Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { array, arrow, call, type Js, js, LEVEL, member, number, primary, wrap } from '../js.ts';
import type { Arguments } from './arguments.ts';
import { callback } from './callbacks.ts';
import type { Emitter } from './emitter.ts';
import { arrayFrom, iterable } from './iteration.ts';
import type { Library } from './libraryCall.ts';

const all = (e: Emitter, args: Arguments): Js[] => args.node.args.map((arg) => iterable(e, arg));

/** A helper that is given what there is to go through, and how. */
const through =
  (name: string, ...options: string[]): Library =>
  (e, args) => {
    const rest = options.map((option, i) => args.get(i + 1, option));
    while (rest.length > 0 && !rest.at(-1)) rest.pop();
    return call(e.py(name), [
      iterable(e, args.get(0) as Expression),
      ...rest.map((node) => (node ? callback(e, node) : primary('undefined'))),
    ]);
  };

/** `add`, `mul` and their like, as the functions that they are. */
const operator =
  (sign: string): Library =>
  (e, args) => {
    const [left, right] = [args.get(0) as Expression, args.get(1) as Expression];
    return js(
      [
        wrap(e.operand(left, 'int', 'float', 'str'), LEVEL.unary),
        ` ${sign} `,
        wrap(e.operand(right, 'int', 'float', 'str'), LEVEL.unary),
      ],
      LEVEL.add,
    );
  };

/** The functions of `itertools`, and `functools.reduce`: arrays, but where there is no end. */
export const ITERATORS: Readonly<Record<string, Library>> = {
  'itertools.chain': (e, args) =>
    array(
      args.node.args.map(
        (arg): Doc =>
          arg.nodeType === 'Starred'
            ? ['...', wrap(arrayFrom(e, arg.value), LEVEL.primary), '.flatMap((items: any) => [...items])']
            : ['...', wrap(iterable(e, arg), LEVEL.unary)],
      ),
    ),
  'itertools.chain.from_iterable': (e, args) => {
    const items = args.get(0) as Expression;
    const kind =
      e.type(items).atom('list')?.cell.elem.single?.kind ?? e.type(items).atom('iterator')?.elem.single?.kind;
    const lists = arrayFrom(e, items);
    return kind === 'list' || kind === 'tuple'
      ? call(member(lists, 'flat'), [])
      : call(member(lists, 'flatMap'), [arrow('(each: any)', primary('[...each]'))]);
  },
  'itertools.islice': (e, args) => {
    const bounds = args.node.args.slice(1);
    const items = args.get(0) as Expression;
    const isEndless = /^(itertools\.)?(count|cycle)\(/.test(e.source(items));
    if (bounds.length === 3) return e.refuse();
    const [from, to] = bounds.length === 1 ? [number(0), args.value(1)] : [args.value(1), args.value(2)];
    // What has no end is not to be made an array of.
    if (isEndless || e.type(items).single?.kind === 'iterator')
      return call(e.py('sliceOf'), [iterable(e, items), from, to]);
    return call(member(arrayFrom(e, items), 'slice'), [from, to]);
  },
  'itertools.groupby': through('groupBy', 'key'),
  'itertools.accumulate': through('accumulate', 'func'),
  'itertools.takewhile': (e, args) =>
    call(e.py('takeWhile'), [callback(e, args.get(0) as Expression), iterable(e, args.get(1) as Expression)]),
  'itertools.dropwhile': (e, args) =>
    call(e.py('dropWhile'), [callback(e, args.get(0) as Expression), iterable(e, args.get(1) as Expression)]),
  'itertools.starmap': (e, args) =>
    call(member(arrayFrom(e, args.get(1) as Expression), 'map'), [
      arrow('(each: any)', call(anything(callback(e, args.get(0) as Expression)), [primary('...each')])),
    ]),
  'itertools.zip_longest': (e, args) => {
    const fill = args.get(99, 'fillvalue');
    return call(e.py('zipLongest'), [fill ? e.expression(fill) : primary('null'), ...all(e, args)]);
  },
  'itertools.product': (e, args) => {
    const repeat = args.get(99, 'repeat');
    if (!repeat) return call(e.py('product'), all(e, args));
    if (args.node.args.length !== 1) return e.refuse();
    const items = iterable(e, args.get(0) as Expression);
    return call(e.py('product'), [
      primary([
        '...Array.from({ length: ',
        e.expression(repeat).doc,
        ' }, () => ',
        wrap(items, LEVEL.arrow),
        ')',
      ]),
    ]);
  },
  'itertools.permutations': through('permutations', 'r'),
  'itertools.combinations': through('combinations', 'r'),
  'itertools.pairwise': through('pairwise'),
  'itertools.cycle': through('cycle'),
  'itertools.repeat': (e, args) =>
    args.has(1, 'times')
      ? primary([
          'Array.from({ length: ',
          args.present(1, 'times').doc,
          ' }, () => ',
          wrap(args.value(0), LEVEL.arrow),
          ')',
        ])
      : e.refuse(),
  'functools.reduce': (e, args) => {
    const items = arrayFrom(e, args.get(1) as Expression);
    const by = callback(e, args.get(0) as Expression);
    return call(member(items, 'reduce'), args.has(2) ? [by, args.value(2)] : [by]);
  },
  'operator.add': operator('+'),
  'operator.sub': operator('-'),
  'operator.mul': operator('*'),
  'operator.itemgetter': (e, args) => getter(e, args, (key) => call(e.py('getItem'), [primary('item'), key])),
  'operator.attrgetter': (e, args) =>
    getter(e, args, (key) => call(e.py('getAttribute'), [primary('item'), key])),
};

/** A function that is called with as many arguments as there are. */
function anything(by: Js): Js {
  return primary(['(', wrap(by, LEVEL.compare), ' as any)']);
}

/** A function that takes one or several things out of what it is given. */
function getter(e: Emitter, args: Arguments, take: (key: Js) => Js): Js {
  const taken = args.node.args.map((arg) => take(e.expression(arg)));
  const [first, ...more] = taken;
  if (!first) return e.refuse();
  return arrow('(item: any)', more.length === 0 ? first : array(taken.map(({ doc }) => doc)));
}
