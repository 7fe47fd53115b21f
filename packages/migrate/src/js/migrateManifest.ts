import { Changes } from './changes.ts';
import { oldModule } from './names.ts';
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
  for (const name of DEPENDENCIES) renameKeys(changes, valueAt(root, name), VERSION);
  for (const path of OVERRIDES) renameKeys(changes, valueAt(root, ...path), VERSION);
  for (const name of ['bundleDependencies', 'bundledDependencies']) renameItems(changes, valueAt(root, name));
  renameValues(changes, valueAt(root, 'imports'));
  renamePatterns(changes, valueAt(root, 'jest', 'moduleNameMapper'));
  return changes;
}

/** Properties that are called after packages. Of two that become one, the first stays. */
function renameKeys(changes: Changes, block: JsonValue | undefined, version: string): void {
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
    renameVersion(changes, property, version);
  }
  for (const range of removedRanges(properties, (index) => going.has(properties[index] as JsonProperty))) {
    changes.replace(...range, '', RULE);
  }
}

function renameVersion(changes: Changes, { key, value }: JsonProperty, version: string): void {
  if (value.text === undefined) return;
  changes.replace(...value.range, JSON.stringify(version), RULE);
  if (!/[:/]/.test(value.text)) return;
  const message = `${key} was taken from ${value.text}: ${version} takes it from the registry.`;
  changes.note(value.range[0], RULE, message, 'requirements');
}

function renameItems(changes: Changes, list: JsonValue | undefined): void {
  for (const { text = '', range } of list?.items ?? []) {
    const home = oldModule(text)?.package;
    if (home !== undefined) changes.replace(...range, JSON.stringify(home), RULE);
  }
}

/** `"imports": { "#web": "microdot" }`, with conditions or without. */
function renameValues(changes: Changes, value: JsonValue | undefined): void {
  const home = value?.text === undefined ? undefined : oldModule(value.text)?.package;
  if (value && home !== undefined) changes.replace(...value.range, JSON.stringify(home), RULE);
  for (const property of value?.properties ?? []) renameValues(changes, property.value);
}

/** `"^microdot_cors$"` */
function renamePatterns(changes: Changes, block: JsonValue | undefined): void {
  for (const { key, keyRange } of block?.properties ?? []) {
    const [, start = '', name = '', end = ''] = /^(\^?)([\w-]+)(\$?)$/.exec(key) ?? [];
    const home = oldModule(name)?.package;
    if (home !== undefined) changes.replace(...keyRange, JSON.stringify(start + home + end), RULE);
  }
}
