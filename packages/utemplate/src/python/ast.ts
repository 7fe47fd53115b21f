import type { PyFloat } from './values.ts';

/** A Python expression. */
export type Expression =
  | { readonly type: 'constant'; readonly value: string | number | PyFloat | boolean | null }
  | { readonly type: 'formatted'; readonly parts: readonly FormattedPart[] }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'tuple' | 'list' | 'set'; readonly items: readonly (Expression | Starred)[] }
  | { readonly type: 'dict'; readonly entries: readonly DictEntry[] }
  | { readonly type: 'unary'; readonly operator: '-' | '+' | '~'; readonly operand: Expression }
  | { readonly type: 'not'; readonly operand: Expression }
  | {
      readonly type: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly type: 'compare';
      readonly first: Expression;
      readonly rest: readonly { readonly operator: string; readonly operand: Expression }[];
    }
  | {
      readonly type: 'conditional';
      readonly test: Expression;
      readonly consequent: Expression;
      readonly alternate: Expression;
    }
  | { readonly type: 'lambda'; readonly parameters: Parameters; readonly body: Expression }
  | Comprehension
  | { readonly type: 'assignment'; readonly name: string; readonly value: Expression }
  | Call
  | { readonly type: 'attribute'; readonly object: Expression; readonly name: string }
  | { readonly type: 'item'; readonly object: Expression; readonly key: Expression }
  | { readonly type: 'slice'; readonly object: Expression; readonly bounds: readonly (Expression | null)[] };

export interface Starred {
  readonly type: 'starred';
  readonly value: Expression;
}

/** Text of an f-string, or an expression in it. */
export type FormattedPart =
  | string
  | {
      readonly value: Expression;
      readonly conversion: string;
      /** The format, which may have expressions of its own. */
      readonly format: readonly FormattedPart[];
    };

/** A key and its value, or `**value`. */
export interface DictEntry {
  readonly key: Expression | null;
  readonly value: Expression;
}

export interface Comprehension {
  readonly type: 'comprehension';
  readonly kind: 'list' | 'set' | 'dict' | 'generator';
  /** Of a dict, the key. */
  readonly element: Expression;
  readonly value: Expression | null;
  readonly clauses: readonly Clause[];
}

/** `for targets in source if condition if condition`. */
export interface Clause {
  readonly target: Target;
  readonly source: Expression;
  readonly conditions: readonly Expression[];
}

/** What is assigned to. */
export type Target =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'item'; readonly object: Expression; readonly key: Expression }
  | { readonly type: 'targets'; readonly targets: readonly Target[] };

export interface Call {
  readonly type: 'call';
  readonly callee: Expression;
  readonly arguments: Arguments;
}

export interface Arguments {
  readonly positional: readonly (Expression | Starred)[];
  /** `name=value`; without a name, `**value`. */
  readonly keywords: readonly { readonly name: string | null; readonly value: Expression }[];
}

/** The parameters of a lambda, or of a template. */
export interface Parameters {
  readonly list: readonly Parameter[];
  /** The name behind `*`, if there is one. */
  readonly rest: string | undefined;
  /** The name behind `**`. */
  readonly keywords: string | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly default: Expression | null;
  readonly kind: 'positional' | 'either' | 'keyword';
}
