import type { Node, NodeType } from './tree.ts';

const definition = ['decorator_list', 'type_params'] as const;
const loop = ['target', 'iter', 'body', 'orelse'] as const;
const attempt = ['body', 'handlers', 'orelse', 'finalbody'] as const;
const compound = ['elt', 'generators'] as const;
const formatted = ['value', 'format_spec'] as const;

/** The fields of each kind of node that hold nodes, in the order of the text as far as that is fixed. */
const FIELDS: { readonly [Type in NodeType]: readonly string[] } = {
  Module: ['body'],
  FunctionDef: [...definition, 'args', 'returns', 'body'],
  AsyncFunctionDef: [...definition, 'args', 'returns', 'body'],
  ClassDef: [...definition, 'bases', 'keywords', 'body'],
  Return: ['value'],
  Delete: ['targets'],
  Assign: ['targets', 'value'],
  TypeAlias: ['name', 'type_params', 'value'],
  AugAssign: ['target', 'value'],
  AnnAssign: ['target', 'annotation', 'value'],
  For: loop,
  AsyncFor: loop,
  While: ['test', 'body', 'orelse'],
  If: ['test', 'body', 'orelse'],
  With: ['items', 'body'],
  AsyncWith: ['items', 'body'],
  Match: ['subject', 'cases'],
  Raise: ['exc', 'cause'],
  Try: attempt,
  TryStar: attempt,
  Assert: ['test', 'msg'],
  Import: ['names'],
  ImportFrom: ['names'],
  Global: [],
  Nonlocal: [],
  Expr: ['value'],
  Pass: [],
  Break: [],
  Continue: [],
  BoolOp: ['values'],
  NamedExpr: ['target', 'value'],
  BinOp: ['left', 'right'],
  UnaryOp: ['operand'],
  Lambda: ['args', 'body'],
  IfExp: ['body', 'test', 'orelse'],
  Dict: ['keys', 'values'],
  List: ['elts'],
  Tuple: ['elts'],
  Set: ['elts'],
  ListComp: compound,
  SetComp: compound,
  GeneratorExp: compound,
  DictComp: ['key', 'value', 'generators'],
  Await: ['value'],
  Yield: ['value'],
  YieldFrom: ['value'],
  Compare: ['left', 'comparators'],
  Call: ['func', 'args', 'keywords'],
  FormattedValue: formatted,
  Interpolation: formatted,
  JoinedStr: ['values'],
  TemplateStr: ['values'],
  Constant: [],
  Attribute: ['value'],
  Subscript: ['value', 'slice'],
  Starred: ['value'],
  Name: [],
  Slice: ['lower', 'upper', 'step'],
  Arguments: ['posonlyargs', 'args', 'vararg', 'kwonlyargs', 'kw_defaults', 'kwarg', 'defaults'],
  Arg: ['annotation'],
  Keyword: ['value'],
  Alias: [],
  Comprehension: ['target', 'iter', 'ifs'],
  ExceptHandler: ['type', 'body'],
  WithItem: ['context_expr', 'optional_vars'],
  MatchCase: ['pattern', 'guard', 'body'],
  MatchValue: ['value'],
  MatchSingleton: [],
  MatchSequence: ['patterns'],
  MatchOr: ['patterns'],
  MatchMapping: ['keys', 'patterns'],
  MatchClass: ['cls', 'patterns', 'kwd_patterns'],
  MatchStar: [],
  MatchAs: ['pattern'],
  TypeVar: ['bound', 'default_value'],
  ParamSpec: ['default_value'],
  TypeVarTuple: ['default_value'],
};

/** The fields of a node, to be asked for by the names that `fieldsOf` has. */
export type Holder = Readonly<Record<string, Node | (Node | null)[] | null | undefined>>;

/** The names of the fields of a node that hold nodes. */
export function fieldsOf(node: Node): readonly string[] {
  return FIELDS[node.nodeType];
}

/** Calls `visit` with each child of a node. */
export function eachChild(node: Node, visit: (child: Node) => void): void {
  const holder = node as unknown as Holder;
  for (const field of FIELDS[node.nodeType]) {
    const value = holder[field];
    if (!value) continue;
    if (!Array.isArray(value)) visit(value);
    else for (const child of value) if (child) visit(child);
  }
}

/** Calls `visit` with a node and all below it, a node before its children; `false` from it leaves out the children. */
export function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  if (visit(node) === false) return;
  const holder = node as unknown as Holder;
  for (const field of FIELDS[node.nodeType]) {
    const value = holder[field];
    if (!value) continue;
    if (!Array.isArray(value)) walk(value, visit);
    else for (const child of value) if (child) walk(child, visit);
  }
}
