import type { Expression } from '../python/ast.ts';
import { type ExpressionCompiler, namesOf } from '../python/expressionCompiler.ts';
import type { Node } from './nodes.ts';
import type { TemplateScope } from './templateScope.ts';

type For = Extract<Node, { type: 'for' }>;

/**
 * Whether a loop does nothing but to print: then it can be gone through in a function that is none to be resumed, which
 * takes half the time, and is given up without harm where there is a promise after all.
 */
export function isPassable(loop: For): boolean {
  return loop.body.every(isPassableNode) && isPureTarget(loop);
}

function isPassableNode(node: Node): boolean {
  switch (node.type) {
    case 'text':
      return true;
    case 'print':
      return isPure(node.value);
    case 'if':
      return isPure(node.test) && [...node.consequent, ...node.alternate].every(isPassableNode);
    case 'for':
      return isPure(node.source) && isPassable(node);
    default:
      return false;
  }
}

function isPureTarget({ target }: For): boolean {
  return !JSON.stringify(target).includes('"item"');
}

/** Whether an expression calls nothing of the template's own, and assigns nothing. */
function isPure(expression: Expression): boolean {
  let isPure = true;
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === 'object' && part !== null) {
      if (/^(?:lambda|comprehension|assignment|starred)$/.test((part as { type?: string }).type ?? ''))
        isPure = false;
      Object.values(part).forEach(visit);
    }
  };
  visit(expression);
  return isPure;
}

/**
 * JavaScript that goes through `items` as far as that can be done in passing, with a stop wherever there is enough to hand
 * out, and leaves in `items` what is left.
 */
export function compilePassage(
  loop: For,
  number: number,
  expressions: ExpressionCompiler,
  scope: TemplateScope,
  isEscaped: boolean,
): string {
  const names = new Map(loopNames([loop]).map((name) => [name, local(name)]));
  // Outside of its loop a name may have no value: that is left to the long way.
  const uncertain = new Map(Array.from(names, ([name, js]) => [name, `(${js} === UNSET ? bail() : ${js})`]));
  const body = expressions.within(uncertain, 'pure', () =>
    new PassageCompiler(expressions, scope, isEscaped).body(loop, 'list[i]'),
  );
  const variables = Array.from(names, ([name, js]) => `${js} = ${scope.variable(name)}`);
  const kept = Array.from(names, ([name, js]) => `${scope.variable(name)} = ${js};`).join(' ');
  const items = `items${number}`;
  return `if (Array.isArray(${items})) {
const pass = (list, from) => {
const limit = R.limit, most = limit + 4096;
let ${['t', 'o = R.text', 'mark = o', 'i = from', ...variables].join(', ')};
try {
for (; i < list.length && o.length <= limit; i++) { mark = o; ${body} }
} catch (error) { if (error !== BAIL) throw error; R.text = mark; return ~i; }
R.text = o; ${kept}
return i;
};
let at = 0;
for (;;) { at = pass(${items}, at); if (at < 0 || at >= ${items}.length) break; yield FLUSH; }
${items} = itemsFrom(${items}, at < 0 ? ~at : at);
}`;
}

/** Compiles what is within a passage, where text is added to `o`. */
class PassageCompiler {
  readonly #expressions: ExpressionCompiler;
  readonly #scope: TemplateScope;
  readonly #isEscaped: boolean;
  #loops = 0;
  /** What `line` is at this point, if that is certain. */
  #line: number | undefined;

  constructor(expressions: ExpressionCompiler, scope: TemplateScope, isEscaped: boolean) {
    this.#expressions = expressions;
    this.#scope = scope;
    this.#isEscaped = isEscaped;
  }

  body({ target, body, line }: For, item: string): string {
    // Where all is on one line, that is said before the loop.
    const isSaid = this.#line === line && body.every((node) => isOnLine(node, line));
    const names = new Map(namesOf(target).map((name) => [name, local(name)]));
    return this.#expressions.within(names, 'pure', () => {
      const assigned = this.#expressions.assign(target, `(isThenable(t = ${item}) ? bail() : t)`);
      this.#line = line;
      const nodes = body.map((node) => this.#node(node)).join('\n');
      this.#line = isSaid ? line : undefined;
      return `${this.#scope.tick}${isSaid ? '' : `line = ${line}; `}${assigned}\n${nodes}`;
    });
  }

  /** Code that says where the template is, if that is not known. */
  #at(line: number): string {
    if (this.#line === line) return '';
    this.#line = line;
    return `line = ${line}; `;
  }

  #node(node: Node): string {
    const expressions = this.#expressions;
    switch (node.type) {
      case 'text':
        return `o += ${JSON.stringify(node.text)};`;
      case 'print':
        return `${this.#at(node.line)}{ const x = ${expressions.raw(node.value)}; ${this.#isEscaped ? ESCAPED : PLAIN} }`;
      case 'if': {
        const at = this.#at(node.line);
        const [consequent, alternate] = [node.consequent, node.alternate].map((nodes) => {
          this.#line = node.line;
          return nodes.map((one) => this.#node(one)).join('\n');
        });
        this.#line = undefined;
        return `${at}if (${expressions.test(node.test)}) {\n${consequent}\n} else {\n${alternate}\n}`;
      }
      case 'for': {
        const number = ++this.#loops;
        const [list, at] = [`list${number}`, `at${number}`];
        const source = `${this.#at(node.line)}const ${list} = pureItems(${expressions.value(node.source)});`;
        // A list that fills the page all by itself is one to stop within.
        const stop = 'if (o.length > most) bail();';
        const body = this.body(node, `${list}[${at}]`);
        return `${source} for (let ${at} = 0; ${at} < ${list}.length; ${at}++) { ${stop} ${body}\n}`;
      }
      default:
        throw new TypeError(`${node.type} cannot be done in passing`);
    }
  }
}

/** The usual ones at once: text, and small ints. */
const ADDED = 'if (typeof x === "number" && (x | 0) === x) o += x; else if (isThenable(x)) bail(); else';
const PLAIN = `if (typeof x === "string") o += x; else ${ADDED} o += str(x);`;
const ESCAPED = `if (typeof x === "string") o += escapeHtml(x); else ${ADDED} o += show(x);`;

/** What is added to the page of a value, `t`. */
export function shown(isEscaped: boolean): string {
  return isEscaped ? 'typeof t === "string" ? escapeHtml(t) : show(t)' : 'typeof t === "string" ? t : str(t)';
}

/** Whether a node begins on a line, and so does all that is in it. */
function isOnLine(node: Node, line: number): boolean {
  if (node.line !== line) return false;
  if (node.type === 'for') return node.body.every((one) => isOnLine(one, line));
  return node.type !== 'if' || [...node.consequent, ...node.alternate].every((one) => isOnLine(one, line));
}

/** What a name of a loop is in its passage. */
function local(name: string): string {
  return `p_${name}`;
}

/** The names that loops assign to, those within them included. */
function loopNames(nodes: readonly Node[]): string[] {
  const names = nodes.flatMap((node) => {
    if (node.type === 'for') return [...namesOf(node.target), ...loopNames(node.body)];
    return node.type === 'if' ? loopNames([...node.consequent, ...node.alternate]) : [];
  });
  return [...new Set(names)];
}
