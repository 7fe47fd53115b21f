import type { Migrator, Target } from '../target.ts';

const LOADERS: { readonly [T in Target]: () => Promise<Migrator> } = {
  py2: async () => (await import('../py2/migratePython.ts')).migratePython,
  ts: async () => (await import('../ts/migrateTypeScript.ts')).migrateTypeScript,
  js: async () => (await import('../js/migrateJavaScript.ts')).migrateJavaScript,
};

/** What does the work for a target. It alone is loaded: each brings parsers and hundreds of files, which take time to start. */
export function loadMigrator(target: Target): Promise<Migrator> {
  return LOADERS[target]();
}
