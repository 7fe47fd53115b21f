import { walk } from '../python/fields.ts';
import type { PythonModule } from '../python/parse.ts';
import type {
  AnnAssign,
  Attribute,
  Call,
  ClassDef,
  Comprehension,
  Expression,
  For,
  FunctionDef,
  Import,
  ImportFrom,
  Lambda,
  Try,
  WithItem,
} from '../python/tree.ts';
import { enclosingFunction } from './functions.ts';

/** The nodes of a module that say what values are, collected in one walk. */
export interface Facts {
  annotated: AnnAssign[];
  assigns: { targets: Expression[]; value: Expression }[];
  attributes: Attribute[];
  calls: Call[];
  classes: ClassDef[];
  functions: FunctionDef[];
  imports: (Import | ImportFrom)[];
  lambdas: Lambda[];
  loops: (For | Comprehension)[];
  /** What functions return and yield. */
  results: { owner: FunctionDef; value: Expression }[];
  tries: Try[];
  withs: WithItem[];
}

/** The facts of a module; they are collected once. */
export function factsOf(module: PythonModule): Facts {
  return module.once(collect);
}

function collect(module: PythonModule): Facts {
  const facts: Facts = {
    annotated: [],
    assigns: [],
    attributes: [],
    calls: [],
    classes: [],
    functions: [],
    imports: [],
    lambdas: [],
    loops: [],
    results: [],
    tries: [],
    withs: [],
  };
  walk(module.tree, (node) => {
    switch (node.nodeType) {
      case 'Assign':
        facts.assigns.push(node);
        break;
      case 'AnnAssign':
      case 'NamedExpr':
        if (node.value) facts.assigns.push({ targets: [node.target], value: node.value });
        if (node.nodeType === 'AnnAssign') facts.annotated.push(node);
        break;
      case 'Attribute':
        facts.attributes.push(node);
        break;
      case 'Call':
        facts.calls.push(node);
        break;
      case 'ClassDef':
        facts.classes.push(node);
        break;
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        facts.functions.push(node);
        break;
      case 'Import':
      case 'ImportFrom':
        facts.imports.push(node);
        break;
      case 'Lambda':
        facts.lambdas.push(node);
        break;
      case 'For':
      case 'AsyncFor':
      case 'Comprehension':
        facts.loops.push(node);
        break;
      case 'Try':
      case 'TryStar':
        facts.tries.push(node);
        break;
      case 'WithItem':
        facts.withs.push(node);
        break;
      case 'Return':
      case 'Yield': {
        const owner = node.value === undefined ? null : enclosingFunction(node);
        if (owner !== null && node.value) facts.results.push({ owner, value: node.value });
        break;
      }
    }
    return true;
  });
  return facts;
}
