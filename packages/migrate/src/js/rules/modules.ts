import type { JsContext } from '../rule.ts';
import type { Specifier } from '../specifiers.ts';
import type { Container } from '../uses.ts';

/** The modules themselves: `'microdot_cors'` is `'@microdot/cors'`, wherever a module is named. */
export function renameModules(
  context: JsContext,
  packages: ReadonlyMap<Container, string | undefined>,
): void {
  const { uses, changes, module, homes } = context;
  for (const specifier of uses.specifiers) {
    const container = uses.containers.find((each) => each.specifier === specifier);
    const home = (container && packages.get(container)) || homes.get(specifier) || specifier.module.package;
    const [start, end] = specifier.node.range;
    const written = module.source.slice(start, end);
    if (changes.isRemoved(specifier.node)) continue;
    if (home === undefined) {
      changes.note(start, 'modules', `Nothing takes the place of ${written}: Node has what it had.`, 'tls');
      continue;
    }
    renameModule(context, specifier, home);
    if (!/^(?:|\/package\.json|\/\*|\$)$/.test(specifier.subpath)) {
      changes.note(
        start,
        'modules',
        `Packages of 2.x have no files to import: ${written}.`,
        'modules-and-names',
      );
    }
  }
}

function renameModule({ module, changes }: JsContext, specifier: Specifier, home: string): void {
  const { node, subpath, isRegExp = false } = specifier;
  const [start, end] = node.range;
  if (node.type === 'Identifier') {
    const property = module.parents.get(node);
    const value = property?.type === 'Property' && property.shorthand ? `: ${node.name}` : '';
    changes.replace(start, end, `'${home}${subpath}'${value}`, 'modules');
  } else {
    const text = isRegExp ? home.replace('/', '\\/') : home + subpath;
    changes.replace(start + 1, end - 1, text, 'modules');
  }
}
