import type { Match, Pattern } from '../../python/tree.ts';
import { type Doc, HARD, indent, join } from '../doc.ts';
import { block } from '../js.ts';
import { endsAlways } from './control.ts';
import type { Emitter } from './emitter.ts';
import type { Writer } from './writer.ts';

/** `match` over constants as `switch`. */
export function emitMatchStatement(w: Writer, node: Match): Doc[] {
  const { e } = w;
  const cases = node.cases.map((each): Doc => {
    if (each.guard) return e.refuse();
    const labels = labelsOf(e, each.pattern);
    const lines = w.lines(each.body, each.body.at(-1)?.end ?? each.end);
    const body = endsAlways(e, each.body) ? lines : [...lines, 'break;'];
    return [join(labels, HARD), ' ', block(body)];
  });
  return [['switch (', e.expression(node.subject).doc, ') {', indent([HARD, join(cases, HARD)]), HARD, '}']];
}

function labelsOf(e: Emitter, pattern: Pattern): Doc[] {
  switch (pattern.nodeType) {
    case 'MatchValue':
      return [['case ', e.expression(pattern.value).doc, ':']];
    case 'MatchSingleton':
      return [`case ${pattern.value === null ? 'null' : pattern.value}:`];
    case 'MatchOr':
      return pattern.patterns.flatMap((each) => labelsOf(e, each));
    case 'MatchAs':
      return pattern.pattern || pattern.name ? e.refuse() : ['default:'];
    default:
      return e.refuse();
  }
}
