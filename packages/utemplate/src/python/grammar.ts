import type { Expression, Starred } from './ast.ts';
import { TokenStream } from './tokenStream.ts';

/** What the parts of the parser know of each other: each is a rule of Python's grammar. */
export abstract class Grammar extends TokenStream {
  /** `then if test else otherwise`, a lambda, or what is simpler. */
  abstract expression(): Expression;
  /** An expression, or `name := value`. */
  abstract named(): Expression;
  /** What may stand in a list: `*items`, or any of the former. */
  abstract element(): Expression | Starred;
  /** `a or b` and what binds more: what a comprehension has behind `in` and `if`. */
  abstract or(): Expression;
  /** What binds more than a comparison. */
  abstract binary(): Expression;
  /** Another text, as f-strings have in them. @param offset that of the string, for errors. */
  abstract parseWithin(text: string, offset: number): Expression;
}
