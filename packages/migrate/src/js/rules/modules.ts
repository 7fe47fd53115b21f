import type { JsContext } from '../rule.ts';
import type { Container } from '../uses.ts';

/** The modules themselves: `'microdot_cors'` is `'@microdot/cors'`, wherever a module is named. */
export function renameModules(
  { uses, changes, module, homes }: JsContext,
  packages: ReadonlyMap<Container, string | undefined>,
): void {
  for (const specifier of uses.specifiers) {
    const container = uses.containers.find((each) => each.specifier === specifier);
    const home = (container && packages.get(container)) || homes.get(specifier) || specifier.module.package;
    const [start, end] = specifier.node.range;
    const written = module.source.slice(start, end);
    const isGone = changes.edits.some((edit) => edit.start <= start && edit.end >= end && edit.text === '');
    if (isGone) continue;
    if (home === undefined) {
      changes.note(start, 'modules', `Nothing takes the place of ${written}: Node has what it had.`, 'tls');
      continue;
    }
    changes.replace(start + 1, end - 1, home + specifier.subpath, 'modules');
    if (specifier.subpath !== '' && specifier.subpath !== '/package.json') {
      changes.note(
        start,
        'modules',
        `Packages of 2.x have no files to import: ${written}.`,
        'modules-and-names',
      );
    }
  }
}
