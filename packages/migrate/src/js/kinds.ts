import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { applicationsOf } from './application.ts';
import { isRegistered } from './awaited.ts';
import { isFunction, namesOf } from './functions.ts';
import type { Kind } from './members.ts';
import { type JsNode, walk } from './parseJs.ts';
import { declaredOrMeant, propertyName, variableOf } from './resolve.ts';
import type { JsContext } from './rule.ts';

const INSTANCES: Readonly<Record<string, Kind>> = {
  Microdot: 'application',
  Request: 'request',
  Response: 'response',
  TestClient: 'client',
  TestResponse: 'response',
  redirect: 'response',
  send_file: 'response',
};
const CLASSES = /^(?:Request|Response|URLPattern)$/;
const ASKING = /^(?:get|post|put|patch|delete|request)$/;
const SAME =
  /^(?:ParenthesizedExpression|TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|AwaitExpression)$/;

/** What the expressions of a source are, as far as their types, and what they are made of, tell. */
export class Kinds {
  readonly #context: JsContext;
  readonly #variables: Map<Variable, Kind> = new Map();
  /** Fields of classes, by the body of the class. */
  readonly #fields: Map<JsNode, Map<string, Kind>> = new Map();

  constructor(context: JsContext) {
    this.#context = context;
    const { module, uses } = context;
    for (const app of applicationsOf(module, uses)) this.#variables.set(app, 'application');
    // What is made of something may stand before it; what that is made of, hardly ever.
    for (let pass = 0; pass < 3; pass++) walk(module.program, (node) => this.#learn(node));
  }

  of(node: JsNode): Kind | undefined {
    const { module, uses } = this.#context;
    const meaning = uses.meaning.get(node);
    if (meaning !== undefined && CLASSES.test(meaning)) return 'classes';
    const inner = SAME.test(node.type) ? (node as { expression?: JsNode; argument?: JsNode }) : undefined;
    if (inner) return this.of(inner.expression ?? inner.argument ?? node);
    if (node.type === 'Identifier') {
      const variable = variableOf(module, node);
      return variable && this.#variables.get(variable);
    }
    if (node.type === 'NewExpression' || node.type === 'CallExpression') return this.#made(node);
    if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression') return undefined;
    return this.#fieldsAround(node)?.get(module.source.slice(...node.property.range));
  }

  /** What the properties of a pattern are taken from. */
  ofPattern(pattern: TSESTree.ObjectPattern): Kind | undefined {
    const { module } = this.#context;
    const parent = module.parents.get(pattern);
    if (parent?.type === 'VariableDeclarator' && parent.init) return this.of(parent.init);
    if (parent && isFunction(parent)) return this.#annotated(pattern) ?? this.#parameter(parent, pattern);
    return undefined;
  }

  #learn(node: JsNode): void {
    switch (node.type) {
      case 'Identifier':
        this.#set(node, this.#annotated(node));
        break;
      case 'VariableDeclarator':
        if (node.init) this.#set(node.id, this.of(node.init));
        break;
      case 'AssignmentExpression':
        this.#set(node.left, this.of(node.right));
        break;
      case 'AssignmentPattern':
        this.#set(node.left, this.of(node.right));
        break;
      case 'PropertyDefinition':
        this.#setField(
          node,
          node.key,
          this.#annotated(node) ?? (node.value ? this.of(node.value) : undefined),
        );
        break;
      case 'TSParameterProperty':
        if (node.parameter.type === 'Identifier') {
          this.#setField(node, node.parameter, this.#annotated(node.parameter));
        }
        break;
      default:
        if (isFunction(node)) for (const each of node.params) this.#set(each, this.#parameter(node, each));
    }
  }

  /** The parameters of what an application is given: a request, and behind it a response. */
  #parameter(node: JsNode, parameter: JsNode): Kind | undefined {
    if (!isFunction(node)) return undefined;
    if (this.#isAnswer(node)) return node.params[0] === parameter ? 'response' : undefined;
    if (!isRegistered(this.#context, [node, ...namesOf(this.#context.module, node)])) return undefined;
    if (node.params[0] === parameter) return 'request';
    return node.params[1] === parameter ? 'response' : undefined;
  }

  /** `client.get('/').then((response) => ...)` */
  #isAnswer(node: JsNode): boolean {
    const { module } = this.#context;
    const call = module.parents.get(node);
    if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
    const { object } = call.callee;
    return (
      propertyName(call.callee) === 'then' &&
      object.type === 'CallExpression' &&
      this.of(object) === 'response'
    );
  }

  #set(target: JsNode, kind: Kind | undefined): void {
    if (kind === undefined || kind === 'classes') return;
    if (target.type === 'MemberExpression' && target.object.type === 'ThisExpression') {
      this.#setField(target, target.property, kind);
    }
    if (target.type !== 'Identifier') return;
    const variable = declaredOrMeant(this.#context.module, target);
    if (variable && !this.#variables.has(variable)) this.#variables.set(variable, kind);
  }

  #setField(node: JsNode, key: JsNode, kind: Kind | undefined): void {
    const fields = this.#fieldsAround(node);
    const name = /^#?[\w$]+/.exec(this.#context.module.source.slice(...key.range))?.[0];
    if (fields && kind !== undefined && name !== undefined && !fields.has(name)) fields.set(name, kind);
  }

  #fieldsAround(node: JsNode): Map<string, Kind> | undefined {
    let around: JsNode | undefined = node;
    while (around && around.type !== 'ClassBody') around = this.#context.module.parents.get(around);
    if (!around) return undefined;
    const fields = this.#fields.get(around) ?? new Map<string, Kind>();
    this.#fields.set(around, fields);
    return fields;
  }

  /** `app: Microdot`, `request?: Request | null` */
  #annotated(node: JsNode): Kind | undefined {
    const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
    return annotation?.type === 'TSTypeAnnotation' ? this.#ofType(annotation.typeAnnotation) : undefined;
  }

  #ofType(type: JsNode): Kind | undefined {
    if (type.type === 'TSUnionType') {
      for (const each of type.types) {
        const kind = this.#ofType(each);
        if (kind) return kind;
      }
    }
    const name = type.type === 'TSTypeReference' ? type.typeName : undefined;
    const imported = type.type === 'TSImportType' ? type.qualifier : undefined;
    const meaning = this.#context.uses.meaning.get(name ?? imported ?? type);
    // Functions have no instances.
    return meaning !== undefined && /^[A-Z]/.test(meaning) ? INSTANCES[meaning] : undefined;
  }

  #made({ callee, type }: TSESTree.NewExpression | TSESTree.CallExpression): Kind | undefined {
    const meaning = this.#context.uses.meaning.get(callee);
    const isClass = meaning !== undefined && /^[A-Z]/.test(meaning);
    if (meaning !== undefined && isClass === (type === 'NewExpression')) return INSTANCES[meaning];
    if (callee.type !== 'MemberExpression' || this.of(callee.object) !== 'client') return undefined;
    return ASKING.test(propertyName(callee) ?? '') ? 'response' : undefined;
  }
}
