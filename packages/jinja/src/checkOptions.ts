import { JinjaError } from './errors.ts';
import type { EnvironmentOptions } from './options.ts';

/** What a value must be, in words, and whether it is that. */
type Kind = readonly [what: string, test: (value: unknown) => boolean];

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isText = (value: unknown): boolean => typeof value === 'string';
const isPath = (value: unknown): boolean => isText(value) && value !== '';
const isNamed = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map);
const isTag = (value: unknown): boolean =>
  isNamed(value) &&
  (Array.isArray(value.tags)
    ? value.tags.every(isText) && isFunction(value.parse)
    : isFunction(value.preprocess));

const TEXT: Kind = ['text', isText];
const DELIMITER: Kind = ['text that is not empty', isPath];
const SWITCH: Kind = ['true or false', (value) => typeof value === 'boolean'];
const COUNT: Kind = ['a number above 0', (value) => typeof value === 'number' && value > 0];
const NAMED: Kind = ['an object, by name', isNamed];
const NAMES: Kind = ['a list of names', (value) => Array.isArray(value) && value.every(isText)];

const MODES = ['default', 'strict', 'chainable', 'debug'];

const OPTIONS: Readonly<Record<keyof EnvironmentOptions, Kind>> = {
  directory: [
    'a path, or a list of paths',
    (value) => isPath(value) || (Array.isArray(value) && value.length > 0 && value.every(isPath)),
  ],
  templates: ['an object with the text of each template, by name', isNamed],
  precompiled: [
    'the default export of what precompile() has written',
    (value) => isNamed(value) && !isNamed(value.default),
  ],
  loaders: [
    'a list of objects with a method getSource(name)',
    (value) => Array.isArray(value) && value.every((loader) => isFunction(loader?.getSource)),
  ],
  autoescape: [
    'true, false, or a function of the name',
    (value) => typeof value === 'boolean' || isFunction(value),
  ],
  undefined: [
    'one of default, strict, chainable and debug',
    (value) => isText(value) && MODES.includes(value as string),
  ],
  globals: NAMED,
  filters: NAMED,
  tests: NAMED,
  extensions: [
    'a list of do, loopcontrols, i18n, and objects with tags and parse()',
    (value) => Array.isArray(value) && value.every((each) => isText(each) || isTag(each)),
  ],
  translations: [
    'an object with gettext() and ngettext()',
    (value) => isNamed(value) && isFunction(value.gettext) && isFunction(value.ngettext),
  ],
  newStyleGettext: SWITCH,
  autoReload: SWITCH,
  cacheSize: COUNT,
  maxOutput: COUNT,
  maxIterations: COUNT,
  blockStart: DELIMITER,
  blockEnd: DELIMITER,
  variableStart: DELIMITER,
  variableEnd: DELIMITER,
  commentStart: DELIMITER,
  commentEnd: DELIMITER,
  lineStatementPrefix: TEXT,
  lineCommentPrefix: TEXT,
  trimBlocks: SWITCH,
  lstripBlocks: SWITCH,
  keepTrailingNewline: SWITCH,
};

/** What others call an option, or what to do instead of one. */
const INSTEAD: Readonly<Record<string, string>> = {
  loader: 'write loaders, a list',
  searchpath: 'write directory',
  enableasync: 'leave it out, renderAsync() and generateAsync() are always there',
  newlinesequence: 'leave it out, lines end in \\n',
  throwonundefined: "write undefined: 'strict'",
  nocache: 'write autoReload: true',
  watch: 'write autoReload: true',
  tags: 'write blockStart, variableStart and the like as options of their own',
};

/**
 * What is dropped without a word may be what keeps a page safe: options are refused that do not exist, or have the wrong type.
 *
 * @throws JinjaError `INVALID_OPTION`
 */
export function checkOptions(options: EnvironmentOptions): void {
  checkTable('options', options, OPTIONS, INSTEAD);
  for (const kind of ['filters', 'tests', 'precompiled'] as const) {
    for (const [name, f] of Object.entries(options[kind] ?? {})) checkFunction(`${kind}.${name}`, f);
  }
  const { blockStart = '{%', variableStart = '{{', commentStart = '{#' } = options;
  if (new Set([blockStart, variableStart, commentStart]).size < 3) {
    throw new JinjaError('INVALID_OPTION', 'blockStart, variableStart and commentStart must differ');
  }
}

const AUTOESCAPE: Readonly<Record<string, Kind>> = {
  enabledExtensions: NAMES,
  disabledExtensions: NAMES,
  defaultForString: SWITCH,
  default: SWITCH,
};

/** @throws JinjaError `INVALID_OPTION` */
export function checkAutoescape(options: object): void {
  checkTable('selectAutoescape()', options, AUTOESCAPE, {});
}

/** @throws JinjaError `INVALID_OPTION` */
export function checkFunction(what: string, value: unknown): void {
  check(what, value, ['a function', isFunction]);
}

/** @throws JinjaError `INVALID_OPTION` */
export function checkText(what: string, value: unknown): void {
  check(what, value, TEXT);
}

/** @throws JinjaError `INVALID_OPTION` */
export function checkTag(value: unknown): void {
  check('an extension', value, ['an object with tags and parse()', isTag]);
}

/** @throws JinjaError `INVALID_OPTION` */
export function checkDirectory(value: unknown): void {
  check('directory', value, OPTIONS.directory);
}

/** @throws JinjaError `INVALID_OPTION` */
export function checkTemplates(what: string, value: unknown): void {
  check(what, value, OPTIONS.templates);
}

function checkTable(
  of: string,
  options: object,
  table: Readonly<Record<string, Kind>>,
  instead: Readonly<Record<string, string>>,
): void {
  check(of, options, ['an object', isNamed]);
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!kind)
      throw new JinjaError('INVALID_OPTION', `there is no option '${name}': ${hint(name, table, instead)}`);
    if (value !== undefined) check(name, value, kind);
  }
}

function check(what: string, value: unknown, [is, test]: Kind): void {
  if (!test(value)) throw new JinjaError('INVALID_OPTION', `${what} is ${is}, not ${shown(value)}`);
}

/** Jinja2's names are those of Python, and some end in `_string`. */
function hint(
  name: string,
  table: Readonly<Record<string, Kind>>,
  instead: Readonly<Record<string, string>>,
): string {
  const plain = name.replaceAll('_', '').toLowerCase();
  const spellings = [plain, plain.replace(/string$/, '')];
  const known = Object.keys(table).find((each) => spellings.includes(each.toLowerCase()));
  if (known) return `write ${known}`;
  return Object.hasOwn(instead, plain)
    ? (instead[plain] as string)
    : `it is one of ${Object.keys(table).join(', ')}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) {
    return value instanceof Map
      ? 'a Map: use Object.fromEntries()'
      : `an object of ${value.constructor?.name ?? 'no class'}`;
  }
  return String(value);
}
