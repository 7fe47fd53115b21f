import { TemplateError } from './errors.ts';
import type { Program } from './program.ts';
import type { Run } from './run.ts';

/** What a template may ask of the environment that it belongs to. */
export interface Linker {
  /**
   * A template by its name.
   *
   * @param from that which asks, where names are relative to it.
   * @throws TemplateError
   */
  load(name: string, from?: string): Program;
}

/** As {@link Linker.load}, and once for a rendering: a loop that includes a file a thousand times asks for it once. */
export function included(linker: Linker, run: Run, name: unknown, from?: string): Program {
  if (typeof name !== 'string') {
    throw new TemplateError(
      'TEMPLATE_NOT_FOUND',
      `a template is included by its name, and this is a ${typeof name}`,
    );
  }
  const key = JSON.stringify([name, from]);
  const known = run.programs.get(key);
  if (known) return known;
  const program = linker.load(name, from);
  run.programs.set(key, program);
  return program;
}
