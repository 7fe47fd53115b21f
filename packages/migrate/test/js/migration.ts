import { type MigrateOptions, migrate, type Note } from '@microdot/migrate';

/** A source in lines, as a template literal has it: without the line breaks at its ends, and without the indentation. */
export function source(strings: TemplateStringsArray, ...values: unknown[]): string {
  const text = String.raw({ raw: strings }, ...values);
  const lines = text.replace(/^\n|\n *$/g, '').split('\n');
  const indentation = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return `${lines.map((line) => line.slice(indentation)).join('\n')}\n`;
}

/** What a source becomes. */
export function js(text: string, options: Partial<MigrateOptions> = {}): string {
  return migrate(text, { target: 'js', file: 'app.ts', ...options }).code;
}

/** What is left to do in a source. */
export function notes(text: string, file = 'app.ts'): Pick<Note, 'line' | 'column' | 'message' | 'guide'>[] {
  return migrate(text, { target: 'js', file }).notes.map(({ line, column, message, guide }) => ({
    line,
    column,
    message,
    guide,
  }));
}
