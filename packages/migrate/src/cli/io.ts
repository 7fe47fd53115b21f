import type { Readable } from 'node:stream';

/** What the command has of the world around it: tests give it another one. */
export interface Io {
  readonly cwd: string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** Text, or the bytes of a file in another encoding. */
  readonly stdout: (data: string | Uint8Array) => void;
  readonly stderr: (text: string) => void;
  /** Whether somebody sits in front of standard input and output. */
  readonly isInteractive: boolean;
  /** Whether standard error is a terminal, where a line may be written over. */
  readonly showsProgress: boolean;
  /** Writes one file as a whole, or not at all. */
  readonly writeFile: (path: string, data: Uint8Array) => void | Promise<void>;
  /** Asks a question, where `isInteractive`. */
  readonly ask: (question: string) => Promise<string>;
}
