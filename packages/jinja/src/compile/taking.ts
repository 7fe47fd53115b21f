import type { Node, NodeList } from '../nunjucks.ts';
import type { PairNode, ValueNode } from '../syntax/nodes.ts';

/** How the value of an expression is taken: whether it may be undefined, and with the promises within it or without. */
export type Taking = 'expression' | 'strict' | 'deep' | 'whole';

/** What may be done with an undefined value, even where that is strict. */
export const TOLERANT_FILTERS: ReadonlySet<string> = new Set([
  'default',
  'd',
  'items',
  'pprint',
  'tojson',
  'abs',
  'round',
]);
export const TOLERANT_TESTS: ReadonlySet<string> = new Set([
  'defined',
  'undefined',
  'none',
  'string',
  'number',
  'integer',
  'float',
  'boolean',
  'mapping',
  'callable',
  'sequence',
  'sameas',
  'true',
  'false',
  'escaped',
]);

/** Filters whose arguments become part of their text, and those that look into what they are. */
export const FILTER_ARGUMENTS: ReadonlyMap<string, Taking> = new Map([
  ['format', 'whole'],
  ['replace', 'strict'],
  ['join', 'strict'],
  ['truncate', 'strict'],
  ['indent', 'strict'],
  ['select', 'deep'],
  ['reject', 'deep'],
  ['selectattr', 'deep'],
  ['rejectattr', 'deep'],
] as const);
/** Methods and functions that look into their arguments. */
export const METHOD_ARGUMENTS: ReadonlyMap<string, Taking> = new Map([
  ['format', 'whole'],
  ['format_map', 'whole'],
  ['join', 'whole'],
  ['update', 'deep'],
] as const);
export const DEEP_FUNCTIONS: ReadonlySet<string> = new Set(['dict', 'namespace']);

/** Filters that take in all that is within their subject. */
export const DEEP_FILTERS: ReadonlySet<string> = new Set(
  'dictsort join map max min pprint sort string sum tojson unique urlencode xmlattr'.split(' '),
);
/** Filters that read one attribute of each item, and which of their arguments names it; `map` has it by name only. */
const ATTRIBUTE_FILTERS: Readonly<Record<string, number>> = {
  groupby: 0,
  join: 1,
  map: Number.POSITIVE_INFINITY,
  max: 1,
  min: 1,
  rejectattr: 0,
  selectattr: 0,
  sort: 2,
  sum: 0,
  unique: 1,
};

/** The argument of a filter that names an attribute. */
export function attributeOf(name: string, args: readonly Node[]): Node | undefined {
  const position = Object.hasOwn(ATTRIBUTE_FILTERS, name) ? ATTRIBUTE_FILTERS[name] : undefined;
  if (position === undefined) return undefined;
  const pairs = args.flatMap((arg) =>
    arg.typename === 'KeywordArgs' ? ((arg as NodeList).children as PairNode[]) : [],
  );
  const pair = pairs.find(
    ({ typename, key }) => typename === 'Pair' && (key as ValueNode<unknown>).value === 'attribute',
  );
  const positional = args.filter(({ typename }) => typename !== 'KeywordArgs');
  return pair?.value ?? positional[position];
}

/** Whether the value of an expression can be something that has promises within it. */
export function mayHoldPromises({ typename }: Node): boolean {
  return !['Literal', 'FloatLiteral', 'TemplateData', 'Concat', 'Not', 'Compare', 'Test', 'In'].includes(
    typename,
  );
}
