import type { Variable } from '@typescript-eslint/scope-manager';
import { classes, type OldModule } from './names.ts';
import type { JsModule, JsNode } from './parseJs.ts';

/** What is known of a source at first: where names of 1.x are used, and where modules are taken for their class. */
interface Known {
  readonly uses: readonly { readonly node: JsNode; readonly old: { readonly key: string } }[];
  readonly defaults: readonly {
    readonly specifier: { readonly module: OldModule };
    readonly constructed: readonly JsNode[];
  }[];
}

/** What nodes mean: the uses themselves, other names that were given to them, and classes that extend them. */
export function meaningOf(module: JsModule, { uses, defaults }: Known): Map<JsNode, string> {
  const meaning = new Map<JsNode, string>(uses.map(({ node, old }) => [node, old.key]));
  for (const { specifier, constructed } of defaults) {
    const name = classes[specifier.module.package ?? ''];
    if (name !== undefined) for (const node of constructed) meaning.set(node, name);
  }
  for (const [node, key] of meaning) {
    for (const { identifier, init } of namedAfter(module, node)?.references ?? []) {
      // What is added to a map is visited too.
      if (!init && !meaning.has(identifier)) meaning.set(identifier, key);
    }
  }
  return meaning;
}

/** `const App = microdot.Microdot`, `class App extends Microdot` */
function namedAfter(module: JsModule, node: JsNode): Variable | undefined {
  const parent = module.parents.get(node);
  if (parent?.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'Identifier') {
    return module.scopes.getDeclaredVariables(parent)[0];
  }
  if (parent?.type === 'ClassDeclaration' && parent.superClass === node) {
    return module.scopes.getDeclaredVariables(parent)[0];
  }
  return undefined;
}
