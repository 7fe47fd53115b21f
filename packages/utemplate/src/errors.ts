/**
 * - `INVALID_OPTION`: an option that makes no sense.
 * - `TEMPLATE_NOT_FOUND`: no directory has such a file, and no template in memory has the name.
 * - `TEMPLATE_OUTSIDE`: the name leads out of the directories.
 * - `TEMPLATE_SYNTAX`: the template breaks the rules of its syntax.
 * - `UNSUPPORTED_PYTHON`: Python that is not translated; the message says what to write instead.
 * - `PYTHON_ERROR`: an expression fails as it does in Python, see {@link PythonError}.
 * - `PROMISE`: a promise where nothing can wait for it; the message says what can.
 * - `INCLUDE_DEPTH`: templates that include each other without an end.
 * - `TOO_MUCH_OUTPUT`, `TOO_MANY_ITERATIONS`: beyond `maxOutput`, `maxIterations`.
 */
export type TemplateErrorCode =
  | 'INVALID_OPTION'
  | 'TEMPLATE_NOT_FOUND'
  | 'TEMPLATE_OUTSIDE'
  | 'TEMPLATE_SYNTAX'
  | 'UNSUPPORTED_PYTHON'
  | 'PYTHON_ERROR'
  | 'PROMISE'
  | 'INCLUDE_DEPTH'
  | 'TOO_MUCH_OUTPUT'
  | 'TOO_MANY_ITERATIONS';

/** Where in a template something is. */
export interface Place {
  readonly templateName: string;
  /** From 1 on. */
  readonly line: number;
  /** From 1 on; not given where only the line is known. */
  readonly column?: number | undefined;
  /** The text of the template, of which the message shows the line. */
  readonly source?: string | undefined;
}

/**
 * What this package throws. `code` is stable across releases: test that, not the message.
 *
 * `templateName`, `line` and `column` say where, as far as that is known.
 */
export class TemplateError extends Error {
  readonly code: TemplateErrorCode;
  templateName: string | undefined;
  line: number | undefined;
  column: number | undefined;

  constructor(code: TemplateErrorCode, message: string, place?: Place, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TemplateError';
    this.code = code;
    if (place) this['~locate'](place);
  }

  /** Says where it happened, once: what was thrown within an include stays there. */
  '~locate'(place: Place): void {
    if (this.templateName !== undefined) return;
    const { templateName, line, column } = place;
    this.templateName = templateName;
    this.line = line;
    this.column = column;
    // Node makes the stack when it is first read, with the message of that moment.
    const { message: before, stack } = this;
    this.message = `${pathOf(place)}: ${before}${excerpt(place)}`;
    if (stack) this.stack = stack.replace(before, () => this.message);
  }
}

/** The exceptions of Python that an expression can end in. */
export type PythonErrorName =
  | 'TypeError'
  | 'ValueError'
  | 'NameError'
  | 'UnboundLocalError'
  | 'AttributeError'
  | 'IndexError'
  | 'KeyError'
  | 'ZeroDivisionError'
  | 'OverflowError'
  | 'RuntimeError';

/** An expression that fails as it does in Python. `name` is that of Python's exception: `KeyError`, `TypeError`, ... */
export class PythonError extends TemplateError {
  declare readonly code: 'PYTHON_ERROR';
  declare name: PythonErrorName;

  constructor(name: PythonErrorName, message: string) {
    super('PYTHON_ERROR', message);
    this.name = name;
  }
}

/** `index.tpl:3:7`, as editors and terminals make links of. */
export function pathOf({ templateName, line, column }: Place): string {
  return `${templateName}:${line}${column === undefined ? '' : `:${column}`}`;
}

function excerpt({ source, line, column }: Place): string {
  const text = source?.split('\n')[line - 1];
  if (text === undefined) return '';
  const number = String(line);
  const caret = column === undefined ? '' : `\n  ${' '.repeat(number.length)} | ${' '.repeat(column - 1)}^`;
  return `\n\n  ${number} | ${text}${caret}`;
}
