import type { Changes } from './changes.ts';
import type { Homes } from './homes.ts';
import type { Imports } from './imports.ts';
import type { JsModule } from './parseJs.ts';
import type { Uses } from './uses.ts';

/** What a rule looks at and writes to. */
export interface JsContext {
  readonly module: JsModule;
  readonly uses: Uses;
  readonly imports: Imports;
  readonly changes: Changes;
  readonly homes: Homes;
}

/** One thing that changed between 1.x and 2.x. */
export interface JsRule {
  readonly name: string;
  apply(context: JsContext): void;
}
