import type { Node, NodeList } from '../nunjucks.ts';
import type {
  AttributeNode,
  BinaryNode,
  CallNode,
  CompareNode,
  ConditionNode,
  FilterNode,
  ItemNode,
  PairNode,
  SliceNode,
  SymbolNode,
  TestNode,
  UnaryNode,
  ValueNode,
} from '../syntax/nodes.ts';
import { describe } from './describe.ts';
import { isPlainName } from './plainNames.ts';
import type { Scope } from './scope.ts';
import {
  attributeOf,
  DEEP_FILTERS,
  DEEP_FUNCTIONS,
  FILTER_ARGUMENTS,
  METHOD_ARGUMENTS,
  mayHoldPromises,
  type Taking,
  TOLERANT_FILTERS,
  TOLERANT_TESTS,
} from './taking.ts';
import { CodeWriter, quote } from './writer.ts';

const ARITHMETIC: Readonly<Record<string, string>> = {
  Add: 'add',
  Sub: 'subtract',
  Mul: 'multiply',
  Div: 'divide',
  FloorDiv: 'floorDivide',
  Mod: 'modulo',
  Pow: 'power',
};
const COMPARISON: Readonly<Record<string, (a: string, b: string) => string>> = {
  '==': (a, b) => `isEqual(${a},${b})`,
  '!=': (a, b) => `!isEqual(${a},${b})`,
  '===': (a, b) => `(${a}===${b})`,
  '!==': (a, b) => `(${a}!==${b})`,
  '<': (a, b) => `isLess(${a},${b})`,
  '<=': (a, b) => `isLessOrEqual(${a},${b})`,
  '>': (a, b) => `isGreater(${a},${b})`,
  '>=': (a, b) => `isGreaterOrEqual(${a},${b})`,
  in: (a, b) => `contains(${a},${b})`,
  'not in': (a, b) => `!contains(${a},${b})`,
};
/** What gives true or false, and nothing else. */
const BOOLEAN: ReadonlySet<string> = new Set(['Compare', 'Not', 'Test', 'In', 'Is']);
/** What a call passes. */
export interface Arguments {
  readonly list: readonly string[];
  readonly keywords: string | null;
  /** How many there are, unless that depends on values. */
  readonly count: number | undefined;
}

/** Writes expressions. Every method gives an expression of JavaScript, in which promises have been waited for. */
export class ExpressionCompiler extends CodeWriter {
  /** Values that were computed already, by the nodes that stand for them. */
  protected readonly computed: Map<Node, string> = new Map();
  /** The variable with the text that a block has captured. */
  protected captured = '""';

  protected expression(node: Node, scope: Scope): string {
    const known = this.computed.get(node);
    if (known !== undefined) return known;
    const arithmetic = ARITHMETIC[node.typename];
    if (arithmetic !== undefined) return this.#arithmetic(arithmetic, node as BinaryNode, scope);
    switch (node.typename) {
      case 'Literal':
      case 'TemplateData':
        return literal((node as ValueNode<unknown>).value);
      case 'FloatLiteral':
        return `toFloat(${(node as ValueNode<number>).value})`;
      case 'Symbol':
        return this.#symbol((node as SymbolNode).value, scope);
      case 'Attribute':
        return this.#attribute(node as AttributeNode, scope);
      case 'Item':
        return this.#item(node as ItemNode, scope);
      case 'LookupVal': {
        const { target, val } = node as unknown as { target: Node; val: Node };
        return this.wait(`getItem(${this.expression(target, scope)},${this.expression(val, scope)})`);
      }
      case 'Array':
        return this.#list(node as NodeList, scope);
      case 'Tuple':
      case 'Group':
        return `tuple(${this.#list(node as NodeList, scope)})`;
      case 'Dict':
        return this.#dict(node as NodeList, scope);
      case 'FunCall':
        return this.call(node as CallNode, scope);
      case 'Filter':
        return this.#filter(node as FilterNode, scope);
      case 'Test':
        return this.#test(node as TestNode, scope);
      case 'Captured':
        return this.captured;
      case 'InlineIf':
        return this.#inlineIf(node as ConditionNode, scope);
      default:
        return this.#operator(node, scope);
    }
  }

