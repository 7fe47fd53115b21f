import type { Match, MatchCase, Pattern } from '../../python/tree.ts';
import { type Doc, HARD, indent, join } from '../doc.ts';
import { block, chain, type Js, js, LEVEL, wrap } from '../js.ts';
import { endsAlways } from './control.ts';
import type { Emitter } from './emitter.ts';
import { patternTests } from './matchPatterns.ts';
import { condition } from './operators.ts';
import type { Writer } from './writer.ts';

/** `match` over constants as `switch`, and over shapes as one test after the other. */
export function emitMatchStatement(w: Writer, node: Match): Doc[] {
  const isSwitch = node.cases.every(({ guard, pattern }) => !guard && isLabel(pattern));
  return isSwitch ? emitSwitch(w, node) : emitTests(w, node);
}

function emitSwitch(w: Writer, node: Match): Doc[] {
  const { e } = w;
  const cases = node.cases.map((each): Doc => {
    const labels = labelsOf(e, each.pattern);
    const lines = linesOf(w, each);
    const body = endsAlways(e, each.body) ? lines : [...lines, 'break;'];
    return [join(labels, HARD), ' ', block(body)];
  });
  return [['switch (', e.expression(node.subject).doc, ') {', indent([HARD, join(cases, HARD)]), HARD, '}']];
}

function linesOf(w: Writer, { body, end }: MatchCase): Doc[] {
  return w.lines(body, body.at(-1)?.end ?? end);
}

function isLabel(pattern: Pattern): boolean {
  if (pattern.nodeType === 'MatchOr') return pattern.patterns.every(isLabel);
  if (pattern.nodeType === 'MatchAs') return !pattern.pattern && !pattern.name;
  return (
    pattern.nodeType === 'MatchValue' || (pattern.nodeType === 'MatchSingleton' && pattern.value !== null)
  );
}

function labelsOf(e: Emitter, pattern: Pattern): Doc[] {
  switch (pattern.nodeType) {
    case 'MatchValue':
      return [['case ', e.expression(pattern.value).doc, ':']];
    case 'MatchSingleton':
      return [`case ${pattern.value}:`];
    case 'MatchOr':
      return pattern.patterns.flatMap((each) => labelsOf(e, each));
    default:
      return ['default:'];
  }
}

function emitTests(w: Writer, node: Match): Doc[] {
  const { e } = w;
  const isName = node.subject.nodeType === 'Name';
  const name = isName ? '' : e.names.fresh('subject');
  const subject: Js = isName ? e.expression(node.subject) : { doc: name, level: LEVEL.primary };
  const before: Doc[] = isName ? [] : [[`const ${name} = `, e.expression(node.subject).doc, ';']];
  const branches: Doc[] = [];
  for (const each of node.cases) {
    const { tests, names } = patternTests(e, each.pattern, subject);
    const guard = each.guard;
    if (guard) tests.push(guarded(e, names, () => condition(e, guard)));
    const bound = [...names].map(
      ([target, value]): Doc => [`${e.names.get(target)} = `, wrap(value, LEVEL.arrow), ';'],
    );
    const body = block([...bound, ...linesOf(w, each)]);
    const [first] = tests;
    if (!first) {
      branches.push(branches.length > 0 ? ['else ', body] : body);
      break;
    }
    const test = tests.length === 1 ? first : chain('&&', tests, LEVEL.and);
    branches.push([branches.length > 0 ? 'else ' : '', 'if (', test.doc, ') ', body]);
  }
  return [...before, join(branches, ' ')];
}

/** A guard looks at what the pattern names, which has its name only afterwards. */
function guarded(e: Emitter, names: ReadonlyMap<string, Js>, write: () => Js): Js {
  const outer = e.replaced;
  e.replaced = new Map([...outer, ...names]);
  try {
    const { doc, level } = write();
    return js([doc], level);
  } finally {
    e.replaced = outer;
  }
}
