import type { Attribute, Expression } from '../../python/tree.ts';
import { constantText } from '../infer/assign.ts';
import { binary, call, type Js, js, LEVEL, member, object, primary, text, wrap } from '../js.ts';
import { baseNameOf, type ClassInfo, methodOf } from '../program.ts';
import { isMap, isRecord } from '../types/print.ts';
import type { DictCell } from '../types/type.ts';
import type { Arguments } from './arguments.ts';
import { sortOptions } from './callbacks.ts';
import { element } from './elements.ts';
import type { Emitter } from './emitter.ts';
import { emitFormat } from './format.ts';
import { emitInstanceMethod } from './instanceMethods.ts';
import { arrayFrom, iterable, spread } from './iteration.ts';
import { namedProperty } from './properties.ts';

/** A method of a value whose type is known; `undefined` where it is not. */
export function emitMethod(e: Emitter, func: Attribute, args: Arguments, isLoose: boolean): Js | undefined {
  const type = e.type(func.value).present;
  if (type.is('str')) return textMethod(e, func, args);
  if (type.is('bytes')) return bytesMethod(e, func, args);
  if (type.is('int') && func.attr === 'to_bytes')
    return call(e.py('toBytes'), [e.present(func.value), ...args.all('length', 'byteorder')]);
  const atom = type.single;
  switch (atom?.kind) {
    case 'list':
      return listMethod(e, func, args);
    case 'dict':
      return dictMethod(e, func, args, atom.cell, isLoose);
    case 'set':
      return setMethod(e, func, args);
    case 'instance': {
      const owner = atom.owner as ClassInfo | null;
      if (!owner) return emitInstanceMethod(e, func, args, atom.name, isLoose);
      const base = methodOf(owner, func.attr) ? undefined : baseNameOf(owner);
      return base === undefined ? undefined : emitInstanceMethod(e, func, args, base, isLoose);
    }
    default:
      return undefined;
  }
}

const SAME: Readonly<Record<string, string>> = {
  upper: 'toUpperCase',
  lower: 'toLowerCase',
  casefold: 'toLowerCase',
  startswith: 'startsWith',
  endswith: 'endsWith',
  find: 'indexOf',
  rfind: 'lastIndexOf',
  zfill: 'padStart',
  ljust: 'padEnd',
  rjust: 'padStart',
};

const HELPED: Readonly<Record<string, string>> = {
  splitlines: 'splitlines',
  partition: 'partition',
  rpartition: 'rpartition',
  title: 'title',
  capitalize: 'capitalize',
  count: 'count',
  swapcase: 'swapCase',
};

const PATTERNS: Readonly<Record<string, string>> = {
  isdigit: '/^\\d+$/',
  isdecimal: '/^\\d+$/',
  isnumeric: '/^\\d+$/',
  isalpha: '/^\\p{L}+$/u',
  isalnum: '/^[\\p{L}\\p{N}]+$/u',
  isspace: '/^\\s+$/',
  isupper: '/^(?=.*\\p{Lu})\\P{Ll}+$/u',
  islower: '/^(?=.*\\p{Ll})\\P{Lu}+$/u',
  isidentifier: '/^[\\p{L}_][\\p{L}\\p{N}_]*$/u',
};

