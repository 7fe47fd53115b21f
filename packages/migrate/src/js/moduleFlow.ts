import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, namesOf } from './functions.ts';
import { type JsModule, type JsNode, walk } from './parseJs.ts';
import { declaredOrMeant, isGlobal, propertyName, textOf } from './resolve.ts';

/** Where a module that a source has, or a promise of one, is asked for what it has. */
export interface ModuleUser {
  /** `m.send_file`, and `m.send_file` as a type. */
  member(node: TSESTree.MemberExpression | TSESTree.TSQualifiedName): void;
  /** `{ send_file } = m` */
  pattern(node: TSESTree.ObjectPattern): void;
  /** `jest.spyOn(m, 'send_file')`, `(typeof m)['send_file']` */
  name(node: JsNode): void;
  /** `new m()`: the module itself is taken for a class. */
  construct(node: JsNode): void;
}

/** What is the same value in other words. */
const SAME =
  /^(?:ParenthesizedExpression|TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|ChainExpression|AwaitExpression)$/;
/** Functions that give back the module that they are given. */
const SAME_FUNCTIONS = /^(?:mocked|__importStar|_interopRequireWildcard)$/;
/** Types that have the members of the one they are made of. */
const SAME_TYPES = /^(?:\w*Mocked\w*|Promise|Awaited|Partial|Required|Readonly|DeepPartial|Omit|Pick)$/;

/** Follows a module from the expression that gives it to wherever it is used. */
export class ModuleFlow {
  readonly #module: JsModule;
  readonly #user: ModuleUser;
  readonly #known: Set<Variable | JsNode> = new Set();

  constructor(module: JsModule, user: ModuleUser) {
    this.#module = module;
    this.#user = user;
  }

  /** An expression that is the module or a promise of it: awaiting makes no difference to what it may be asked. */
  value(node: JsNode): void {
    let current = node;
    for (let parent = this.#up(current); parent; parent = this.#up(current)) {
      if (!this.#isSame(current, parent)) {
        this.#use(current, parent);
        return;
      }
      current = parent;
    }
  }

  /** What a module is put into: a variable, a pattern, a member of `this`. */
  target(target: JsNode): void {
    switch (target.type) {
      case 'Identifier':
        this.variable(declaredOrMeant(this.#module, target));
        break;
      case 'AssignmentPattern':
        this.target(target.left);
        break;
      case 'ObjectPattern':
        this.#user.pattern(target);
        break;
      case 'MemberExpression':
        if (target.object.type === 'ThisExpression') this.#field(target, target.property);
        break;
    }
  }

  variable(variable: Variable | undefined): void {
    if (!variable || this.#known.has(variable)) return;
    this.#known.add(variable);
    for (const { identifier } of variable.references) {
      const parent = this.#up(identifier);
      if (parent?.type === 'TSQualifiedName' && parent.left === identifier) this.#user.member(parent);
      else if (parent?.type === 'TSTypeQuery') this.type(parent);
      else this.value(identifier);
    }
  }

  /** `typeof import('microdot')`: what has this type is the module. */
  type(query: TSESTree.TSTypeQuery): void {
    let current: JsNode = query;
    for (let parent = this.#up(current); parent; parent = this.#up(current)) {
      if (parent.type === 'TSIndexedAccessType' && parent.objectType === current) {
        const { indexType } = parent;
        if (indexType.type === 'TSLiteralType') this.#user.name(indexType.literal);
      }
      if (parent.type === 'CallExpression' || /^TS(?:As|Satisfies)Expression$/.test(parent.type)) {
        this.value(parent);
      }
      if (parent.type === 'TSTypeAnnotation') {
        const holder = this.#up(parent);
        if (holder?.type === 'Identifier') this.target(holder);
      }
      const isSame =
        /^TS(?:ParenthesizedType|TypeParameterInstantiation)$/.test(parent.type) ||
        (parent.type === 'TSTypeReference' && SAME_TYPES.test(lastName(parent.typeName) ?? ''));
      if (!isSame) return;
      current = parent;
    }
  }

  /** A function whose calls give the module. */
  calls(names: readonly JsNode[]): void {
    for (const name of names) {
      const call = this.#up(name);
      if (call?.type === 'CallExpression' && call.callee === name) this.value(call);
    }
  }

  #isSame(node: JsNode, parent: JsNode): boolean {
    if (parent.type === 'ConditionalExpression') return parent.test !== node;
    if (parent.type === 'LogicalExpression') return parent.operator !== '&&' || parent.right === node;
    if (parent.type === 'CallExpression') {
      return parent.arguments[0] === node && SAME_FUNCTIONS.test(lastName(parent.callee) ?? '');
    }
    return SAME.test(parent.type);
  }

  #use(node: JsNode, parent: JsNode): void {
    switch (parent.type) {
      case 'VariableDeclarator':
        if (parent.init === node) this.target(parent.id);
        break;
      case 'AssignmentExpression':
      case 'AssignmentPattern':
        if (parent.right === node) this.target(parent.left);
        break;
      case 'MemberExpression':
        if (parent.object === node) this.#member(parent);
        break;
      case 'CallExpression':
      case 'NewExpression':
        if (parent.callee === node) this.#user.construct(node);
        else if (parent.arguments[0] === node && parent.arguments[1]) this.#user.name(parent.arguments[1]);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        if (parent.superClass === node) this.#user.construct(node);
        break;
      case 'BinaryExpression':
        if (parent.operator === 'in' && parent.right === node) this.#user.name(parent.left);
        break;
      case 'PropertyDefinition':
        if (parent.value === node) this.#field(parent, parent.key);
        break;
      case 'Property':
        if (parent.value === node) this.#property(parent);
        break;
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
        this.#result(parent);
        break;
      case 'ArrayExpression':
        this.#all(node, parent);
        break;
    }
  }

  #member(member: TSESTree.MemberExpression): void {
    const call = this.#up(member);
    const name = propertyName(member);
    if (!/^(?:then|catch|finally)$/.test(name ?? '')) this.#user.member(member);
    else if (call?.type === 'CallExpression' && call.callee === member) {
      if (name === 'then') this.#callback(call, (parameter) => this.target(parameter));
      else this.value(call);
    }
  }

