import type { Arguments, Expression, Parameters, Target } from '../python/ast.ts';

/** A template, parsed. */
export interface Template {
  readonly parameters: Parameters;
  readonly body: readonly Node[];
}

/** A part of a template; `line` is where it begins. */
export type Node = { readonly line: number } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'print'; readonly value: Expression }
  | {
      readonly type: 'if';
      readonly test: Expression;
      readonly consequent: readonly Node[];
      readonly alternate: readonly Node[];
    }
  | {
      readonly type: 'for';
      readonly target: Target;
      readonly source: Expression;
      readonly body: readonly Node[];
    }
  | { readonly type: 'while'; readonly test: Expression; readonly body: readonly Node[] }
  | Include
  | Statement
);

/** `{% include "name" arguments %}`, or with `{{ name }}`. */
export interface Include {
  readonly type: 'include';
  readonly name: string | Expression;
  readonly arguments: Arguments;
  readonly line: number;
  readonly column: number;
}

/** What `{% set %}` has. */
export type Statement =
  | { readonly type: 'assign'; readonly targets: readonly Target[]; readonly value: Expression }
  | {
      readonly type: 'augment';
      readonly target: Target;
      readonly operator: string;
      readonly value: Expression;
    }
  | { readonly type: 'expression'; readonly value: Expression }
  | { readonly type: 'leave'; readonly keyword: 'break' | 'continue' | 'return' }
  | { readonly type: 'pass' };
