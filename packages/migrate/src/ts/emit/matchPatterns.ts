import type { MatchClass, Pattern } from '../../python/tree.ts';
import { constantText } from '../infer/assign.ts';
import { binary, call, chain, index, type Js, js, LEVEL, member, primary, wrap } from '../js.ts';
import { allFieldsOf, type ClassInfo } from '../program.ts';
import { element } from './elements.ts';
import type { Emitter } from './emitter.ts';
import { camelCase } from './names.ts';

/** What has to hold for a pattern to match, in its order, and what it gives names to. */
interface Matched {
  readonly tests: Js[];
  readonly names: Map<string, Js>;
}

/** The tests of a pattern on something that stands at `path`. */
export function patternTests(e: Emitter, pattern: Pattern, path: Js): Matched {
  const found: Matched = { tests: [], names: new Map() };
  collect(e, pattern, path, found);
  return found;
}

function collect(e: Emitter, pattern: Pattern, path: Js, found: Matched): void {
  switch (pattern.nodeType) {
    case 'MatchValue': {
      const isSimple =
        e.type(pattern.value).is('str', 'int', 'float', 'bool') || pattern.value.nodeType === 'Attribute';
      const value = e.expression(pattern.value);
      found.tests.push(
        isSimple ? binary('===', path, value, LEVEL.equal) : call(e.py('equal'), [path, value]),
      );
      return;
    }
    case 'MatchSingleton':
      found.tests.push(
        pattern.value === null
          ? binary('==', path, primary('null'), LEVEL.equal)
          : binary('===', path, primary(String(pattern.value)), LEVEL.equal),
      );
      return;
    case 'MatchAs':
      if (pattern.pattern) collect(e, pattern.pattern, path, found);
      if (pattern.name) found.names.set(pattern.name, path);
      return;
    case 'MatchOr': {
      const options = pattern.patterns.map((each) => patternTests(e, each, path));
      // Names would stand for one thing here and for another there.
      if (options.some(({ names }) => names.size > 0)) e.refuse();
      const tests = options.map((option) => chain('&&', option.tests, LEVEL.and));
      if (options.every((option) => option.tests.length > 0)) found.tests.push(chain('||', tests, LEVEL.or));
      return;
    }
    case 'MatchClass':
      classTests(e, pattern, path, found);
      return;
    case 'MatchMapping':
      if (pattern.rest !== undefined) e.refuse();
      found.tests.push(call(e.py('isPlain'), [path]));
      pattern.keys.forEach((key, i) => {
        const name = constantText(key) ?? e.refuse();
        found.tests.push(call(primary('Object.hasOwn'), [path, e.expression(key)]));
        collect(e, pattern.patterns[i] as Pattern, element(path, name), found);
      });
      return;
    case 'MatchSequence':
      sequenceTests(e, pattern.patterns, path, found);
      return;
    default:
      e.refuse();
  }
}

function sequenceTests(e: Emitter, patterns: readonly Pattern[], path: Js, found: Matched): void {
  const starAt = patterns.findIndex(({ nodeType }) => nodeType === 'MatchStar');
  const length = member(path, 'length');
  found.tests.push(
    call(primary('Array.isArray'), [path]),
    starAt < 0
      ? binary('===', length, primary(String(patterns.length)), LEVEL.equal)
      : binary('>=', length, primary(String(patterns.length - 1)), LEVEL.compare),
  );
  patterns.forEach((each, i) => {
    const behind = patterns.length - i;
    if (each.nodeType === 'MatchStar') {
      const end = behind === 1 ? [] : [primary(String(1 - behind))];
      if (each.name) found.names.set(each.name, call(member(path, 'slice'), [primary(String(i)), ...end]));
    } else if (starAt < 0 || i < starAt) collect(e, each, index(path, primary(String(i))), found);
    else collect(e, each, call(member(path, 'at'), [primary(String(-behind))]), found);
  });
}

const TYPEOF: Readonly<Record<string, string>> = {
  'builtins.str': 'string',
  'builtins.float': 'number',
  'builtins.bool': 'boolean',
};

function classTests(e: Emitter, pattern: MatchClass, path: Js, found: Matched): void {
  const atom = e.type(pattern.cls).single;
  if (atom?.kind !== 'named') e.refuse();
  const owner = atom.owner as ClassInfo | null;
  if (owner?.kind === 'class') {
    const fields = allFieldsOf(owner);
    found.tests.push(
      js([wrap(path, LEVEL.compare), ' instanceof ', e.expression(pattern.cls).doc], LEVEL.compare),
    );
    pattern.patterns.forEach((each, i) => {
      collect(e, each, member(path, camelCase(fields[i] ?? e.refuse())), found);
    });
    pattern.kwd_attrs.forEach((name, i) => {
      collect(e, pattern.kwd_patterns[i] as Pattern, member(path, camelCase(name)), found);
    });
    return;
  }
  const [inner, ...more] = pattern.patterns;
  if (owner || more.length > 0 || pattern.kwd_attrs.length > 0) e.refuse();
  const kind = TYPEOF[atom.name];
  if (kind) found.tests.push(js(['typeof ', wrap(path, LEVEL.unary), ` === '${kind}'`], LEVEL.equal));
  else if (atom.name === 'builtins.int') found.tests.push(call(primary('Number.isInteger'), [path]));
  else if (atom.name === 'builtins.dict') found.tests.push(call(e.py('isPlain'), [path]));
  else if (/^builtins\.(list|tuple)$/.test(atom.name))
    found.tests.push(call(primary('Array.isArray'), [path]));
  else e.refuse();
  if (inner) collect(e, inner, path, found);
}
