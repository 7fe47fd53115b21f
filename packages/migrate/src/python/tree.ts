/**
 * The tree of a Python source, named as in Python's own `ast`.
 *
 * Offsets count UTF-16 code units. Parentheses around an expression belong to no node, as in Python's tree; a function or
 * class starts at its `def` or `class`, after the decorators.
 */
export interface BaseNode {
  start: number;
  /** The first offset after the node. */
  end: number;
  /** The node around this one; the module has none. */
  parent: Node | null;
}

export interface Module extends BaseNode {
  nodeType: 'Module';
  body: Statement[];
}

// Statements

export interface FunctionDef extends BaseNode {
  nodeType: 'FunctionDef' | 'AsyncFunctionDef';
  name: string;
  args: Arguments;
  body: Statement[];
  decorator_list: Expression[];
  returns?: Expression;
  type_params: TypeParam[];
  /** Its own `yield`s, once somebody has looked for them. */
  yields?: (Yield | YieldFrom)[];
}

export interface ClassDef extends BaseNode {
  nodeType: 'ClassDef';
  name: string;
  bases: Expression[];
  keywords: Keyword[];
  body: Statement[];
  decorator_list: Expression[];
  type_params: TypeParam[];
}

export interface Return extends BaseNode {
  nodeType: 'Return';
  value?: Expression;
}

export interface Delete extends BaseNode {
  nodeType: 'Delete';
  targets: Expression[];
}

export interface Assign extends BaseNode {
  nodeType: 'Assign';
  targets: Expression[];
  value: Expression;
}

export interface TypeAlias extends BaseNode {
  nodeType: 'TypeAlias';
  name: Expression;
  type_params: TypeParam[];
  value: Expression;
}

export interface AugAssign extends BaseNode {
  nodeType: 'AugAssign';
  target: Expression;
  op: Operator;
  value: Expression;
}

export interface AnnAssign extends BaseNode {
  nodeType: 'AnnAssign';
  target: Expression;
  annotation: Expression;
  value?: Expression;
  simple: number;
}

export interface For extends BaseNode {
  nodeType: 'For' | 'AsyncFor';
  target: Expression;
  iter: Expression;
  body: Statement[];
  orelse: Statement[];
}

export interface While extends BaseNode {
  nodeType: 'While';
  test: Expression;
  body: Statement[];
  orelse: Statement[];
}

export interface If extends BaseNode {
  nodeType: 'If';
  test: Expression;
  body: Statement[];
  /** An `elif` is an `If` alone in here. */
  orelse: Statement[];
}

export interface With extends BaseNode {
  nodeType: 'With' | 'AsyncWith';
  items: WithItem[];
  body: Statement[];
}

export interface Match extends BaseNode {
  nodeType: 'Match';
  subject: Expression;
  cases: MatchCase[];
}

export interface Raise extends BaseNode {
  nodeType: 'Raise';
  exc?: Expression;
  cause?: Expression;
}

export interface Try extends BaseNode {
  nodeType: 'Try' | 'TryStar';
  body: Statement[];
  handlers: ExceptHandler[];
  orelse: Statement[];
  finalbody: Statement[];
}

export interface Assert extends BaseNode {
  nodeType: 'Assert';
  test: Expression;
  msg?: Expression;
}

export interface Import extends BaseNode {
  nodeType: 'Import';
  names: Alias[];
}

export interface ImportFrom extends BaseNode {
  nodeType: 'ImportFrom';
  /** Absent in `from . import x`. */
  module?: string;
  names: Alias[];
  /** How many dots; 0 or absent for none. */
  level?: number;
}

export interface Global extends BaseNode {
  nodeType: 'Global' | 'Nonlocal';
  names: string[];
}

export interface Expr extends BaseNode {
  nodeType: 'Expr';
  value: Expression;
}

export interface Simple extends BaseNode {
  nodeType: 'Pass' | 'Break' | 'Continue';
}

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Expr
  | Simple;

// Expressions

export interface BoolOp extends BaseNode {
  nodeType: 'BoolOp';
  op: { nodeType: 'And' | 'Or' };
  values: Expression[];
}

export interface NamedExpr extends BaseNode {
  nodeType: 'NamedExpr';
  target: Expression;
  value: Expression;
}

export interface BinOp extends BaseNode {
  nodeType: 'BinOp';
  left: Expression;
  op: Operator;
  right: Expression;
}

export interface UnaryOp extends BaseNode {
  nodeType: 'UnaryOp';
  op: { nodeType: 'Invert' | 'Not' | 'UAdd' | 'USub' };
  operand: Expression;
}

export interface Lambda extends BaseNode {
  nodeType: 'Lambda';
  args: Arguments;
  body: Expression;
}

export interface IfExp extends BaseNode {
  nodeType: 'IfExp';
  test: Expression;
  body: Expression;
  orelse: Expression;
}

export interface Dict extends BaseNode {
  nodeType: 'Dict';
  /** `null` where `**mapping` stands. */
  keys: (Expression | null)[];
  values: Expression[];
}

export interface SequenceDisplay extends BaseNode {
  nodeType: 'List' | 'Tuple' | 'Set';
  elts: Expression[];
}

export interface ElementComprehension extends BaseNode {
  nodeType: 'ListComp' | 'SetComp' | 'GeneratorExp';
  elt: Expression;
  generators: Comprehension[];
}

export interface DictComp extends BaseNode {
  nodeType: 'DictComp';
  key: Expression;
  value: Expression;
  generators: Comprehension[];
}

export interface Await extends BaseNode {
  nodeType: 'Await';
  value: Expression;
}

export interface Yield extends BaseNode {
  nodeType: 'Yield';
  value?: Expression;
}

