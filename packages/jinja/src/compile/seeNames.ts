import type { Node } from '../nunjucks.ts';
import type {
  AssignBlockNode,
  AssignNode,
  CallBlockNode,
  CallExtensionNode,
  ConditionNode,
  FilterBlockNode,
  ForNode,
  FromImportNode,
  ImportNode,
  MacroNode,
  NamespaceTargetNode,
  SwitchNode,
  SymbolNode,
  WithNode,
} from '../syntax/nodes.ts';
import { partsOf, targetNames } from './parts.ts';
import type { ScopeNames } from './scopeNames.ts';

/**
 * Tells `names` what nodes do to the names of the scope that they stand in, in the order in which Jinja sees it. Bodies that are
 * scopes of their own are not looked into: only what their tags ask of the scope around.
 */
export function seeNames(nodes: readonly (Node | null)[], names: ScopeNames): void {
  for (const node of nodes) if (node) see(node, names);
}

function see(node: Node, names: ScopeNames): void {
  switch (node.typename) {
    case 'Symbol':
      names.read((node as SymbolNode).value);
      break;
    case 'If':
      seeIf(node as ConditionNode, names);
      break;
    case 'Switch':
      seeSwitch(node as SwitchNode, names);
      break;
    default:
      if (!seeStatement(node, names)) seeNames(partsOf(node), names);
  }
}

/** Tags that store names, and those whose bodies are scopes. */
function seeStatement(node: Node, names: ScopeNames): boolean {
  switch (node.typename) {
    case 'Assign':
      see((node as AssignNode).value, names);
      seeTarget((node as AssignNode).target, names);
      return true;
    case 'AssignBlock':
      seeTarget((node as AssignBlockNode).target, names);
      return true;
    case 'ForLoop':
      see((node as ForNode).iter, names);
      return true;
    case 'MacroBlock':
      names.store((node as MacroNode).name);
      return true;
    case 'CallBlock':
      see((node as CallBlockNode).call, names);
      return true;
    case 'CallExtension':
    case 'CallExtensionAsync':
      seeNames([(node as CallExtensionNode).args], names);
      return true;
    case 'FilterBlock':
      see((node as FilterBlockNode).filter, names);
      return true;
    case 'With':
      seeNames((node as WithNode).values, names);
      return true;
    case 'ImportTag':
      see((node as ImportNode).template, names);
      names.store((node as ImportNode).target);
      return true;
    case 'FromImportTag':
      see((node as FromImportNode).template, names);
      for (const [, alias] of (node as FromImportNode).names) names.store(alias);
      return true;
    default:
      return node.typename === 'Autoescape' || node.typename === 'BlockTag';
  }
}

function seeTarget(target: Node, names: ScopeNames): void {
  if (target.typename === 'NamespaceTarget') names.read((target as NamespaceTargetNode).name);
  else for (const name of targetNames(target)) names.store(name);
}

/** The body, all that `elif` adds, and `else` are three branches for Jinja, whether they are there or not. */
function seeIf(node: ConditionNode, names: ScopeNames): void {
  see(node.cond, names);
  const body = names.branch();
  see(node.body, body);
  const elifs = names.branch();
  let rest = node.else_;
  for (; isElif(rest); rest = rest.else_) seeIf({ ...rest, else_: null } as ConditionNode, elifs);
  const otherwise = names.branch();
  seeNames([rest], otherwise);
  names.join([body, elifs, otherwise]);
}

/** The parser puts the condition of an `elif` itself in the place of `else`, which has a list of nodes. */
function isElif(node: Node | null): node is ConditionNode {
  return node?.typename === 'If';
}

function seeSwitch({ expr, cases, default: otherwise }: SwitchNode, names: ScopeNames): void {
  see(expr, names);
  const branches = [...cases.map(({ body }) => body), otherwise].map((body, i) => {
    const branch = names.branch();
    seeNames([cases[i]?.cond ?? null, body], branch);
    return branch;
  });
  names.join(branches);
}