export function textMethod(e: Emitter, func: Attribute, args: Arguments): Js | undefined {
  const name = func.attr;
  if (name === 'format') return emitFormat(e, func.value, args.node);
  const self = e.present(func.value);
  const given = (at: number, ...names: string[]) => args.get(at, names[0]);
  if (PATTERNS[name]) return call(primary(`${PATTERNS[name]}.test`), [self]);
  if (HELPED[name]) return call(e.py(HELPED[name]), [self, ...args.all()]);
  switch (name) {
    case 'strip':
    case 'lstrip':
    case 'rstrip': {
      const characters = given(0);
      if (characters && !(characters.nodeType === 'Constant' && characters.type === 'none')) {
        const side = { strip: [], lstrip: [text('start')], rstrip: [text('end')] }[name];
        return call(e.py('strip'), [self, e.present(characters), ...side]);
      }
      return call(member(self, { strip: 'trim', lstrip: 'trimStart', rstrip: 'trimEnd' }[name]), []);
    }
    case 'startswith':
    case 'endswith': {
      const prefix = given(0);
      const method = SAME[name] as string;
      if (prefix && e.type(prefix).single?.kind === 'tuple') {
        return call(member(e.expression(prefix), 'some'), [
          primary(['(part) => ', wrap(self, LEVEL.primary), `.${method}(part)`]),
        ]);
      }
      return call(member(self, method), args.all());
    }
    case 'replace':
      if (args.has(2)) {
        if (args.get(2)?.nodeType === 'Constant' && (args.get(2) as { value: unknown }).value === 1)
          return call(member(self, 'replace'), args.all().slice(0, 2));
        return e.refuse();
      }
      // A function: in a string, `$&` would mean something.
      return call(member(self, 'replaceAll'), [
        args.present(0),
        isPlainReplacement(args) ? args.present(1) : primary(['() => ', wrap(args.present(1), LEVEL.arrow)]),
      ]);
    case 'join': {
      const items = given(0);
      return items ? call(member(joinable(e, items), 'join'), [self]) : undefined;
    }
    case 'split': {
      const separator = given(0, 'sep');
      const isNone = separator?.nodeType === 'Constant' && separator.type === 'none';
      if (separator && !isNone && !args.has(1, 'maxsplit'))
        return call(member(self, 'split'), [e.present(separator)]);
      return call(e.py('split'), [
        self,
        ...(args.has(1, 'maxsplit')
          ? [separator ? e.expression(separator) : primary('null'), args.value(1, 'maxsplit')]
          : []),
      ]);
    }
    case 'rsplit':
      return call(e.py('rsplit'), [self, ...args.all('sep', 'maxsplit')]);
    case 'encode':
      // What has no place in another encoding would have to be left out, or to fail.
      if (args.has(1, 'errors')) return e.refuse();
      return call(primary('new TextEncoder().encode'), [self]);
    case 'translate':
      return call(e.py('translate'), [self, args.value(0)]);
    case 'expandtabs':
      return call(e.py('expandTabs'), [self, ...args.all('tabsize')]);
    case 'zfill':
      return call(e.py('format'), [self, primary(['`0>${', args.value(0).doc, '}`'])]);
    case 'center':
      return call(e.py('format'), [
        self,
        primary([
          '`',
          constantText((args.get(1) ?? args.get(0)) as Expression) ?? '',
          '^${',
          args.value(0).doc,
          '}`',
        ]),
      ]);
    case 'index':
    case 'rindex':
      return e.refuse();
    case 'removeprefix':
      return js(
        [
          self.doc,
          '.startsWith(',
          args.present(0).doc,
          ') ? ',
          self.doc,
          '.slice(',
          args.present(0).doc,
          '.length) : ',
          self.doc,
        ],
        LEVEL.conditional,
      );
    case 'removesuffix':
      return js(
        [
          self.doc,
          '.endsWith(',
          args.present(0).doc,
          ') ? ',
          self.doc,
          '.slice(0, -',
          args.present(0).doc,
          '.length) : ',
          self.doc,
        ],
        LEVEL.conditional,
      );
    default:
      return SAME[name] ? call(member(self, SAME[name]), args.all()) : undefined;
  }
}

function isPlainReplacement(args: Arguments): boolean {
  const node = args.get(1);
  const value = node && constantText(node);
  return value !== undefined && !value.includes('$');
}

/** Python refuses to join what is not text, and so items are text here. */
function joinable(e: Emitter, node: Parameters<Emitter['type']>[0]): Js {
  return arrayFrom(e, node);
}

function bytesMethod(e: Emitter, func: Attribute, args: Arguments): Js | undefined {
  const self = e.present(func.value);
  switch (func.attr) {
    case 'decode': {
      const encoding = args.get(0, 'encoding');
      const name = encoding && constantText(encoding)?.toLowerCase();
      if (name && /^(latin|iso-8859)/.test(name))
        return call(member(primary(['Buffer.from(', self.doc, ')']), 'toString'), [text('latin1')]);
      return call(primary('new TextDecoder().decode'), [self]);
    }
    case 'hex':
      return call(member(primary(['Buffer.from(', self.doc, ')']), 'toString'), [text('hex')]);
    case 'startswith':
      return primary([
        'Buffer.from(',
        self.doc,
        ').subarray(0, ',
        wrap(args.present(0), LEVEL.primary),
        '.length).equals(',
        args.present(0).doc,
        ')',
      ]);
    case 'find':
      return call(member(primary(['Buffer.from(', self.doc, ')']), 'indexOf'), args.all());
    case 'join':
      return call(e.py('joinBytes'), [self, iterable(e, args.get(0) as Expression)]);
    default:
      return e.refuse();
  }
}

