import { type Node, type NodeClass, type NodeList, nunjucksNodes } from '../nunjucks.ts';

/** What nunjucks' tree has no place for. Its own kinds of nodes are used for the rest, so that tags of others can make them. */
const own = (name: string, fields: readonly string[]): NodeClass =>
  (nunjucksNodes.Node as NodeClass).extend(name, { fields });
const list = (name: string): NodeClass => (nunjucksNodes.NodeList as NodeClass).extend(name);

export const FloatLiteral: NodeClass = own('FloatLiteral', ['value']);
export const Tuple: NodeClass = list('Tuple');
export const Attribute: NodeClass = own('Attribute', ['target', 'name']);
export const Item: NodeClass = own('Item', ['target', 'index']);
export const Slice: NodeClass = own('Slice', ['start', 'stop', 'step']);
/** `*args` and `**kwargs` in a call. */
export const Spread: NodeClass = own('Spread', ['value']);
export const KeywordSpread: NodeClass = own('KeywordSpread', ['value']);
export const Test: NodeClass = own('Test', ['target', 'name', 'args']);
/** Stands in a chain of filters for the text that a block has captured. */
export const Captured: NodeClass = own('Captured', []);

export const ForLoop: NodeClass = own('ForLoop', [
  'target',
  'iter',
  'filter',
  'body',
  'else_',
  'isRecursive',
]);
export const NamespaceTarget: NodeClass = own('NamespaceTarget', ['name', 'attribute']);
export const Assign: NodeClass = own('Assign', ['target', 'value']);
export const AssignBlock: NodeClass = own('AssignBlock', ['target', 'filter', 'body']);
export const FilterBlock: NodeClass = own('FilterBlock', ['filter', 'body']);
export const MacroBlock: NodeClass = own('MacroBlock', ['name', 'params', 'defaults', 'body']);
export const CallBlock: NodeClass = own('CallBlock', ['call', 'params', 'defaults', 'body']);
export const BlockTag: NodeClass = own('BlockTag', ['name', 'body', 'isScoped', 'isRequired']);
export const IncludeTag: NodeClass = own('IncludeTag', ['template', 'ignoreMissing', 'withContext']);
export const ImportTag: NodeClass = own('ImportTag', ['template', 'target', 'withContext']);
export const FromImportTag: NodeClass = own('FromImportTag', ['template', 'names', 'withContext']);
export const With: NodeClass = own('With', ['targets', 'values', 'body']);
export const Autoescape: NodeClass = own('Autoescape', ['value', 'body']);
export const Do: NodeClass = own('Do', ['value']);
export const Break: NodeClass = own('Break', []);
export const Continue: NodeClass = own('Continue', []);
export const Trans: NodeClass = own('Trans', ['call', 'variables', 'isNewStyle']);

export interface ValueNode<T> extends Node {
  readonly value: T;
}
export type SymbolNode = ValueNode<string>;

export interface AttributeNode extends Node {
  readonly target: Node;
  readonly name: string;
}
export interface ItemNode extends Node {
  readonly target: Node;
  readonly index: Node;
}
export interface SliceNode extends Node {
  readonly start: Node | null;
  readonly stop: Node | null;
  readonly step: Node | null;
}
export interface CallNode extends Node {
  readonly name: Node;
  readonly args: NodeList;
}
/** The first of the arguments is what is filtered. */
export interface FilterNode extends Node {
  readonly name: SymbolNode;
  readonly args: NodeList;
}
export interface TestNode extends Node {
  readonly target: Node;
  readonly name: string;
  readonly args: NodeList;
}
export interface PairNode extends Node {
  readonly key: Node;
  readonly value: Node;
}
export interface BinaryNode extends Node {
  readonly left: Node;
  readonly right: Node;
}
export interface UnaryNode extends Node {
  readonly target: Node;
}
export interface OperandNode extends Node {
  readonly expr: Node;
  readonly type: string;
}
export interface CompareNode extends Node {
  readonly expr: Node;
  readonly ops: readonly OperandNode[];
}
export interface ConditionNode extends Node {
  readonly cond: Node;
  readonly body: Node;
  readonly else_: Node | null;
}
export interface ForNode extends Node {
  readonly target: Node;
  readonly iter: Node;
  readonly filter: Node | null;
  readonly body: NodeList;
  readonly else_: NodeList | null;
  readonly isRecursive: boolean;
}
export interface NamespaceTargetNode extends Node {
  readonly name: string;
  readonly attribute: string;
}
export interface AssignNode extends Node {
  readonly target: Node;
  readonly value: Node;
}
export interface AssignBlockNode extends Node {
  readonly target: Node;
  readonly filter: Node | null;
  readonly body: NodeList;
}
export interface FilterBlockNode extends Node {
  readonly filter: Node;
  readonly body: NodeList;
}
export interface MacroNode extends Node {
  readonly name: string;
  readonly params: readonly string[];
  readonly defaults: readonly Node[];
  readonly body: NodeList;
}
export interface CallBlockNode extends Node {
  readonly call: CallNode;
  readonly params: readonly string[];
  readonly defaults: readonly Node[];
  readonly body: NodeList;
}
export interface BlockNode extends Node {
  readonly name: string;
  readonly body: NodeList;
  readonly isScoped: boolean;
  readonly isRequired: boolean;
}
export interface IncludeNode extends Node {
  readonly template: Node;
  readonly ignoreMissing: boolean;
  readonly withContext: boolean;
}
export interface ImportNode extends Node {
  readonly template: Node;
  readonly target: string;
  readonly withContext: boolean;
}
export interface FromImportNode extends Node {
  readonly template: Node;
  readonly names: readonly (readonly [name: string, alias: string])[];
  readonly withContext: boolean;
}
export interface WithNode extends Node {
  readonly targets: readonly Node[];
  readonly values: readonly Node[];
  readonly body: NodeList;
}
export interface AutoescapeNode extends Node {
  readonly value: Node;
  readonly body: NodeList;
}
export interface TransNode extends Node {
  readonly call: CallNode;
  readonly variables: readonly (readonly [name: string, value: Node])[];
  readonly isNewStyle: boolean;
}
export interface SwitchNode extends Node {
  readonly expr: Node;
  readonly cases: readonly { readonly cond: Node; readonly body: NodeList }[];
  readonly default: NodeList | null;
}
export interface CallExtensionNode extends Node {
  readonly extName: string;
  readonly prop: string;
  readonly args: NodeList | null;
  readonly contentArgs: readonly (Node | null)[];
  readonly autoescape: boolean | undefined;
}

/** The nodes right below a node, whatever its kind, in the order of its fields. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  collect((node as Partial<NodeList>).children, found);
  const values = node as unknown as Readonly<Record<string, unknown>>;
  for (const field of node.fields) if (field !== 'children') collect(values[field], found);
  return found;
}

function collect(value: unknown, found: Node[]): void {
  if (typeof value !== 'object') return;
  if (Array.isArray(value)) for (const part of value) collect(part, found);
  else if (isNode(value)) found.push(value);
}

export function isNode(value: unknown): value is Node {
  return value instanceof (nunjucksNodes.Node as NodeClass);
}