  #operator(node: Node, scope: Scope): string {
    const { left, right } = node as BinaryNode;
    const { target } = node as UnaryNode;
    switch (node.typename) {
      case 'And':
      case 'Or':
        return this.#logical(node as BinaryNode, scope);
      case 'Not':
        return `!${this.truth(target, scope)}`;
      case 'Neg':
        return `negate(${this.defined(target, scope)})`;
      case 'Pos':
        return `positive(${this.defined(target, scope)})`;
      case 'Concat': {
        const parts = `${this.whole(left, scope)},${this.whole(right, scope)}`;
        if (this.escaping === undefined) return `(ctx.autoescape?concat:concatText)(${parts})`;
        return `${this.escaping ? 'concat' : 'concatText'}(${parts})`;
      }
      case 'Compare':
        return this.#compare(node as CompareNode, scope);
      case 'In':
        return `contains(${this.strict(left, scope)},${this.whole(right, scope)})`;
      case 'NodeList':
        // Tags of others may group an expression in a list.
        return (
          (node as NodeList).children.map((child) => this.expression(child, scope)).join(',') || 'undefined'
        );
      default:
        return this.failAssertion(`${node.typename} is no expression`, node);
    }
  }

  /** A condition: true or false in JavaScript's sense. */
  protected truth(node: Node, scope: Scope): string {
    if (BOOLEAN.has(node.typename)) return this.expression(node, scope);
    return `isTrue(${this.strict(node, scope)})`;
  }

  /** The value of an expression that must not be undefined, whatever the mode. */
  protected defined(node: Node, scope: Scope): string {
    if (node.typename === 'InlineIf') return this.#inlineIf(node as ConditionNode, scope, true);
    const code = this.expression(node, scope);
    return mayBeUndefined(node) ? `defined(${code},${quote(describe(node))})` : code;
  }

  /** The same where undefined values are errors. */
  protected strict(node: Node, scope: Scope): string {
    return this.options.undefined === 'strict' ? this.defined(node, scope) : this.expression(node, scope);
  }

  /** The value with all that is within it: what is promised there has come. */
  protected deep(node: Node, scope: Scope): string {
    return this.#settledDeep(this.expression(node, scope), node);
  }

  /** The same where undefined values are errors. */
  protected whole(node: Node, scope: Scope): string {
    return this.#settledDeep(this.strict(node, scope), node);
  }

  #settledDeep(code: string, node: Node): string {
    return mayHoldPromises(node) ? this.wait(`settleDeep(R,${code})`) : code;
  }

  /** Whether an expression can neither wait nor fail. */
  protected isSimple(node: Node, scope: Scope): boolean {
    if (this.computed.has(node) || node.typename === 'Literal') return true;
    return node.typename === 'Symbol' && (scope.find((node as SymbolNode).value)?.state ?? 'lazy') !== 'lazy';
  }

  #arithmetic(operation: string, { left, right }: BinaryNode, scope: Scope): string {
    // What is formatted into text may be undefined.
    const second = operation === 'modulo' ? this.whole(right, scope) : this.defined(right, scope);
    return `${operation}(${this.defined(left, scope)},${second})`;
  }

  #symbol(name: string, scope: Scope): string {
    const { js, state } = this.variable(name, scope);
    if (state === 'set') return js;
    if (state === 'unset') return `(${js}===UNSET?undefined:${js})`;
    return `(isT(T=${js}===UNSET?${js}=ctx.resolve(${quote(name)}):${js})?(R.pending=out,out="",${js}=yield T):T)`;
  }

  #attribute({ target, name }: AttributeNode, scope: Scope): string {
    return this.#lookup(target, scope, name, (t, hint) =>
      this.options.undefined === 'chainable'
        ? `getAttributeChained(${t},${quote(name)})`
        : `getAttribute(${t},${quote(name)},${hint})`,
    );
  }

  #item({ target, index }: ItemNode, scope: Scope): string {
    if (index.typename === 'Slice') return this.#slice(target, index as SliceNode, scope);
    const key = index.typename === 'Literal' ? (index as ValueNode<unknown>).value : undefined;
    const isChained = this.options.undefined === 'chainable';
    return this.#lookup(target, scope, typeof key === 'string' ? key : undefined, (t, hint) => {
      const at = this.expression(index, scope);
      return isChained ? `getItemChained(${t},${at})` : `getItem(${t},${at},${hint})`;
    });
  }

  /** Reads a plain name straight away, and leaves everything else to a function. */
  #lookup(
    target: Node,
    scope: Scope,
    name: string | undefined,
    other: (target: string, hint: string) => string,
  ): string {
    const code = this.expression(target, scope);
    const hint = quote(describe(target));
    if (name === undefined || !isPlainName(name)) return this.wait(other(code, hint));
    const isVariable = /^\w+$/.test(code);
    const t = isVariable ? code : this.temporary(scope);
    const first = isVariable ? t : `(${t}=${code})`;
    return this.wait(
      `typeof ${first}==="object"&&${t}!==null&&(T=${t}.${name})!==undefined&&typeof T!=="function"?T:${other(t, hint)}`,
    );
  }

  #slice(target: Node, { start, stop, step }: SliceNode, scope: Scope): string {
    const bounds = [start, stop, step].map((bound) => (bound ? this.expression(bound, scope) : 'null'));
    if (this.options.undefined !== 'chainable') {
      return `slice(${this.defined(target, scope)},${bounds.join(',')})`;
    }
    const t = this.temporary(scope);
    return `((${t}=${this.expression(target, scope)})===undefined?${t}:slice(${t},${bounds.join(',')}))`;
  }

  #list({ children }: NodeList, scope: Scope): string {
    return `[${children.map((child) => this.expression(child, scope)).join(',')}]`;
  }

  #dict({ children }: NodeList, scope: Scope): string {
    const pairs = children as PairNode[];
    const isObject = pairs.every(
      ({ key }) => key.typename === 'Literal' && isPropertyName((key as ValueNode<unknown>).value),
    );
    const entries = pairs.map(({ key, value }): [string, string] => {
      // As in nunjucks, a bare name would be a string; in Jinja it is a variable, and that is what counts here.
      return [this.strict(key, scope), this.expression(value, scope)];
    });
    // A computed name defines a property, also `__proto__`.
    if (isObject) return `{__proto__:null,${entries.map(([key, value]) => `[${key}]:${value}`).join(',')}}`;
    return `Dict.from([${entries.map(([key, value]) => `[hashable(${key}),${value}]`).join(',')}])`;
  }

  #logical({ typename, left, right }: BinaryNode, scope: Scope): string {
    const t = this.temporary(scope);
    const first = `isTrue(${t}=${this.strict(left, scope)})`;
    const second = this.expression(right, scope);
    return typename === 'And' ? `(${first}?${second}:${t})` : `(${first}?${t}:${second})`;
  }

  #compare({ expr, ops }: CompareNode, scope: Scope): string {
    const [only] = ops;
    if (ops.length === 1 && only) return this.#compareTwo(expr, only.type, only.expr, scope);
    const first = this.strict(expr, scope);
    let previous = this.temporary(scope);
    let code = `${previous}=${first}`;
    ops.forEach((operand, i) => {
      const next = this.temporary(scope);
      const step = `(${next}=${this.strict(operand.expr, scope)},${this.#comparison(operand.type, previous, next)})`;
      code += `${i === 0 ? ',' : '&&'}${step}`;
      previous = next;
    });
    return `(${code})`;
  }

  /** What is compared with a constant need not be looked into. */
  #compareTwo(left: Node, type: string, right: Node, scope: Scope): string {
    const isEquality = type.endsWith('==') || type.startsWith('!=');
    const isWhole = isEquality && mayHoldPromises(left) && mayHoldPromises(right);
    const a = isWhole ? this.whole(left, scope) : this.strict(left, scope);
    const b = isWhole || type.endsWith('in') ? this.whole(right, scope) : this.strict(right, scope);
    return this.#comparison(type, a, b);
  }

  #comparison(type: string, a: string, b: string): string {
    return (COMPARISON[type] as (a: string, b: string) => string)(a, b);
  }

  /** Where there is no `else`, what that gives is undefined in a way that nothing minds. */
  #inlineIf({ cond, body, else_ }: ConditionNode, scope: Scope, isDefined = false): string {
    this.conditions++;
    const condition = this.truth(cond, scope);
    const part = (node: Node): string =>
      isDefined ? this.defined(node, scope) : this.expression(node, scope);
    const code = `(${condition}?${part(body)}:${else_ ? part(else_) : 'undefined'})`;
    this.conditions--;
    return code;
  }

  /** A call; `extra` are keyword arguments that the template did not write. */
  protected call({ name, args }: CallNode, scope: Scope, extra: readonly string[] = []): string {
    const hint = quote(describe(name));
    const f = this.temporary(scope);
    if (name.typename === 'Attribute') {
      const { target, name: method } = name as AttributeNode;
      const { list, keywords } = this.arguments(args, scope, extra, METHOD_ARGUMENTS.get(method));
      const self = this.temporary(scope);
      // A macro is told who calls it, not where it was found.
      const receiver = `(${f}[MACRO]?ctx:${self})`;
      const find = `(${f}=findMethod(${self}=${this.expression(target, scope)},${quote(method)},${quote(describe(target))}))`;
      return this.wait(
        keywords === null
          ? `${find}.call(${[receiver, ...list].join(',')})`
          : `callWith(${find},${receiver},[${list.join(',')}],${keywords})`,
      );
    }
    const isDeep = name.typename === 'Symbol' && DEEP_FUNCTIONS.has((name as SymbolNode).value);
    const { list, keywords } = this.arguments(args, scope, extra, isDeep ? 'deep' : 'expression');
    const callee = `(typeof (${f}=${this.expression(name, scope)})==="function"?${f}:notCallable(${f},${hint}))`;
    return this.wait(
      keywords === null
        ? `${callee}.call(${['ctx', ...list].join(',')})`
        : `callWith(${callee},ctx,[${list.join(',')}],${keywords})`,
    );
  }

  protected arguments(
    { children }: NodeList,
    scope: Scope,
    extra: readonly string[] = [],
    how: Taking = 'expression',
  ): Arguments {
    const list: string[] = [];
    const pairs: string[] = [...extra];
    for (const child of children) {
      if (child.typename === 'KeywordArgs') {
        for (const pair of (child as NodeList).children) pairs.push(this.#keyword(pair, scope, how));
      } else if (child.typename === 'Spread') {
        list.push(`...toList(${this.expression((child as ValueNode<Node>).value, scope)})`);
      } else list.push(this[how](child, scope));
    }
    const isOpen = [...list, ...pairs].some((code) => code.startsWith('...'));
    const keywords = pairs.length === 0 ? null : `{[KEYWORDS]:true,__keywords:true,${pairs.join(',')}}`;
    return { list, keywords, count: isOpen ? undefined : list.length + pairs.length };
  }

  #keyword(pair: Node, scope: Scope, how: Taking): string {
    if (pair.typename === 'KeywordSpread') {
      return `...toKeywords(${this.expression((pair as ValueNode<Node>).value, scope)})`;
    }
    const { key, value } = pair as PairNode;
    return `[${quote((key as ValueNode<string>).value)}]:${this[how](value, scope)}`;
  }

  #filter({ name: { value: name }, args, ...node }: FilterNode, scope: Scope): string {
    if (!this.options.hasFilter(name) && this.conditions === 0) {
      this.failAssertion(`No filter named '${name}'.`, { ...node, fields: [], typename: 'Filter' });
    }
    const [target, ...rest] = args.children;
    const subject = target ? this.#subject(target, scope, TOLERANT_FILTERS.has(name)) : 'undefined';
    const how = FILTER_ARGUMENTS.get(name);
    const passed = this.arguments({ ...args, children: rest }, scope, [], how);
    const { list, keywords } = passed;
    if (!this.#fits('filter', name, passed)) return `failArguments(${quote(name)})`;
    const f = this.hoist(scope, 'filter', name);
    const values = [this.wait(this.#settled(name, subject, rest, scope)), ...list];
    if (this.options.isAsyncFilter(name)) {
      return this.wait(`fromCallback(${f},ctx,[${[...values, ...(keywords ? [keywords] : [])].join(',')}])`);
    }
    if (keywords === null) return this.wait(`${f}.call(${['ctx', ...values].join(',')})`);
    return this.wait(`callWith(${f},ctx,[${values.join(',')}],${keywords},1)`);
  }

  /** The subject of a filter, with the promises that it needs: those along an attribute, or all of them, or those of the items. */
  #settled(name: string, subject: string, args: readonly Node[], scope: Scope): string {
    const attribute = attributeOf(name, args);
    if (attribute && this.isSimple(attribute, scope)) {
      return `settleAlong(${this.wait(`settle(R,${subject})`)},${this.expression(attribute, scope)})`;
    }
    return `${attribute || DEEP_FILTERS.has(name) ? 'settleDeep' : 'settle'}(R,${subject})`;
  }

  /** Whether a filter or test takes as many arguments. It fails when it is called, as in Python. */
  #fits(kind: 'filter' | 'test', name: string, { list, count }: Arguments): boolean {
    const arity = this.options.arityOf(kind, name);
    return !arity || count === undefined || (list.length <= arity.max && count >= arity.min);
  }

  #subject(node: Node, scope: Scope, isTolerant: boolean): string {
    return isTolerant ? this.expression(node, scope) : this.strict(node, scope);
  }

  #test({ target, name, args, ...node }: TestNode, scope: Scope): string {
    if (!this.options.hasTest(name) && this.conditions === 0) {
      this.failAssertion(`No test named '${name}'.`, { ...node, fields: [], typename: 'Test' });
    }
    const subject = this.#subject(target, scope, TOLERANT_TESTS.has(name));
    const passed = this.arguments(args, scope, [], name === 'in' ? 'deep' : 'expression');
    const { list, keywords } = passed;
    if (!this.#fits('test', name, passed)) return `failArguments(${quote(name)})`;
    const f = this.hoist(scope, 'test', name);
    const code =
      keywords === null
        ? `${f}.call(${['ctx', subject, ...list].join(',')})`
        : `callWith(${f},ctx,[${[subject, ...list].join(',')}],${keywords},1)`;
    return `isTrue(${this.wait(code)})`;
  }
}

function mayBeUndefined({ typename }: Node): boolean {
  return (
    typename !== 'Literal' && typename !== 'FloatLiteral' && typename !== 'Array' && typename !== 'Tuple'
  );
}

/** Names that an object keeps in the order in which they came. Those that look like a position come first. */
function isPropertyName(value: unknown): boolean {
  return typeof value === 'string' && !/^\d+$/.test(value);
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  // In brackets, a point behind it is not its own.
  return typeof value === 'number' ? `(${value})` : String(value);
}
