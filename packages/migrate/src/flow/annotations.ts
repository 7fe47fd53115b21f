import type { PythonModule } from '../python/parse.ts';
import type { Expression } from '../python/tree.ts';
import { containing, type Flow, union, wrap } from './flow.ts';
import { type Kind, NO_KINDS } from './kinds.ts';
import { symbolOf } from './microdot.ts';

/** What a type annotation says of a value: `WebSocket`, `Optional[Request]`, `Dict[str, WebSocket]`, `Peer | None`. */
export function annotatedKinds(flow: Flow, module: PythonModule, annotation: Expression): ReadonlySet<Kind> {
  switch (annotation.nodeType) {
    case 'Name':
    case 'Attribute':
      return named(flow, module, annotation);
    case 'BinOp':
      return union(
        annotatedKinds(flow, module, annotation.left),
        annotatedKinds(flow, module, annotation.right),
      );
    case 'Subscript': {
      const { value, slice } = annotation;
      const parts = (slice.nodeType === 'Tuple' ? slice.elts : [slice]).map((part) =>
        annotatedKinds(flow, module, part),
      );
      const name = value.nodeType === 'Attribute' ? value.attr : value.nodeType === 'Name' ? value.id : '';
      if (name === 'Optional' || name === 'Union' || name === 'Annotated') return union(...parts);
      const [key = NO_KINDS, element = NO_KINDS] = parts;
      if (MAPPINGS.test(name)) return union(wrap('iter:', key), wrap('value:', element));
      return CONTAINERS.test(name) ? containing(union(...parts)) : NO_KINDS;
    }
    default:
      return NO_KINDS;
  }
}

const MAPPINGS = /^(?:Default|Ordered)?[dD]ict$|^defaultdict$|Mapping$/;
const CONTAINERS =
  /^(?:[lL]ist|[sS]et|[tT]uple|FrozenSet|frozenset|[dD]eque|Sequence|Iterable|Iterator|Collection)$/;

function named(flow: Flow, module: PythonModule, annotation: Expression): ReadonlySet<Kind> {
  if (symbolOf(flow.program, module, annotation) === 'Request') return new Set(['request']);
  const made = flow.made(module, annotation);
  if (made !== null) return new Set([made]);
  return new Set(
    [...flow.kinds(module, annotation)].flatMap((kind) => {
      const owner = flow.store.classItself(kind);
      return owner === null ? [] : flow.instanceKinds(owner);
    }),
  );
}