export function listMethod(e: Emitter, func: Attribute, args: Arguments): Js | undefined {
  const self = e.present(func.value);
  switch (func.attr) {
    case 'append':
      return call(member(self, 'push'), [args.value(0)]);
    case 'appendleft':
      return call(member(self, 'unshift'), [args.value(0)]);
    case 'extend':
      return call(member(self, 'push'), [
        js(['...', wrap(iterable(e, args.get(0) as never), LEVEL.unary)], LEVEL.arrow),
      ]);
    case 'insert': {
      const at = args.get(0);
      if (at?.nodeType === 'Constant' && at.value === 0)
        return call(member(self, 'unshift'), [args.value(1)]);
      return call(member(self, 'splice'), [args.value(0), primary('0'), args.value(1)]);
    }
    case 'popleft':
      return call(e.py('pop'), [self, primary('0')]);
    case 'pop':
      return call(e.py('pop'), [self, ...args.all()]);
    case 'remove':
      return call(e.py('remove'), [self, args.value(0)]);
    case 'clear':
      return js([member(self, 'length').doc, ' = 0'], LEVEL.arrow);
    case 'copy':
      return spread(self);
    case 'reverse':
      return call(member(self, 'reverse'), []);
    case 'count':
      return call(e.py('count'), [self, args.value(0)]);
    case 'sort': {
      const options = sortOptions(e, args);
      const elem = e.type(func.value).single;
      const isNumbers = elem?.kind === 'list' && elem.cell.elem.is('int', 'float');
      if (options.length === 0 && isNumbers) return call(member(self, 'sort'), [primary('(a, b) => a - b')]);
      return call(e.py('sort'), [self, ...options]);
    }
    case 'index':
      return call(e.py('indexOf'), [self, args.value(0)]);
    default:
      return undefined;
  }
}

function dictMethod(
  e: Emitter,
  func: Attribute,
  args: Arguments,
  cell: DictCell,
  isLoose: boolean,
): Js | undefined {
  const self = e.present(func.value);
  const first = args.get(0);
  const name = first && constantText(first);
  const onMap = isMap(cell);
  switch (func.attr) {
    case 'get': {
      const field = name === undefined ? undefined : cell.fields.get(name);
      // `null` would be a value, and `??` takes it for none.
      if (name !== undefined && field && isRecord(cell) && !field.type.isOptional && !field.type.isAny) {
        const value = element(self, name);
        const isThere = !cell.isOptional(name);
        if (isThere || (isLoose && !args.has(1, 'default'))) return value;
        return binary(
          '??',
          value,
          args.has(1, 'default') ? args.value(1, 'default') : primary('null'),
          LEVEL.nullish,
        );
      }
      return call(e.py('get'), [
        self,
        e.expression(first as never),
        ...(args.has(1, 'default') ? [args.value(1, 'default')] : []),
      ]);
    }
    case 'items':
      return onMap ? call(member(self, 'entries'), []) : call(primary('Object.entries'), [self]);
    case 'keys':
      return onMap ? call(member(self, 'keys'), []) : call(primary('Object.keys'), [self]);
    case 'values':
      return onMap ? call(member(self, 'values'), []) : call(primary('Object.values'), [self]);
    case 'pop':
      if (onMap && args.node.parent?.nodeType === 'Expr' && args.has(1))
        return call(member(self, 'delete'), [args.value(0)]);
      return call(e.py('pop'), [self, ...args.node.args.map((arg) => e.expression(arg))]);
    case 'setdefault':
      return call(e.py('setDefault'), [self, args.value(0), args.has(1) ? args.value(1) : primary('null')]);
    case 'update':
      return emitUpdate(e, self, args, onMap);
    case 'most_common':
      return call(e.py('mostCommon'), [self, ...args.all()]);
    case 'clear':
      return onMap ? call(member(self, 'clear'), []) : call(e.py('clear'), [self]);
    case 'copy':
      return onMap ? primary(['new Map(', self.doc, ')']) : object([['...', wrap(self, LEVEL.unary)]]);
    default:
      return undefined;
  }
}

function emitUpdate(e: Emitter, self: Js, args: Arguments, onMap: boolean): Js {
  const named = args.node.keywords.map(({ arg, value }) =>
    arg
      ? namedProperty(arg, wrap(e.expression(value), LEVEL.arrow))
      : ['...', wrap(e.expression(value), LEVEL.unary)],
  );
  const sources = [
    ...args.node.args.map((arg) => e.present(arg)),
    ...(named.length > 0 ? [object(named)] : []),
  ];
  const isObject = !onMap && args.node.args.every((arg) => e.type(arg).single?.kind === 'dict');
  if (isObject) return call(primary('Object.assign'), [self, ...sources]);
  return sources.length === 1 ? call(e.py('update'), [self, sources[0] as Js]) : e.refuse();
}

function setMethod(e: Emitter, func: Attribute, args: Arguments): Js | undefined {
  const self = e.present(func.value);
  switch (func.attr) {
    case 'add':
      return call(member(self, 'add'), [args.value(0)]);
    case 'discard':
      return call(member(self, 'delete'), [args.value(0)]);
    case 'remove':
      return call(e.py('remove'), [self, args.value(0)]);
    case 'clear':
      return call(member(self, 'clear'), []);
    case 'update':
      return call(e.py('update'), [self, args.value(0)]);
    case 'copy':
      return primary(['new Set(', self.doc, ')']);
    case 'union':
      return primary(['new Set([...', self.doc, ', ...', iterable(e, args.get(0) as never).doc, '])']);
    default:
      return e.refuse();
  }
}
