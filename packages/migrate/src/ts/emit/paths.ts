import type { Attribute, Expression } from '../../python/tree.ts';
import { constantText } from '../infer/assign.ts';
import { call, type Js, js, LEVEL, member, newOf, object, primary, text } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import type { Library } from './libraryCall.ts';

/** Where a module lies, with the files beside it: those were copied, and the module is in `dist`. */
export function ownFolder(e: Emitter, node: Expression): Js | undefined {
  if (node.nodeType === 'Call' && /path\.(abspath|realpath)$/.test(e.source(node.func)))
    return ownFolder(e, node.args[0] as Expression);
  if (node.nodeType !== 'Name' || node.id !== '__file__') return undefined;
  const folders = e.module.path.split('/').slice(0, -1);
  const path = ['..', ...folders.map(() => '..'), ...folders].join('/');
  return call(e.use('node:path', 'join'), [primary('import.meta.dirname'), text(path)]);
}

/** `Path(...)`: a path is text here. */
const path: Library = (e, args) => {
  const [first, ...more] = args.node.args;
  if (!first) return text('.');
  return more.length === 0 ? args.present(0) : call(e.use('node:path', 'join'), args.all());
};

export const PATHS: Readonly<Record<string, Library>> = {
  'pathlib.Path': path,
  'pathlib.PurePath': path,
  'pathlib.Path.cwd': () => primary('process.cwd()'),
  'pathlib.Path.home': (e) => call(e.use('node:os', 'homedir'), []),
};

/** The `Path(__file__)` in `Path(__file__).resolve().parent`. */
function fileName(node: Expression): Expression | undefined {
  if (node.nodeType !== 'Call') return undefined;
  if (node.func.nodeType === 'Attribute' && /^(resolve|absolute)$/.test(node.func.attr))
    return fileName(node.func.value);
  const [name] = node.args;
  return name?.nodeType === 'Name' && name.id === '__file__' ? name : undefined;
}

/** `path.name` and its like. */
export function emitPathPart(e: Emitter, node: Attribute): Js | undefined {
  const self = () => e.present(node.value);
  switch (node.attr) {
    case 'parent': {
      const file = fileName(node.value);
      return (file && ownFolder(e, file)) ?? call(e.use('node:path', 'dirname'), [self()]);
    }
    case 'name':
      return call(e.use('node:path', 'basename'), [self()]);
    case 'stem':
      return member(call(e.use('node:path', 'parse'), [self()]), 'name');
    case 'suffix':
      return call(e.use('node:path', 'extname'), [self()]);
    case 'parts':
      return call(member(self(), 'split'), [e.use('node:path', 'sep')]);
    default:
      return undefined;
  }
}

type PathMethod = (e: Emitter, self: Js, args: Arguments) => Js;

const onFile =
  (name: string, ...more: string[]): PathMethod =>
  (e, self, args) =>
    call(e.use('node:fs', name), [self, ...args.all().slice(0, 1), ...more.map((each) => primary(each))]);

const isKind =
  (method: string): PathMethod =>
  (e, self) =>
    js(
      [
        call(e.use('node:fs', 'statSync'), [self, object(['throwIfNoEntry: false'])]).doc,
        `?.${method}() ?? false`,
      ],
      LEVEL.nullish,
    );

const METHODS: Readonly<Record<string, PathMethod>> = {
  exists: (e, self) => call(e.use('node:fs', 'existsSync'), [self]),
  is_file: isKind('isFile'),
  is_dir: isKind('isDirectory'),
  is_absolute: (e, self) => call(e.use('node:path', 'isAbsolute'), [self]),
  mkdir: (e, self, { node }) =>
    call(
      e.use('node:fs', 'mkdirSync'),
      node.keywords.length > 0 ? [self, object(['recursive: true'])] : [self],
    ),
  rmdir: (e, self) => call(e.use('node:fs', 'rmdirSync'), [self]),
  read_text: (e, self) => call(e.use('node:fs', 'readFileSync'), [self, text('utf8')]),
  read_bytes: (e, self) => call(e.use('node:fs', 'readFileSync'), [self]),
  write_text: onFile('writeFileSync'),
  write_bytes: onFile('writeFileSync'),
  unlink: (e, self, args) =>
    args.has(0, 'missing_ok')
      ? call(e.use('node:fs', 'rmSync'), [self, object(['force: true'])])
      : call(e.use('node:fs', 'unlinkSync'), [self]),
  rename: onFile('renameSync'),
  replace: onFile('renameSync'),
  stat: (e, self) => call(e.use('node:fs', 'statSync'), [self]),
  touch: (e, self) => call(e.use('node:fs', 'appendFileSync'), [self, text('')]),
  iterdir: (e, self) => entries(e, self),
  glob: (e, self, args) => {
    const pattern = constantText(args.get(0) as Expression);
    const end = /^\*([^*?[\]/]*)$/.exec(pattern ?? '**')?.[1];
    if (end === undefined) return e.refuse();
    return end === ''
      ? entries(e, self)
      : call(member(entries(e, self), 'filter'), [primary(['(path) => path.endsWith(', text(end).doc, ')'])]);
  },
  resolve: (e, self) => call(e.use('node:path', 'resolve'), [self]),
  absolute: (e, self) => call(e.use('node:path', 'resolve'), [self]),
  as_posix: (_e, self) => self,
  joinpath: (e, self, args) => call(e.use('node:path', 'join'), [self, ...args.all()]),
  with_name: (e, self, args) =>
    call(e.use('node:path', 'join'), [call(e.use('node:path', 'dirname'), [self]), args.present(0)]),
  with_suffix: (_e, self, args) =>
    js(
      [call(member(self, 'replace'), [primary('/\\.[^./]*$/'), text('')]).doc, ' + ', args.present(0).doc],
      LEVEL.add,
    ),
  relative_to: (e, self, args) => call(e.use('node:path', 'relative'), [args.present(0), self]),
  open: (e, self, args) => {
    const mode = args.get(0, 'mode');
    const isBinary = mode && constantText(mode)?.includes('b');
    return newOf(e.py(isBinary ? 'BinaryFile' : 'TextFile'), [self, ...(mode ? [e.expression(mode)] : [])]);
  },
};

function entries(e: Emitter, self: Js): Js {
  const names = call(e.use('node:fs', 'readdirSync'), [self]);
  return call(member(names, 'map'), [
    primary(['(name) => ', call(e.use('node:path', 'join'), [self, primary('name')]).doc]),
  ]);
}

/** A method of a path. */
export function emitPathMethod(e: Emitter, self: () => Js, name: string, args: Arguments): Js | undefined {
  return METHODS[name]?.(e, self(), args);
}
