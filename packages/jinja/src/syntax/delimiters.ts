/** What marks tags in a template, and how whitespace around them is treated: Jinja's options under JavaScript names. */
export interface SyntaxOptions {
  /** `{%` by default, as the others are Jinja's. */
  blockStart?: string | undefined;
  blockEnd?: string | undefined;
  variableStart?: string | undefined;
  variableEnd?: string | undefined;
  commentStart?: string | undefined;
  commentEnd?: string | undefined;
  /** A line that begins with it is a statement; none by default. */
  lineStatementPrefix?: string | undefined;
  /** What follows it on a line is a comment; none by default. */
  lineCommentPrefix?: string | undefined;
  /** Drops the first line break after a block. */
  trimBlocks?: boolean | undefined;
  /** Drops spaces before a block that is the first on its line. */
  lstripBlocks?: boolean | undefined;
  /** Keeps the line break at the end of a template. */
  keepTrailingNewline?: boolean | undefined;
}

export type Kind = 'raw' | 'block' | 'variable' | 'comment' | 'lineStatement' | 'lineComment';

/** The expressions that a lexer searches with, made once for an environment. */
export interface Delimiters {
  readonly lstripBlocks: boolean;
  readonly keepTrailingNewline: boolean;
  /** Finds where the next tag begins: each kind in a group of its name, with its sign in the group `${kind}Sign`. */
  readonly tag: RegExp;
  readonly blockEnd: RegExp;
  readonly variableEnd: RegExp;
  readonly commentEnd: RegExp;
  readonly rawEnd: RegExp;
  readonly lineStatementEnd: RegExp;
}

export function compileDelimiters(options: SyntaxOptions): Delimiters {
  const [blockStart, blockEnd] = [quote(options.blockStart ?? '{%'), quote(options.blockEnd ?? '%}')];
  const variableEnd = quote(options.variableEnd ?? '}}');
  const commentEnd = quote(options.commentEnd ?? '#}');
  // Only the end of a block swallows a line break, and not with a plus sign.
  const suffix = options.trimBlocks ? '\\n?' : '';
  const anyBlockEnd = `(?:\\+${blockEnd}|-${blockEnd}\\s*|${blockEnd}${suffix})`;
  return {
    lstripBlocks: options.lstripBlocks ?? false,
    keepTrailingNewline: options.keepTrailingNewline ?? false,
    tag: tagExpression(options, blockStart, blockEnd),
    blockEnd: new RegExp(anyBlockEnd, 'y'),
    variableEnd: new RegExp(`-${variableEnd}\\s*|${variableEnd}`, 'y'),
    commentEnd: new RegExp(`(?:\\+${commentEnd}|-${commentEnd}\\s*|${commentEnd}${suffix})`, 'g'),
    rawEnd: new RegExp(`${blockStart}([-+]?)\\s*end(raw|verbatim)\\s*${anyBlockEnd}`, 'g'),
    lineStatementEnd: /\s*(?:\n|$)/y,
  };
}

function tagExpression(options: SyntaxOptions, blockStart: string, blockEnd: string): RegExp {
  const kinds: [kind: Kind, start: string, length: number][] = [
    ['block', blockStart, (options.blockStart ?? '{%').length],
    ['variable', quote(options.variableStart ?? '{{'), (options.variableStart ?? '{{').length],
    ['comment', quote(options.commentStart ?? '{#'), (options.commentStart ?? '{#').length],
  ];
  const { lineStatementPrefix, lineCommentPrefix } = options;
  if (lineStatementPrefix) {
    kinds.push(['lineStatement', `^[ \\t\\v]*${quote(lineStatementPrefix)}`, lineStatementPrefix.length]);
  }
  if (lineCommentPrefix) {
    const start = `(?:^|(?<=\\S))[^\\S\\r\\n]*${quote(lineCommentPrefix)}`;
    kinds.push(['lineComment', start, lineCommentPrefix.length]);
  }
  // A delimiter may begin with another, as in `<%` and `<%=`: the longer one is tried first.
  const tags = kinds
    .toSorted((a, b) => b[2] - a[2])
    .map(([kind, start]) => `(?<${kind}>${start})(?<${kind}Sign>[-+]?)`);
  const raw = `(?<raw>${blockStart})(?<rawSign>[-+]?)\\s*(?:raw|verbatim)\\s*(?:-${blockEnd}\\s*|${blockEnd})`;
  return new RegExp([raw, ...tags].join('|'), 'gm');
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
