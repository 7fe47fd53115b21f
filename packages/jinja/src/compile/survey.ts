import type { Node } from '../nunjucks.ts';
import { type BlockNode, childrenOf, type IncludeNode, type SymbolNode } from '../syntax/nodes.ts';

/** What there is in a template, found in one walk, so that most questions need no walk of their own. */
export interface Survey {
  /** The kinds of its nodes. */
  readonly kinds: ReadonlySet<string>;
  /** All that may be the name of a variable. */
  readonly names: ReadonlySet<string>;
  readonly blocks: readonly BlockNode[];
  /** Whether any names but those of the context are shown to another template or block. */
  readonly showsNames: boolean;
}

export function surveyOf(root: Node): Survey {
  const kinds = new Set<string>();
  const names = new Set<string>();
  const blocks: BlockNode[] = [];
  let showsNames = false;
  const visit = (node: Node): void => {
    const { typename } = node;
    kinds.add(typename);
    if (typename === 'Symbol') names.add((node as SymbolNode).value);
    else if (typename === 'BlockTag') {
      blocks.push(node as BlockNode);
      showsNames ||= (node as BlockNode).isScoped;
    } else if (LOADING.has(typename)) showsNames ||= (node as IncludeNode).withContext;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return { kinds, names, blocks, showsNames };
}

const LOADING: ReadonlySet<string> = new Set(['IncludeTag', 'ImportTag', 'FromImportTag']);
