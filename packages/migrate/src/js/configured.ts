import { type OldModule, oldModule } from './names.ts';

/** A package of 1.x within a text, and where it stands there. */
export interface NameInText {
  readonly start: number;
  readonly end: number;
  readonly module: OldModule;
  /** What follows the name and belongs to it: `end` is behind it. */
  readonly subpath: string;
}

/** How a place in a configuration names packages: by their name, in a pattern, or behind a kind such as `commonjs`. */
export type Naming = 'name' | 'pattern' | 'external';

/** Options of bundlers, test runners and linters whose values name packages. */
const NAMING: ReadonlySet<string> = new Set(
  `alias dedupe entry external externals fallback globals import/core-modules import/ignore inject inline manualChunks
   n/no-missing-import n/no-missing-require no-restricted-imports no-restricted-modules noExternal optimizeDeps preloadModules
   serverComponentsExternalPackages serverExternalPackages setupFiles setupFilesAfterEnv transpilePackages
   @typescript-eslint/no-restricted-imports globalSetup globalTeardown testEnvironment`.split(/\s+/),
);
/** Those of them that are patterns. */
const PATTERNS: ReadonlySet<string> = new Set([
  'moduleNameMapper',
  'transformIgnorePatterns',
  'unmockedModulePathPatterns',
]);
/** Those whose keys name packages. */
const KEYED: ReadonlySet<string> = new Set([
  'alias',
  'entries',
  'externals',
  'fallback',
  'globals',
  'moduleNameMapper',
]);
/** What stands beside the name of a package. */
const BESIDE = /^(?:message|importNames|allowImportNames|importNamePattern|customResolver)$/;

/**
 * Says how a place in the configuration of a tool names packages.
 *
 * @param path the names of the properties around it, the outermost first; its own is the last.
 * @param isKey whether it is the name of a property itself, which is not in `path`.
 */
export function namingAt(path: readonly string[], isKey: boolean): Naming | undefined {
  const at = path.findLastIndex((name) => NAMING.has(name) || PATTERNS.has(name) || name === 'entries');
  const option = path[at];
  if (option === undefined) return undefined;
  // Of options that other things have too, only those in their place.
  if (option === 'alias' && at === 0) return undefined;
  if (isKey) {
    if (!KEYED.has(option) || at !== path.length - 1) return undefined;
    return option === 'moduleNameMapper' ? 'pattern' : 'name';
  }
  if (option === 'globals' || BESIDE.test(path.at(-1) ?? '')) return undefined;
  if (option === 'externals' && at < path.length - 1) return 'external';
  return PATTERNS.has(option) && option !== 'moduleNameMapper' ? 'pattern' : 'name';
}

/** The packages of 1.x in a text of a configuration. */
export function namesInText(text: string, naming: Naming): NameInText[] {
  const found: NameInText[] = [];
  for (const { groups, index } of text.matchAll(FORMS[naming])) {
    const { before = '', name = '', subpath = '' } = groups ?? {};
    const module = oldModule(name);
    const start = index + before.length;
    // What matches `microdot` anywhere matches the packages of 2.x as well.
    const isAnywhere = naming === 'pattern' && text === 'microdot';
    if (module && !isAnywhere) {
      found.push({ start, end: start + name.length + subpath.length, module, subpath });
    }
  }
  return found;
}

const FORMS: Readonly<Record<Naming, RegExp>> = {
  // `microdot$` is how webpack says that nothing may follow.
  name: /^(?<name>[\w-]+)(?<subpath>\/.*)?(?=$|\$$)/g,
  external: /^(?<before>(?:commonjs\d?|module|import|node-commonjs) )(?<name>[\w-]+)$/g,
  pattern: /(?<=^|[(|!:=^]|node_modules\\*\/|\[[\\/]+\])(?<name>[\w-]+)(?=$|[$/)|\\[])/g,
};

/** Files that configure a tool, by what they are called. */
export const CONFIGURATION: RegExp =
  /(?:^|[/.])(?:config(?:\.[\w-]+)*|eslintrc|mocharc|babelrc)\.(?:[cm]?[jt]s|json)$/;
/** What a script has that runs a bundler. */
export const BUNDLERS: RegExp =
  /^(?:esbuild|rollup|rolldown|vite|vitest\/config|webpack|tsup|tsdown|parcel|@parcel\/core|@rspack\/core|@rollup\/plugin-alias)$/;
