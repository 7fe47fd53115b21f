import { Changes } from './changes.ts';
import { oldModule } from './names.ts';
import { overridden, patterned } from './packageNames.ts';
import { type JsonProperty, type JsonValue, parseJson, valueAt } from './parseJson.ts';
import { removedRanges } from './removedRanges.ts';

const RULE = 'package-json';
const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const OVERRIDES = [['overrides'], ['resolutions'], ['pnpm', 'overrides'], ['peerDependenciesMeta']];
const VERSION = '^2.0.0';

/** `package.json`: the packages of 1.x under `dependencies` and everywhere else where packages are named. */
export function migrateManifest(source: string, file: string): Changes {
  const changes = new Changes(source);
  const root = parseJson(source, file);
  const brought = packagesIn(root);
  for (const name of DEPENDENCIES) {
    const block = valueAt(root, name);
    renameKeys(changes, block);
    for (const property of block?.properties ?? []) bring(changes, source, property, brought);
  }
  for (const path of OVERRIDES) renameOverrides(changes, valueAt(root, ...path));
  for (const name of ['bundleDependencies', 'bundledDependencies']) renameItems(changes, valueAt(root, name));
  renameValues(changes, valueAt(root, 'imports'));
  renamePatterns(changes, valueAt(root, 'jest', 'moduleNameMapper'));
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

/** Properties that are called after packages. Of two that become one, the first stays. */
function renameKeys(changes: Changes, block: JsonValue | undefined): void {
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
    renameVersion(changes, property);
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

/** `"^microdot_cors$": "microdot-cors"` */
function renamePatterns(changes: Changes, block: JsonValue | undefined): void {
  for (const { key, keyRange, value } of block?.properties ?? []) {
    const pattern = patterned(key);
    const home = pattern?.module.package;
    if (pattern && home !== undefined) {
      changes.replace(...keyRange, JSON.stringify(pattern.before + home + pattern.after), RULE);
    } else if (!pattern && /microdot[-_]/.test(key)) {
      const message = `${key} is for packages of 1.x.`;
      changes.note(keyRange[0], RULE, message, 'requirements', key.replace(/microdot[-_]/, '@microdot/'));
    }
    renameValues(changes, value);
  }
}
