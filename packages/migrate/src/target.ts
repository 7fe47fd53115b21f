import type { Project, ProjectMigration } from './project.ts';

/** What a source becomes: Python on Microdot 2, TypeScript on `@microdot/*`, or JavaScript on `@microdot/*`. */
export type Target = 'py2' | 'ts' | 'js';

/** Which rules run. */
export interface RuleSelection {
  /** These alone. By default all. */
  only?: readonly string[];
  /** All but these. */
  disable?: readonly string[];
}

export interface TargetOptions {
  rules?: RuleSelection;
  /** The files that are to change; the others are only looked at. By default all. */
  files?: ReadonlySet<string>;
  /** Called now and then with how much of the work is done, from 0 to 1, so that somebody who waits can be told. */
  onProgress?: (share: number) => void;
}

/** What does the work for one target. */
export type Migrator = (project: Project, options: TargetOptions) => ProjectMigration;

/** Whether a rule is to run. */
export function isSelected(rule: string, rules: RuleSelection = {}): boolean {
  return (rules.only?.includes(rule) ?? true) && !rules.disable?.includes(rule);
}
