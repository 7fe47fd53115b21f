import type { Expression } from '../../python/tree.ts';
import type { Emitter } from './emitter.ts';

export function isError(e: Emitter, node: Expression): boolean {
  const { atoms } = e.type(node);
  return (
    atoms.length > 0 &&
    atoms.every(
      (atom) =>
        atom.kind === 'instance' &&
        (/(Error|Exception|Interrupt)$/.test(atom.name) ||
          Boolean((atom.owner as { errorBase?: string } | null)?.errorBase) ||
          hasErrorBase(atom.owner as never)),
    )
  );
}

function hasErrorBase(
  owner: { bases?: readonly { errorBase?: string; bases?: never }[]; errorBase?: string } | null,
): boolean {
  return Boolean(owner?.errorBase) || (owner?.bases ?? []).some((base) => hasErrorBase(base as never));
}
