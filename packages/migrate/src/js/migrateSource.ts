import type { Edit, Note } from '../edit/edit.ts';
import { isSelected, type RuleSelection } from '../target.ts';
import { Changes } from './changes.ts';
import { homesOf } from './homes.ts';
import { Imports } from './imports.ts';
import { parseJs } from './parseJs.ts';
import type { JsRule } from './rule.ts';
import { renameInComments } from './rules/comments.ts';
import { defaults } from './rules/defaults.ts';
import { members } from './rules/members.ts';
import { mocks } from './rules/mocks.ts';
import { renameModules } from './rules/modules.ts';
import { names } from './rules/names.ts';
import { sessions } from './rules/sessions.ts';
import { templates } from './rules/templates.ts';
import { tls } from './rules/tls.ts';
import { checkJs } from './syntax.ts';
import { findUses } from './uses.ts';

const RULES: readonly JsRule[] = [names, defaults, members, mocks, templates, sessions, tls];

/** What `modules`, which runs last, and the others are called. */
export const SOURCE_RULES: readonly string[] = [...RULES.map((rule) => rule.name), 'comments', 'modules'];

/**
 * Migrates one JavaScript or TypeScript source to the names and packages of 2.x.
 *
 * @throws MigrateError `SYNTAX` with line and column.
 */
export function migrateSource(
  source: string,
  file: string,
  rules?: RuleSelection,
): { edits: Edit[]; notes: Note[] } {
  // What names no module of 1.x has nothing to follow.
  if (!source.includes('microdot')) {
    checkJs(source, file);
    return { edits: [], notes: [] };
  }
  const module = parseJs(source, file);
  const uses = findUses(module);
  const changes = new Changes(source);
  if (isSelected('comments', rules)) renameInComments(module, changes);
  if (uses.specifiers.length === 0) return changes;
  const homes = homesOf(module, uses);
  const imports = new Imports(module, uses, changes, homes);
  const context = { module, uses, imports, changes, homes };
  for (const rule of RULES) {
    if (isSelected(rule.name, rules)) rule.apply(context);
  }
  const packages = imports.finish();
  if (isSelected('modules', rules)) renameModules(context, packages);
  return changes;
}
