import { Changes } from './changes.ts';
import { type Naming, namesInText, namingAt } from './configured.ts';
import { oldModule } from './names.ts';
import { overridden } from './packageNames.ts';
import { type JsonProperty, type JsonValue, parseJson, valueAt } from './parseJson.ts';
import { removedRanges } from './removedRanges.ts';

const RULE = 'package-json';
const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const OVERRIDES = [
  ['overrides'],
  ['resolutions'],
  ['pnpm', 'overrides'],
  ['pnpm', 'peerDependencyRules', 'allowedVersions'],
  ['peerDependenciesMeta'],
  ['dependenciesMeta'],
];
/** Lists of packages. */
const LISTS = [
  ['bundleDependencies'],
  ['bundledDependencies'],
  ['trustedDependencies'],
  ['pnpm', 'peerDependencyRules', 'ignoreMissing'],
  ['pnpm', 'peerDependencyRules', 'allowAny'],
  ['pnpm', 'onlyBuiltDependencies'],
  ['pnpm', 'neverBuiltDependencies'],
  ['pnpm', 'ignoredBuiltDependencies'],
];
/** What tools are told in a `package.json`. */
const TOOLS = ['jest', 'eslintConfig', 'tsup', 'ava', 'mocha'];
const VERSION = '^2.0.0';

/** `package.json`: the packages of 1.x under `dependencies` and everywhere else where packages are named. */
export function migrateManifest(source: string, file: string): Changes {
  const changes = new Changes(source);
  const root = parseJson(source, file);
  const brought = packagesIn(root);
  for (const name of DEPENDENCIES) {
    const block = valueAt(root, name);
    renameKeys(changes, block);
    for (const { key, value } of block?.properties ?? []) if (!oldModule(key)) renameAlias(changes, value);
    for (const property of block?.properties ?? []) bring(changes, source, property, brought);
  }
  for (const path of OVERRIDES) renameOverrides(changes, valueAt(root, ...path));
  for (const path of LISTS) renameItems(changes, valueAt(root, ...path));
  for (const { value } of valueAt(root, 'pnpm', 'packageExtensions')?.properties ?? []) {
    for (const name of DEPENDENCIES) renameKeys(changes, valueAt(value, name));
  }
  for (const path of [['imports'], ['browser']]) renameValues(changes, valueAt(root, ...path));
  renameKeys(changes, valueAt(root, 'browser'), false);
  for (const tool of TOOLS) renameConfigured(changes, valueAt(root, tool), [tool]);
  notePatches(changes, valueAt(root, 'pnpm', 'patchedDependencies'));
  return changes;
}

/** The packages of 2.x that the application depends on, now or when the names of 1.x are changed. */
function packagesIn(root: JsonValue): Set<string> {
  const keys = DEPENDENCIES.flatMap((name) => valueAt(root, name)?.properties ?? []).map(({ key }) => key);
  return new Set(keys.map((key) => oldModule(key)?.package ?? key));
}

/** `microdot-asgi` brought `Microdot` along, which comes from a package of its own now. */
function bring(changes: Changes, source: string, { key, range }: JsonProperty, there: Set<string>): void {
  const brings = oldModule(key)?.brings;
  if (brings === undefined || there.has(brings)) return;
  there.add(brings);
  const [blank = ''] = /\s*$/.exec(source.slice(0, range[0])) ?? [];
  const between = /[\r\n]/.test(blank) ? changes.lineBreak + changes.indentation(range[0]) : ' ';
  changes.insert(range[0], `${JSON.stringify(brings)}: ${JSON.stringify(VERSION)},${between}`, RULE);
}

/**
 * Properties that are called after packages. Of two that become one, the first stays.
 *
 * @param isVersion whether their values are versions.
 */
function renameKeys(changes: Changes, block: JsonValue | undefined, isVersion = true): void {
  const properties = block?.properties ?? [];
  const taken = new Set(properties.map(({ key }) => key));
  const going = new Set<JsonProperty>();
  for (const property of properties) {
    const old = oldModule(property.key);
    if (!old) continue;
    if (old.package === undefined || taken.has(old.package)) {
      going.add(property);
      continue;
    }
    taken.add(old.package);
    changes.replace(...property.keyRange, JSON.stringify(old.package), RULE);
    if (isVersion) renameVersion(changes, property);
  }
  removeProperties(changes, properties, going);
}

