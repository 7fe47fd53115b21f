/** A piece of text in place of another. Offsets count UTF-16 code units from the start of the source. */
export interface Edit {
  start: number;
  /** The first offset after what is replaced; equal to `start` where something is inserted. */
  end: number;
  text: string;
  /** The name of the rule that wants it. */
  rule: string;
}

/** What is left for a person to decide or to do. */
export interface Note {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 code units. */
  column: number;
  rule: string;
  /** What is the matter, and why, in a sentence. */
  message: string;
  /** What to write, where that can be said. */
  suggestion?: string;
  /** The section of `docs/migrating.md` that explains it: the anchor, without `#`. */
  guide: string;
}
