import { Changes } from './changes.ts';
import { oldModule } from './names.ts';
import { type JsonProperty, type JsonValue, parseJson, valueAt } from './parseJson.ts';
import { removedRanges } from './removedRanges.ts';

const RULE = 'tsconfig';

/** `tsconfig.json`: the packages of 1.x under `paths` and `types`. */
export function migrateTsconfig(source: string, file: string): Changes {
  const changes = new Changes(source);
  const options = valueAt(parseJson(source, file), 'compilerOptions');
  renamePaths(changes, valueAt(options, 'paths')?.properties ?? []);
  for (const { text = '', range } of valueAt(options, 'types')?.items ?? []) {
    const renamed = rename(text);
    if (renamed !== undefined) changes.replace(...range, JSON.stringify(renamed), RULE);
  }
  return changes;
}

function renamePaths(changes: Changes, properties: readonly JsonProperty[]): void {
  const taken = new Set(properties.map(({ key }) => key));
  const going = new Set<JsonProperty>();
  for (const property of properties) {
    const renamed = rename(property.key);
    if (renamed === undefined) {
      for (const { text = '', range } of property.value.items ?? []) {
        changes.replace(...range, JSON.stringify(followed(text)), RULE);
      }
      noteWildcard(changes, property);
      continue;
    }
    if (taken.has(renamed)) {
      going.add(property);
      continue;
    }
    taken.add(renamed);
    changes.replace(...property.keyRange, JSON.stringify(renamed), RULE);
    for (const target of property.value.items ?? []) renameTarget(changes, target, property.key);
  }
  for (const range of removedRanges(properties, (index) => going.has(properties[index] as JsonProperty))) {
    changes.replace(...range, '', RULE);
  }
}

/** A path into `node_modules` follows; one to a file of the application's own is for a person to look at. */
function renameTarget(changes: Changes, { text = '', range }: JsonValue, key: string): void {
  const path = followed(text);
  if (path !== text) changes.replace(...range, JSON.stringify(path), RULE);
  else {
    const message = `${key} leads to ${text}, which has to be ${rename(key)} now.`;
    const suggestion = 'Take the entry out where npm installs the package.';
    changes.note(range[0], RULE, message, 'requirements', suggestion);
  }
}

function followed(path: string): string {
  return path.replace(/(?<=(?:^|\/)node_modules\/)[^/]+/, (name) => oldModule(name)?.package ?? name);
}

/** `microdot_*` */
function noteWildcard(changes: Changes, { key, keyRange }: JsonProperty): void {
  if (!/^microdot[-_].*\*/.test(key)) return;
  const suggestion = key.replace(/microdot[-_]/, '@microdot/');
  changes.note(keyRange[0], RULE, `${key} is for packages of 1.x.`, 'requirements', suggestion);
}

/** `microdot`, `microdot/*`, `microdot_cors/package.json` */
function rename(name: string): string | undefined {
  const [, module = '', rest = ''] = /^([\w-]+)(\/.*)?$/.exec(name) ?? [];
  const home = oldModule(module)?.package;
  return home === undefined ? undefined : home + rest;
}
