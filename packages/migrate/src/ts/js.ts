import { type Doc, group, HARD, indent, join, LINE, list, print, verbatim } from './doc.ts';

/** A JavaScript expression, and how tightly it binds: what needs parentheses where is decided by that. */
export interface Js {
  readonly doc: Doc;
  readonly level: number;
  /** What may be written as the body of an arrow function or an argument without a line of its own. */
  readonly hugs?: boolean;
  /** Its `await` is in it already. */
  readonly isAwaited?: boolean;
  /** An object literal, which needs parentheses where a block could stand. */
  readonly isObject?: boolean;
}

export const LEVEL = {
  primary: 20,
  unary: 15,
  power: 14,
  multiply: 13,
  add: 12,
  shift: 11,
  compare: 10,
  equal: 9,
  bitAnd: 8,
  bitXor: 7,
  bitOr: 6,
  and: 5,
  or: 4,
  nullish: 3.5,
  conditional: 3,
  arrow: 2,
} as const;

export function primary(doc: Doc): Js {
  return { doc, level: LEVEL.primary };
}

export function js(doc: Doc, level: number): Js {
  return { doc, level };
}

/** The expression, in parentheses where it binds less tightly than its place wants. */
export function wrap(expression: Js, level: number): Doc {
  return expression.level < level ? ['(', expression.doc, ')'] : expression.doc;
}

export function text(value: string): Js {
  return primary(quoted(value));
}

/** A string literal, in single quotes unless the other ones save a backslash. */
export function quoted(value: string): string {
  const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
  let out = '';
  for (const character of value) {
    if (character === mark || character === '\\') out += `\\${character}`;
    else out += ESCAPES[character] ?? (isInvisible(character) ? escaped(character) : character);
  }
  return mark + out + mark;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

function isInvisible(character: string): boolean {
  return /^[\p{Cc}\p{Cs}\u2028\u2029\ufeff]$/u.test(character);
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

export function number(value: number | bigint): Js {
  const isNegative = value < 0;
  return { doc: String(value), level: isNegative ? LEVEL.unary : LEVEL.primary };
}

export function member(object: Js, name: string): Js {
  const isNumber = typeof object.doc === 'string' && /^\d+$/.test(object.doc);
  return primary(isNumber ? ['(', object.doc, ').', name] : [wrap(object, LEVEL.primary), '.', name]);
}

export function index(object: Js, key: Js): Js {
  return primary([wrap(object, LEVEL.primary), '[', key.doc, ']']);
}

export function nonNull(object: Js): Js {
  return primary([wrap(object, LEVEL.primary), '!']);
}

export function call(callee: Js, args: readonly Js[]): Js {
  return primary([wrap(callee, LEVEL.primary), argumentList(args)]);
}

export function newOf(callee: Js, args: readonly Js[]): Js {
  return primary(['new ', wrap(callee, LEVEL.primary), argumentList(args)]);
}

/** The last argument stays on the line of the parenthesis where it is a function, an object or a list. */
export function argumentList(args: readonly Js[]): Doc {
  const docs = args.map((arg) => wrap(arg, LEVEL.arrow));
  const last = args.at(-1);
  if (last?.hugs && args.slice(0, -1).every((arg) => !arg.hugs && isShort(arg)))
    return ['(', join(docs, ', '), ')'];
  return list('(', docs, ')');
}

function isShort(expression: Js): boolean {
  return print(expression.doc, Number.POSITIVE_INFINITY).length < 70;
}

export function binary(operator: string, left: Js, right: Js, level: number): Js {
  // `as any | 1` would be a type.
  const least = operator === '|' || operator === '&' ? LEVEL.compare + 0.1 : level;
  const doc = [wrap(left, Math.max(level, least)), ` ${operator}`, indent([LINE, wrap(right, level + 0.1)])];
  return js(group(doc), level);
}

/** `a && b && c`: one group, so that it breaks at all operators or at none. */
export function chain(operator: string, operands: readonly Js[], level: number): Js {
  const [first, ...rest] = operands.map((operand) => wrap(operand, level + 0.1));
  return js(group([first as Doc, indent(rest.map((doc) => [` ${operator}`, LINE, doc]))]), level);
}

export function unary(operator: string, operand: Js): Js {
  // `--x` takes one away from x.
  const isDecrement =
    operand.level === LEVEL.unary && /[-+]/.test(operator) && beginsWith(operand.doc, operator);
  return js([operator, isDecrement ? ['(', operand.doc, ')'] : wrap(operand, LEVEL.unary)], LEVEL.unary);
}

function beginsWith(doc: Doc | undefined, operator: string): boolean {
  if (typeof doc === 'string') return doc.startsWith(operator);
  return Array.isArray(doc) && beginsWith(doc[0], operator);
}

export function conditional(test: Js, yes: Js, no: Js): Js {
  const doc = group([
    wrap(test, LEVEL.conditional + 0.1),
    indent([LINE, '? ', wrap(yes, LEVEL.arrow), LINE, ': ', wrap(no, LEVEL.arrow)]),
  ]);
  return js(doc, LEVEL.conditional);
}

export function array(items: readonly Doc[]): Js {
  return { doc: list('[', items, ']'), level: LEVEL.primary, hugs: items.length > 0 };
}

export function object(properties: readonly Doc[], isBroken = false): Js {
  const doc = list('{', properties, '}', isBroken ? HARD : LINE);
  return { doc, level: LEVEL.primary, hugs: true, isObject: true };
}

/** An arrow function; a body that is a list of statements becomes a block. */
export function arrow(params: string, body: Js | readonly Doc[], isAsync = false): Js {
  const head = `${isAsync ? 'async ' : ''}${params} =>`;
  if (!isStatements(body)) {
    const inner = body.isObject ? ['(', body.doc, ')'] : wrap(body, LEVEL.arrow);
    return {
      doc: body.hugs || body.isObject ? [head, ' ', inner] : group([head, indent([LINE, inner])]),
      level: LEVEL.arrow,
      hugs: true,
    };
  }
  return { doc: [head, ' ', block(body)], level: LEVEL.arrow, hugs: true };
}

function isStatements(body: Js | readonly Doc[]): body is readonly Doc[] {
  return Array.isArray(body);
}

export function block(statements: readonly Doc[]): Doc {
  if (statements.length === 0) return '{}';
  return ['{', indent([HARD, join(statements, HARD)]), HARD, '}'];
}

/** A template literal, or a plain string where nothing is filled in. */
export function template(parts: readonly (string | Js)[]): Js {
  const merged: (string | Js)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
  }
  if (merged.length === 0) return text('');
  if (merged.length === 1 && typeof merged[0] === 'string') return text(merged[0]);
  const inner = merged.map((part) =>
    typeof part === 'string' ? templateText(part) : `\${${print(part.doc, Number.POSITIVE_INFINITY)}}`,
  );
  return primary(verbatim(`\`${inner.join('')}\``));
}

/** Text within a template literal. Line breaks stay where the text has several lines, and are escaped at its end. */
export function templateText(value: string): string {
  const isLong = /\n./.test(value);
  return Array.from(value, (character) => {
    if (character === '\n' && isLong) return character;
    return character === '`' || character === '\\'
      ? `\\${character}`
      : (ESCAPES[character] ?? (isInvisible(character) ? escaped(character) : character));
  })
    .join('')
    .replaceAll('${', '\\${');
}
