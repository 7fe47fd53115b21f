/** What went wrong, for programs: stable across releases. The names of the classes are Jinja's and Python's. */
export type JinjaErrorCode =
  | 'SYNTAX'
  | 'ASSERTION'
  | 'RUNTIME'
  | 'UNDEFINED'
  | 'NOT_FOUND'
  | 'FILTER_ARGUMENT'
  | 'LIMIT'
  | 'ASYNC_VALUE'
  | 'INVALID_OPTION'
  | 'TYPE'
  | 'VALUE'
  | 'KEY'
  | 'INDEX'
  | 'ATTRIBUTE'
  | 'ZERO_DIVISION'
  | 'OVERFLOW';

/**
 * The base of what this package throws. `code` is stable: test that, not the message. Where an error comes from a
 * template, the message begins with its name and line, which are in `templateName`, `lineno` and `colno` (from 1) too.
 */
export class JinjaError extends Error {
  // Written out, since bundlers shorten the names of classes.
  static override readonly name: string = 'JinjaError';

  readonly code: JinjaErrorCode;
  templateName: string | undefined = undefined;
  lineno: number | undefined = undefined;
  colno: number | undefined = undefined;

  constructor(code: JinjaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A template that cannot be read. The message shows the line, with a mark below the column. */
export class TemplateSyntaxError extends JinjaError {
  static override readonly name: string = 'TemplateSyntaxError';

  constructor(message: string, code: 'SYNTAX' | 'ASSERTION' = 'SYNTAX') {
    super(code, message);
  }
}

/** A template that can be read and makes no sense, as one that asks for a filter that does not exist. */
export class TemplateAssertionError extends TemplateSyntaxError {
  static override readonly name: string = 'TemplateAssertionError';

  constructor(message: string) {
    super(message, 'ASSERTION');
  }
}

/** A template that fails while it is rendered, for a reason of Jinja's own. */
export class TemplateRuntimeError extends JinjaError {
  static override readonly name: string = 'TemplateRuntimeError';

  constructor(
    message: string,
    code: 'RUNTIME' | 'UNDEFINED' | 'FILTER_ARGUMENT' | 'LIMIT' | 'ASYNC_VALUE' = 'RUNTIME',
  ) {
    super(code, message);
  }
}

/** What Python's own parser refuses and not Jinja's: a `break` outside of a loop, an argument that is there twice. */
export class PySyntaxError extends TemplateSyntaxError {
  constructor(message: string) {
    super(message);
    this.name = 'SyntaxError';
  }
}

/** Python's RuntimeError, and its RecursionError for what calls or includes itself without end. */
export class PyRuntimeError extends TemplateRuntimeError {
  constructor(message: string, name: 'RuntimeError' | 'RecursionError' = 'RuntimeError') {
    super(message);
    this.name = name;
  }
}

/** Something was done with a value that is undefined. What may be done depends on the option `undefined`. */
export class UndefinedError extends TemplateRuntimeError {
  static override readonly name: string = 'UndefinedError';

  constructor(message: string) {
    super(message, 'UNDEFINED');
  }
}

/** A filter was given arguments that it cannot take. */
export class FilterArgumentError extends TemplateRuntimeError {
  static override readonly name: string = 'FilterArgumentError';

  constructor(message: string) {
    super(message, 'FILTER_ARGUMENT');
  }
}

/** `maxOutput` or `maxIterations` is exceeded; the message names the one and its value. */
export class LimitError extends TemplateRuntimeError {
  static override readonly name: string = 'LimitError';

  constructor(message: string) {
    super(message, 'LIMIT');
  }
}

/** A synchronous method met a promise. The message names the method to use instead. */
export class AsyncValueError extends TemplateRuntimeError {
  static override readonly name: string = 'AsyncValueError';

  constructor(message: string) {
    super(message, 'ASYNC_VALUE');
  }
}

/** There is no such template, or its name leads out of the directory. */
export class TemplateNotFound extends JinjaError {
  static override readonly name: string = 'TemplateNotFound';

  constructor(message: string) {
    super('NOT_FOUND', message);
  }
}

/** None of several templates exists. */
export class TemplatesNotFound extends TemplateNotFound {
  static override readonly name: string = 'TemplatesNotFound';
}

/** Python's TypeError, for what operators and filters do with the wrong kind of value. */
export class PyTypeError extends JinjaError {
  constructor(message: string) {
    super('TYPE', message);
    this.name = 'TypeError';
  }
}

/** Python's ValueError. */
export class PyValueError extends JinjaError {
  constructor(message: string) {
    super('VALUE', message);
    this.name = 'ValueError';
  }
}

/** Python's AssertionError, as Jinja's `truncate` has it. */
export class PyAssertionError extends JinjaError {
  constructor(message: string) {
    super('VALUE', message);
    this.name = 'AssertionError';
  }
}

/** Python's KeyError, IndexError and AttributeError, of `pop` and the like. A lookup in a template gives undefined instead. */
export class PyLookupError extends JinjaError {
  constructor(code: 'KEY' | 'INDEX' | 'ATTRIBUTE', message: string) {
    super(code, message);
    this.name = { KEY: 'KeyError', INDEX: 'IndexError', ATTRIBUTE: 'AttributeError' }[code];
  }
}

/** Python's ZeroDivisionError and OverflowError. */
export class PyArithmeticError extends JinjaError {
  constructor(code: 'ZERO_DIVISION' | 'OVERFLOW', message: string) {
    super(code, message);
    this.name = code === 'OVERFLOW' ? 'OverflowError' : 'ZeroDivisionError';
  }
}

/**
 * An error on its way out of a template: ours get its name and line in front of the message, once; those of others keep
 * their identity and their message, as an application may have a handler for them. The stack of either gets a line for
 * every template that it comes through.
 */
export function locate(error: unknown, templateName: string, lineno: number): unknown {
  if (error instanceof JinjaError && error.templateName === undefined) {
    error.templateName = templateName;
    error.lineno = lineno;
    error.message = `${templateName}:${lineno}: ${error.message}`;
  } else addPlace(error, `\n    in template ${templateName}, line ${lineno}`);
  return error;
}

/** An error that is kept and thrown again and again does not grow: a place is added once. */
function addPlace(error: unknown, place: string): void {
  const own = error as Error | null | undefined;
  try {
    if (typeof own?.stack === 'string' && !`${own.stack}\n`.includes(`${place}\n`)) own.stack += place;
  } catch {
    // It has a stack of its own kind, which says what it says.
  }
}
