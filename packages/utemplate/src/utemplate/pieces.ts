import { unescapePython } from '../python/strings.ts';
import { Unparsable } from '../python/unparsable.ts';

/** Text, `{{ code }}`, or `{% code %}`; `line` and `column`, from 1 on, are where the text or the code begins. */
export interface Piece {
  readonly type: 'text' | 'expression' | 'statement';
  readonly code: string;
  readonly line: number;
  readonly column: number;
}

/** A mistake in a template, where nothing but its place is known. */
export class Misplaced extends Error {
  readonly line: number;
  readonly column: number;
  readonly isPython: boolean;

  constructor(message: string, { line, column }: { line: number; column: number }, isPython = false) {
    super(message);
    this.name = 'Misplaced';
    this.line = line;
    this.column = column;
    this.isPython = isPython;
  }
}

/**
 * Splits a template as utemplate does, line by line: a tag ends on the line where it begins, at the first `%}` or `}}`,
 * and where nothing follows the tag of a statement the line break is dropped.
 *
 * @throws Misplaced
 */
export function toPieces(source: string): Piece[] {
  const pieces: Piece[] = [];
  const lines = source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let text: Piece | undefined;
  const addText = (code: string, line: number, column: number): void => {
    if (code !== '') text = text ? { ...text, code: text.code + code } : { type: 'text', code, line, column };
  };
  const endText = (): void => {
    if (text) pieces.push({ ...text, code: toText(text) });
    text = undefined;
  };
  lines.forEach((content, i) => {
    const line = i + 1;
    let at = 0;
    while (at < content.length) {
      const brace = content.indexOf('{', at);
      const start = brace === -1 ? content.length : brace;
      addText(content.slice(at, start), line, at + 1);
      const type = typeOf(content, start);
      if (!type) {
        // Escapes do not reach across a brace.
        if (start < content.length) endText();
        addText(content.slice(start, start + 1), line, start + 1);
        at = start + 1;
        continue;
      }
      endText();
      const end = content.indexOf(type === 'expression' ? '}}' : '%}', start + 2);
      if (end === -1) throw unclosed(type, { line, column: start + 1 });
      pieces.push({ type, code: content.slice(start + 2, end), line, column: start + 3 });
      at = end + 2;
      if (type === 'statement' && content.slice(at) === '\n') break;
    }
  });
  endText();
  return pieces;
}

function typeOf(content: string, at: number): 'expression' | 'statement' | undefined {
  if (content.startsWith('{{', at)) return 'expression';
  return content.startsWith('{%', at) ? 'statement' : undefined;
}

function unclosed(type: 'expression' | 'statement', place: { line: number; column: number }): Misplaced {
  const [open, close] = type === 'expression' ? ['{{', '}}'] : ['{%', '%}'];
  return new Misplaced(`${open} without ${close} on the same line`, place);
}

/** Text is what Python reads between `"""`, so that a backslash in it begins an escape, but for one before `"`. */
function toText({ code, line, column }: Piece): string {
  if (!code.includes('\\')) return code;
  try {
    return unescapePython(code.replaceAll('"', '\\"'), 0);
  } catch (error) {
    if (!(error instanceof Unparsable)) throw error;
    const lines = code.slice(0, error.offset).split('\n');
    const place = {
      line: line + lines.length - 1,
      column: (lines.at(-1)?.length ?? 0) + (lines.length === 1 ? column : 1),
    };
    throw new Misplaced(`${error.message}; write \\\\ for a backslash`, place, error.isPython);
  }
}