  /** `Promise.all([import('microdot'), ...])` gives a list, with the module in the same place. */
  #all(node: JsNode, list: TSESTree.ArrayExpression): void {
    const index = list.elements.indexOf(node as TSESTree.Expression);
    const call = this.#up(list);
    if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return;
    if (!isGlobal(this.#module, call.callee.object, 'Promise') || call.arguments[0] !== list) return;
    const place = (pattern: JsNode): void => {
      const element = pattern.type === 'ArrayPattern' ? pattern.elements[index] : undefined;
      if (element) this.target(element);
    };
    const parent = this.#up(call);
    if (parent?.type === 'MemberExpression' && propertyName(parent) === 'then') {
      const then = this.#up(parent);
      if (then?.type === 'CallExpression') this.#callback(then, place);
    }
    const holder = parent?.type === 'AwaitExpression' ? this.#up(parent) : undefined;
    if (holder?.type === 'VariableDeclarator') place(holder.id);
    if (holder?.type === 'AssignmentExpression') place(holder.left);
  }

  #callback(call: TSESTree.CallExpression, use: (parameter: JsNode) => void): void {
    const callback = call.arguments[0];
    const parameter = callback && isFunction(callback) ? callback.params[0] : undefined;
    if (parameter) use(parameter);
  }

  /** A function that gives the module, where it is called by its name. */
  #result(node: JsNode): void {
    let around: JsNode | undefined = node;
    while (around && !isFunction(around)) around = this.#up(around);
    if (!around || this.#known.has(around)) return;
    this.#known.add(around);
    this.calls(namesOf(this.#module, around));
  }

  /** A field of a class: `this.microdot`, anywhere in the class. */
  #field(node: JsNode, key: JsNode): void {
    let around: JsNode | undefined = node;
    while (around && around.type !== 'ClassBody') around = this.#up(around);
    const name = this.#module.source.slice(...key.range);
    if (!around) return;
    walk(around, (member) => {
      if (member.type !== 'MemberExpression' || member.object.type !== 'ThisExpression') return;
      const isIt = member !== node && this.#module.source.slice(...member.property.range) === name;
      if (isIt) this.value(member);
    });
  }

  /** `const tools = { microdot: require('microdot') }` */
  #property(property: TSESTree.Property): void {
    const holder = this.#up(this.#up(property) ?? property);
    if (holder?.type !== 'VariableDeclarator' || holder.id.type !== 'Identifier') return;
    const name = property.key.type === 'Identifier' ? property.key.name : textOf(property.key);
    for (const { identifier } of declaredOrMeant(this.#module, holder.id)?.references ?? []) {
      const member = this.#up(identifier);
      if (member?.type !== 'MemberExpression' || member.object !== identifier) continue;
      if (propertyName(member) === name) this.value(member);
    }
  }

  #up(node: JsNode): JsNode | undefined {
    return this.#module.parents.get(node);
  }
}

/** `mocked` of `vi.mocked`, `Mocked` of `jest.Mocked`. */
function lastName(node: JsNode): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return propertyName(node);
  return node.type === 'TSQualifiedName' ? node.right.name : undefined;
}