export interface YieldFrom extends BaseNode {
  nodeType: 'YieldFrom';
  value: Expression;
}

export interface Compare extends BaseNode {
  nodeType: 'Compare';
  left: Expression;
  ops: { nodeType: 'Eq' | 'NotEq' | 'Lt' | 'LtE' | 'Gt' | 'GtE' | 'Is' | 'IsNot' | 'In' | 'NotIn' }[];
  comparators: Expression[];
}

export interface Call extends BaseNode {
  nodeType: 'Call';
  func: Expression;
  args: Expression[];
  keywords: Keyword[];
}

export interface FormattedValue extends BaseNode {
  nodeType: 'FormattedValue' | 'Interpolation';
  value: Expression;
  /** The code of `s`, `r` or `a` after `!`, or -1. */
  conversion: number;
  format_spec?: Expression;
}

export interface JoinedStr extends BaseNode {
  nodeType: 'JoinedStr' | 'TemplateStr';
  values: Expression[];
}

export interface Constant extends BaseNode {
  nodeType: 'Constant';
  /** What it is, since `1` and `1.0`, `'...'` and `...`, are the same to JavaScript. */
  type: 'str' | 'bytes' | 'int' | 'float' | 'complex' | 'bool' | 'none' | 'ellipsis';
  /** Bytes as a string with a character per byte; complex numbers and the ellipsis as they are written. */
  value: string | number | bigint | boolean | null;
}

export interface Attribute extends BaseNode {
  nodeType: 'Attribute';
  value: Expression;
  attr: string;
}

export interface Subscript extends BaseNode {
  nodeType: 'Subscript';
  value: Expression;
  slice: Expression;
}

export interface Starred extends BaseNode {
  nodeType: 'Starred';
  value: Expression;
}

export interface Name extends BaseNode {
  nodeType: 'Name';
  id: string;
  ctx: { nodeType: 'Load' | 'Store' | 'Del' };
  /** What it means: the place of `bindingsOf`, which alone reads it and writes it. */
  binding: object | null;
}

export interface Slice extends BaseNode {
  nodeType: 'Slice';
  lower?: Expression;
  upper?: Expression;
  step?: Expression;
}

export type Expression =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SequenceDisplay
  | ElementComprehension
  | DictComp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | JoinedStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | Slice;

export interface Operator {
  nodeType:
    | 'Add'
    | 'Sub'
    | 'Mult'
    | 'MatMult'
    | 'Div'
    | 'Mod'
    | 'Pow'
    | 'LShift'
    | 'RShift'
    | 'BitOr'
    | 'BitXor'
    | 'BitAnd'
    | 'FloorDiv';
}

// Parts of statements and expressions

export interface Arguments extends BaseNode {
  nodeType: 'Arguments';
  posonlyargs: Arg[];
  args: Arg[];
  vararg?: Arg;
  kwonlyargs: Arg[];
  /** One for each of `kwonlyargs`; `null` where there is no default. */
  kw_defaults: (Expression | null)[];
  kwarg?: Arg;
  /** Those of the last of `posonlyargs` and `args`. */
  defaults: Expression[];
}

export interface Arg extends BaseNode {
  nodeType: 'Arg';
  arg: string;
  annotation?: Expression;
}

export interface Keyword extends BaseNode {
  nodeType: 'Keyword';
  /** Absent for `**mapping`. */
  arg?: string;
  value: Expression;
}

export interface Alias extends BaseNode {
  nodeType: 'Alias';
  /** With its dots, or `*`. */
  name: string;
  asname?: string;
}

export interface Comprehension extends BaseNode {
  nodeType: 'Comprehension';
  target: Expression;
  iter: Expression;
  ifs: Expression[];
  is_async: number;
}

export interface ExceptHandler extends BaseNode {
  nodeType: 'ExceptHandler';
  type?: Expression;
  name?: string;
  body: Statement[];
}

export interface WithItem extends BaseNode {
  nodeType: 'WithItem';
  context_expr: Expression;
  optional_vars?: Expression;
}

export interface MatchCase extends BaseNode {
  nodeType: 'MatchCase';
  pattern: Pattern;
  guard?: Expression;
  body: Statement[];
}

export interface MatchValue extends BaseNode {
  nodeType: 'MatchValue';
  value: Expression;
}

export interface MatchSingleton extends BaseNode {
  nodeType: 'MatchSingleton';
  value: boolean | null;
}

export interface MatchAlternatives extends BaseNode {
  nodeType: 'MatchSequence' | 'MatchOr';
  patterns: Pattern[];
}

export interface MatchMapping extends BaseNode {
  nodeType: 'MatchMapping';
  keys: Expression[];
  patterns: Pattern[];
  rest?: string;
}

export interface MatchClass extends BaseNode {
  nodeType: 'MatchClass';
  cls: Expression;
  patterns: Pattern[];
  kwd_attrs: string[];
  kwd_patterns: Pattern[];
}

export interface MatchStar extends BaseNode {
  nodeType: 'MatchStar';
  name?: string;
}

export interface MatchAs extends BaseNode {
  nodeType: 'MatchAs';
  pattern?: Pattern;
  name?: string;
}

export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchAlternatives
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs;

export interface TypeParam extends BaseNode {
  nodeType: 'TypeVar' | 'ParamSpec' | 'TypeVarTuple';
  name: string;
  bound?: Expression;
  default_value?: Expression;
}

export type Node =
  | Module
  | Statement
  | Expression
  | Arguments
  | Arg
  | Keyword
  | Alias
  | Comprehension
  | ExceptHandler
  | WithItem
  | MatchCase
  | Pattern
  | TypeParam;

export type NodeType = Node['nodeType'];
