import type { Attribute, Expression } from '../../python/tree.ts';
import { constantIndex, constantText } from '../infer/assign.ts';
import { array, binary, call, index, type Js, LEVEL, member, nonNull, primary, text, wrap } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';

/** How much of the text a pattern has to match. */
type Anchor = 'start' | 'whole' | 'none';

/** A regular expression of Python's as a literal; `undefined` where JavaScript has nothing of the kind. */
export function regularExpression(source: string, anchor: Anchor, flags = ''): string | undefined {
  if (/\(\?(?![:=!<P#])|\(\?P=|\(\?#|\(\?\(|[+*?}]\+|\\[AG]/.test(source.replace(/\\\\/g, '')))
    return undefined;
  const plain = source
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\Z', '$')
    .replace(/\\'/g, "'")
    .replace(/(?<!\\)\//g, '\\/')
    .replaceAll('\n', '\\n');
  // Without m, Python's `$` matches before a last line break too.
  const exact = flags.includes('m') ? plain : plain.replace(/\$(?=$|\))/g, '$');
  const needsGroup = /\|/.test(exact);
  const inner = needsGroup && anchor !== 'none' ? `(?:${exact})` : exact;
  const start = anchor === 'none' || inner.startsWith('^') ? '' : '^';
  const end = anchor === 'whole' && !inner.endsWith('$') ? '$' : '';
  const all = /[^\x00-\x7f]|\\p\{/.test(inner) ? `${flags}u` : flags;
  const written = `${start}${inner}${end}` || '(?:)';
  try {
    new RegExp(written, all);
  } catch {
    return undefined;
  }
  return `/${written}/${all}`;
}

const FLAGS: Readonly<Record<string, string>> = {
  're.I': 'i',
  're.IGNORECASE': 'i',
  're.M': 'm',
  're.MULTILINE': 'm',
  're.S': 's',
  're.DOTALL': 's',
};

export function flagsOf(e: Emitter, node: Expression | undefined): string {
  if (!node) return '';
  if (node.nodeType === 'BinOp') return flagsOf(e, node.left) + flagsOf(e, node.right);
  const atom = e.type(node).single;
  return (atom?.kind === 'named' ? FLAGS[atom.name] : undefined) ?? e.refuse();
}

/** A pattern that is written out, or that a constant of the module holds. */
export function literalPattern(e: Emitter, node: Expression, anchor: Anchor, flags: string): Js {
  const source = constantText(node) ?? constantOf(e, node);
  const written = source === undefined ? undefined : regularExpression(source, anchor, flags);
  return written === undefined ? e.refuse() : primary(written);
}

/** The text of a name that is assigned once, to text. */
function constantOf(e: Emitter, node: Expression): string | undefined {
  if (node.nodeType === 'BinOp' && node.op.nodeType === 'Add') {
    const parts = [node.left, node.right].map((part) => constantText(part) ?? constantOf(e, part));
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  if (node.nodeType !== 'Name') return undefined;
  const [definition, ...more] = e.program.resolve(e.module, node)?.binding.definitions ?? [];
  return definition?.kind === 'assignment' && more.length === 0 && definition.value
    ? constantText(definition.value)
    : undefined;
}

/** `re.match(pattern, text)` and the other functions of the module. */
export function emitPattern(e: Emitter, name: string, args: Arguments): Js | undefined {
  const method = e.isTest ? 'test' : 'exec';
  e.isTest = false;
  const pattern = args.get(0);
  if (!pattern) return undefined;
  if (name === 'escape')
    return call(member(args.present(0), 'replace'), [primary('/[\\\\^$.*+?()[\\]{}|\\-]/g'), text('\\$&')]);
  const isCompiled = e.type(pattern).has('instance re.Pattern');
  const flags = flagsOf(e, args.get({ sub: 4, split: 3 }[name] ?? 2, 'flags'));
  if (isCompiled) return onPattern(e, name, e.expression(pattern), args, 1, pattern, method);
  switch (name) {
    case 'compile':
      return literalPattern(e, pattern, 'none', flagsOf(e, args.get(1, 'flags')));
    case 'match':
      return executed(literalPattern(e, pattern, 'start', flags), args.present(1), method);
    case 'fullmatch':
      return executed(literalPattern(e, pattern, 'whole', flags), args.present(1), method);
    case 'search':
      return executed(literalPattern(e, pattern, 'none', flags), args.present(1), method);
    case 'sub':
      return call(member(args.present(2), 'replace'), [
        literalPattern(e, pattern, 'none', `${args.has(3, 'count') ? '' : 'g'}${flags}`),
        replacement(e, args.get(1) as Expression),
      ]);
    case 'split':
      return call(member(args.present(1), 'split'), [literalPattern(e, pattern, 'none', flags)]);
    case 'findall':
      return call(e.py('findAll'), [literalPattern(e, pattern, 'none', `g${flags}`), args.present(1)]);
    case 'finditer':
      return call(member(args.present(1), 'matchAll'), [literalPattern(e, pattern, 'none', `g${flags}`)]);
    default:
      return undefined;
  }
}

function executed(pattern: Js, subject: Js, method: string): Js {
  return call(member(pattern, method), [subject]);
}

function replacement(e: Emitter, node: Expression): Js {
  const written = constantText(node);
  if (written !== undefined)
    return text(
      written
        .replaceAll('$', '$$$$')
        .replace(/\\(\d)|\\g<(\w+)>/g, (_, digit?: string, name?: string) =>
          digit ? `$${digit}` : /^\d+$/.test(name ?? '') ? `$${name}` : `$<${name}>`,
        ),
    );
  if (e.type(node).is('str')) return primary(['() => ', wrap(e.expression(node), LEVEL.arrow)]);
  // Python's function gets a match, JavaScript's the parts of one.
  const atom = e.type(node).single;
  if (atom?.kind !== 'named' || !atom.owner) return e.refuse();
  return call(e.py('replacer'), [e.expression(node)]);
}

/** Methods of compiled patterns and of matches. */
export function emitMatch(e: Emitter, func: Attribute, args: Arguments, owner: string): Js | undefined {
  const method = e.isTest ? 'test' : 'exec';
  e.isTest = false;
  if (owner === 're.Pattern')
    return onPattern(e, func.attr, e.expression(func.value), args, 0, func.value, method);
  const match = () => e.present(func.value);
  switch (func.attr) {
    case 'group': {
      const key = args.get(0);
      const name = key && constantText(key);
      if (name !== undefined) return nonNull(member(nonNull(member(match(), 'groups')), name));
      if (args.node.args.length > 1) return e.refuse();
      const at = key ? constantIndex(key) : 0;
      return nonNull(
        index(match(), at === undefined ? e.expression(key as Expression) : primary(String(at))),
      );
    }
    case 'groups':
      return call(member(match(), 'slice'), [primary('1')]);
    case 'groupdict':
      return nonNull(member(match(), 'groups'));
    case 'start':
      return args.has(0) ? e.refuse() : member(match(), 'index');
    case 'end':
      return args.has(0)
        ? e.refuse()
        : binary('+', member(match(), 'index'), member(index(match(), primary('0')), 'length'), LEVEL.add);
    case 'span':
      return args.has(0)
        ? e.refuse()
        : array([
            member(match(), 'index').doc,
            binary('+', member(match(), 'index'), member(index(match(), primary('0')), 'length'), LEVEL.add)
              .doc,
          ]);
    default:
      return e.refuse();
  }
}

function onPattern(
  e: Emitter,
  name: string,
  pattern: Js,
  args: Arguments,
  at: number,
  node: Expression,
  method: string,
): Js {
  const subject = args.present(at);
  const anchored = (anchor: Anchor) => definedPattern(e, node, anchor);
  switch (name) {
    case 'match': {
      // A compiled pattern that begins with ^ is anchored by itself.
      const written = anchored('start');
      return executed(written?.isSame ? pattern : (written?.js ?? e.refuse()), subject, method);
    }
    case 'fullmatch': {
      const written = anchored('whole');
      return executed(written?.isSame ? pattern : (written?.js ?? e.refuse()), subject, method);
    }
    case 'search':
      return executed(pattern, subject, method);
    case 'sub':
      return call(member(args.present(at + 1), 'replace'), [
        globally(pattern),
        replacement(e, args.get(at) as Expression),
      ]);
    case 'split':
      return call(member(subject, 'split'), [pattern]);
    case 'findall':
      return call(e.py('findAll'), [globally(pattern), subject]);
    case 'finditer':
      return call(member(subject, 'matchAll'), [globally(pattern)]);
    default:
      return e.refuse();
  }
}

/** The same pattern for all of a text; `new RegExp` keeps no other flags than those it is told. */
function globally(pattern: Js): Js {
  return primary(['new RegExp(', pattern.doc, ', `g${', pattern.doc, '.flags}`)']);
}

/** The pattern that a variable was compiled from, anchored; and whether the variable holds the same. */
function definedPattern(
  e: Emitter,
  node: Expression,
  anchor: Anchor,
): { js: Js; isSame: boolean } | undefined {
  let source = node;
  if (node.nodeType === 'Name') {
    const [definition, ...more] = e.program.resolve(e.module, node)?.binding.definitions ?? [];
    if (definition?.kind !== 'assignment' || more.length > 0 || !definition.value) return undefined;
    source = definition.value;
  }
  if (source.nodeType !== 'Call' || !source.args[0]) return undefined;
  const pattern = constantText(source.args[0]);
  if (pattern === undefined) return undefined;
  const flags = flagsOf(e, source.args[1]);
  const [plain, anchored] = [
    regularExpression(pattern, 'none', flags),
    regularExpression(pattern, anchor, flags),
  ];
  return anchored === undefined ? undefined : { js: primary(anchored), isSame: plain === anchored };
}
