import { faultOf } from '../broken.ts';
import { applyEdits } from '../edit/apply.ts';
import { MigrateError } from '../errors.ts';
import { emptyMigration, type Project, type ProjectMigration } from '../project.ts';
import { stepsOf } from '../steps.ts';
import { isSelected, type RuleSelection, type TargetOptions } from '../target.ts';
import type { Changes } from './changes.ts';
import { check } from './check.ts';
import { migrateManifest } from './migrateManifest.ts';
import { migrateSource } from './migrateSource.ts';
import { migrateTsconfig } from './migrateTsconfig.ts';

/** JavaScript and TypeScript with the names of 1.x become the same with the packages of 2.x. */
export function migrateJavaScript(project: Project, options: TargetOptions = {}): ProjectMigration {
  const result = emptyMigration();
  const step = stepsOf(project.files.size, options.onProgress);
  for (const [file, source] of project.files) {
    step();
    const migrateFile = migratorOf(file);
    if (!migrateFile || options.files?.has(file) === false) continue;
    try {
      const { edits, notes } = migrateFile(source, file, options.rules);
      if (edits.length > 0) {
        const text = applyEdits(source, edits);
        const fault = faultOf(file, () => check(text, file));
        if (fault !== null) throw fault;
        result.files.set(file, text);
        result.edits.set(file, edits);
      }
      if (notes.length > 0) result.notes.set(file, notes);
    } catch (error) {
      if (!(error instanceof MigrateError)) throw error;
      result.failures.set(file, error);
    }
  }
  return result;
}

type FileMigrator = (source: string, file: string, rules?: RuleSelection) => Pick<Changes, 'edits' | 'notes'>;

/** What migrates a file, by its name; nothing for what is no JavaScript. */
function migratorOf(file: string): FileMigrator | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (name === 'package.json') return ifSelected('package-json', migrateManifest);
  if (/^[jt]sconfig(?:\..+)?\.json$/.test(name)) return ifSelected('tsconfig', migrateTsconfig);
  return /\.[cm]?[jt]sx?$|^[^.]+$/.test(name) ? migrateSource : undefined;
}

function ifSelected(rule: string, migrateFile: (source: string, file: string) => Changes): FileMigrator {
  return (source, file, rules) =>
    isSelected(rule, rules) ? migrateFile(source, file) : { edits: [], notes: [] };
}
