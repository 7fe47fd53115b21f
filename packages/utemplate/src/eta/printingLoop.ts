import type { AnyNode, ForOfStatement } from 'acorn';
import type { Code } from './code.ts';
import type { Prints } from './prints.ts';
import { isFunction, visit } from './syntaxTree.ts';

/** What a loop has in its body, one after the other: code of our own that adds text, and values that are printed. */
export type Printing =
  | { readonly type: 'text'; readonly code: string }
  | { readonly type: 'value'; readonly code: string; readonly line: number; readonly isRaw: boolean };

/** How the code of a loop is made. */
export interface PrintingLoopOptions {
  /** Tells apart the loops of a template. */
  readonly number: number;
  readonly code: Code;
  readonly lineOf: (position: number) => number;
  /** What is done at the beginning of every round. */
  readonly before: string;
  /** Waits for the promise in `__t`. */
  readonly wait: string;
  readonly flushLong: string;
  /** What is printed of the value of a variable. */
  readonly print: (variable: string, isRaw: boolean) => string;
}

/** What a loop prints, if that is all that it does, and the item stays what it is. */
export function printingsOf(
  node: AnyNode,
  prints: Prints,
  { code, lineOf }: PrintingLoopOptions,
): Printing[] | undefined {
  if (node.type !== 'ForOfStatement' || node.await) return undefined;
  const { left, body } = node;
  if (left.type !== 'VariableDeclaration' || left.kind === 'var' || !isPlain(left)) return undefined;
  if (body.type !== 'BlockStatement') return undefined;
  const printings = body.body.map((statement): Printing | undefined => {
    const print = prints.at(statement);
    if (print) {
      const { value, valueStart, valueEnd, isRaw } = print;
      if (!isPlain(value) || print.isBody || print.include) return undefined;
      const text = code.text.slice(valueStart, valueEnd);
      return { type: 'value', code: text, line: lineOf(valueStart), isRaw };
    }
    if (statement.type !== 'ExpressionStatement' || code.isOfTemplate(statement.start)) return undefined;
    return { type: 'text', code: code.text.slice(statement.start, statement.end) };
  });
  return printings.every((one) => one !== undefined) ? printings : undefined;
}

/** Whether code can be in two places: nothing is to be added in it, and it gives the item no other value. */
function isPlain(root: AnyNode): boolean {
  let isPlain = true;
  visit(root, ({ node }) => {
    if (isFunction(node) || /^(?:Await|Class|Assignment|Update)Expression$/.test(node.type)) isPlain = false;
  });
  return isPlain;
}

/**
 * The code of such a loop, before and behind what it goes through.
 *
 * An array is gone through in a function that is none to be resumed, which takes two thirds of the time, with a stop
 * wherever there is enough to hand out. Where it meets a promise, it leaves the rest to a loop in the generator, which
 * begins in the middle of its body: no value is computed twice.
 */
export function printingLoop(
  { start, left, right }: ForOfStatement,
  printings: readonly Printing[],
  options: PrintingLoopOptions,
): readonly [before: string, after: string] {
  const { number, code, lineOf, before, flushLong } = options;
  const [items, at, step, pass] = ['items', 'at', 'step', 'pass'].map((name) => `__${name}${number}`);
  const declaration = code.text.slice(left.start, left.end);
  const source = JSON.stringify(code.text.slice(right.start, right.end));
  const line = lineOf(start);
  const { passing, waiting } = bodies(printings, line, `${step}`, options);
  return [
    `{let ${step}=0,${at}=-1,${items}=(`,
    `
);__line=${line};if(Array.isArray(${items})){${at}=0;
const ${pass}=(__list,__i)=>{let __v;for(;__i<__list.length;__i++){if(__run.text.length>__run.limit)return __i;
${before}${declaration}=__list[__i];
${passing}
}return __i;};
while((${at}=${pass}(${items},${at}))>=0&&${at}<${items}.length)yield __eta.flush;
if(${at}<0)${items}=__eta.itemsFrom(${items},~${at});}else ${items}=__eta.iterable(${items},${source});
if(${at}<0)for(${declaration} of ${items}){${flushLong}switch(${step}){case 0:${before}
${waiting}
}${step}=0;}}`,
  ];
}

/** The body in passing, and where it can wait: with a `case` for each of its values. */
function bodies(
  printings: readonly Printing[],
  loopLine: number,
  step: string,
  { wait, print }: PrintingLoopOptions,
): { passing: string; waiting: string } {
  const isOnLine = staysOnLine(printings, loopLine);
  let values = 0;
  const passing: string[] = [];
  const waiting: string[] = [];
  for (const printing of printings) {
    const { type, code } = printing;
    if (type === 'text') {
      passing.push(code);
      waiting.push(code);
      continue;
    }
    const { line, isRaw } = printing;
    const leave = `__t=__v;${step}=${++values};return ~__i;`;
    passing.push(
      `${isOnLine ? '' : `__line=${line};`}__v=(${code}\n);`,
      `if(${isThenable('__v')}){${leave}}__run.text+=${print('__v', isRaw)};`,
    );
    waiting.push(
      `__line=${line};__t=(${code}\n);`,
      `case ${values}:if(${isThenable('__t')}){${wait}}__run.text+=${print('__t', isRaw)};`,
    );
  }
  return { passing: passing.join('\n'), waiting: waiting.join('\n') };
}

/** Whether all is on the line of the loop, and calls nothing that may be elsewhere. */
function staysOnLine(printings: readonly Printing[], line: number): boolean {
  return printings.every((one) => one.type === 'text' || (one.line === line && !one.code.includes('(')));
}

function isThenable(name: string): string {
  return `typeof ${name}==='object'&&__eta.isThenable(${name})`;
}
