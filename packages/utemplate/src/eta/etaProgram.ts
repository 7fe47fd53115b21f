import type { Part } from '../part.ts';
import type { Program } from '../program.ts';
import type { Run } from '../run.ts';

/** What a template in eta's syntax is given: `it`. */
export type Data = Readonly<Record<string, unknown>>;

/** A template in eta's syntax. */
export interface EtaProgram extends Program {
  /** The text that errors are in. */
  readonly source: string;
  /** Whether it can be a layout whose page is rendered when it comes to it. */
  takesBodyLater(run: Run): boolean;
  /** It with a page in it. */
  partAround(data: Data, body: Part): Part;
  /** Whether it has a use for the body or the blocks of a layout that includes it. */
  readonly usesBody: boolean;
}