/** What is said of packages that others depend on: by name, by path, by version, one within the other. */
function renameOverrides(changes: Changes, block: JsonValue | undefined): void {
  const properties = block?.properties ?? [];
  const taken = new Set(properties.map(({ key }) => key));
  const going = new Set<JsonProperty>();
  for (const property of properties) {
    const old = overridden(property.key);
    const renamed = old?.module.package && old.before + old.module.package;
    if (old && (renamed === undefined || taken.has(renamed))) {
      going.add(property);
      continue;
    }
    if (renamed !== undefined) {
      taken.add(renamed);
      changes.replace(...property.keyRange, JSON.stringify(renamed), RULE);
      renameVersion(changes, property);
    }
    const own = property.value.properties?.find(({ key }) => key === '.');
    if (renamed !== undefined && own) renameVersion(changes, own);
    renameOverrides(changes, property.value);
  }
  removeProperties(changes, properties, going);
}

function removeProperties(
  changes: Changes,
  properties: readonly JsonProperty[],
  going: ReadonlySet<JsonProperty>,
): void {
  for (const range of removedRanges(properties, (index) => going.has(properties[index] as JsonProperty))) {
    changes.replace(...range, '', RULE);
  }
}

function renameVersion(changes: Changes, { key, value }: JsonProperty): void {
  if (value.text === undefined) return;
  // `$microdot` is whatever version the application itself depends on.
  const reference = value.text.startsWith('$') ? oldModule(value.text.slice(1))?.package : undefined;
  const version = reference === undefined ? VERSION : `$${reference}`;
  changes.replace(...value.range, JSON.stringify(version), RULE);
  if (!/[:/]/.test(value.text)) return;
  const message = `${key} was taken from ${value.text}: ${VERSION} takes it from the registry.`;
  changes.note(value.range[0], RULE, message, 'requirements');
}

/** `"dot": "npm:microdot@^1.3.4"`: a package under a name of the application's own. */
function renameAlias(changes: Changes, { text = '', range }: JsonValue): void {
  const name = /^npm:(?<name>[\w-]+)(?:@|$)/.exec(text)?.groups?.name;
  const home = name === undefined ? undefined : oldModule(name)?.package;
  if (home !== undefined) changes.replace(...range, JSON.stringify(`npm:${home}@${VERSION}`), RULE);
}

function renameItems(changes: Changes, list: JsonValue | undefined): void {
  const items = list?.items ?? [];
  const taken = new Set(items.map(({ text }) => text));
  const going = new Set<JsonValue>();
  for (const item of items) {
    const old = oldModule(item.text ?? '');
    if (!old) continue;
    if (old.package === undefined || taken.has(old.package)) going.add(item);
    else {
      taken.add(old.package);
      changes.replace(...item.range, JSON.stringify(old.package), RULE);
    }
  }
  for (const range of removedRanges(items, (index) => going.has(items[index] as JsonValue)))
    changes.replace(...range, '', RULE);
}

/** `"imports": { "#web": "microdot" }`, with conditions or without. */
function renameValues(changes: Changes, value: JsonValue | undefined): void {
  const home = value?.text === undefined ? undefined : oldModule(value.text)?.package;
  if (value && home !== undefined) changes.replace(...value.range, JSON.stringify(home), RULE);
  for (const item of value?.items ?? []) renameValues(changes, item);
  for (const property of value?.properties ?? []) renameValues(changes, property.value);
}

/** The packages that a tool is told of: `"setupFiles": ["microdot"]`. */
function renameConfigured(changes: Changes, value: JsonValue | undefined, path: readonly string[]): void {
  if (!value) return;
  const naming = namingAt(path, false);
  if (value.text !== undefined && naming) {
    changes.replace(...value.range, JSON.stringify(renamed(value.text, naming)), RULE);
  }
  for (const item of value.items ?? []) renameConfigured(changes, item, path);
  for (const { key, keyRange, value: inner } of value.properties ?? []) {
    const ofKey = namingAt(path, true);
    const name = ofKey ? renamed(key, ofKey) : key;
    if (name !== key) changes.replace(...keyRange, JSON.stringify(name), RULE);
    else if (ofKey === 'pattern' && /microdot[-_(]/.test(key)) {
      const message = `${key} is for packages of 1.x.`;
      const suggestion = key.replace(/microdot[-_]/, '@microdot/');
      changes.note(keyRange[0], RULE, message, 'requirements', suggestion === key ? undefined : suggestion);
    }
    renameConfigured(changes, inner, [...path, key]);
  }
}

function renamed(text: string, naming: Naming): string {
  let [result, from] = ['', 0];
  for (const { start, end, module, subpath } of namesInText(text, naming)) {
    if (module.package === undefined) continue;
    result += text.slice(from, start) + module.package + subpath;
    from = end;
  }
  return result + text.slice(from);
}

/** A patch is for one version of a package. */
function notePatches(changes: Changes, patches: JsonValue | undefined): void {
  for (const { key, keyRange } of patches?.properties ?? []) {
    if (!overridden(key)) continue;
    changes.note(keyRange[0], RULE, `${key} is patched, and 2.x is another package.`, 'requirements');
  }
}
