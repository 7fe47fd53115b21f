/**
 * Text that may be broken into lines, and how: after Wadler, "A prettier printer". What a `group` holds stays on one line if it
 * fits, and otherwise every `LINE` and `SOFT` directly in it becomes a line break.
 */
export type Doc =
  | string
  | readonly Doc[]
  | { readonly kind: 'line'; readonly flat: string; readonly hard: boolean }
  | { readonly kind: 'indent'; readonly doc: Doc }
  | { readonly kind: 'group'; readonly doc: Doc }
  | { readonly kind: 'broken'; readonly broken: string; readonly flat: string }
  | { readonly kind: 'verbatim'; readonly text: string };

/** A space, or a line break where the group does not fit. */
export const LINE: Doc = { kind: 'line', flat: ' ', hard: false };
/** Nothing, or a line break where the group does not fit. */
export const SOFT: Doc = { kind: 'line', flat: '', hard: false };
/** A line break, always. */
export const HARD: Doc = { kind: 'line', flat: '', hard: true };
/** The comma behind the last item of a list that takes several lines. */
export const TRAILING_COMMA: Doc = { kind: 'broken', broken: ',', flat: '' };

export function indent(doc: Doc): Doc {
  return { kind: 'indent', doc };
}

export function group(doc: Doc): Doc {
  return { kind: 'group', doc };
}

/** Text with line breaks of its own, which are not indented: what a template literal holds. */
export function verbatim(text: string): Doc {
  return { kind: 'verbatim', text };
}

/** The documents with a separator between them. */
export function join(docs: readonly Doc[], separator: Doc): Doc {
  return docs.flatMap((doc, i) => (i === 0 ? [doc] : [separator, doc]));
}

/** `open a, b close`, an item per line where it does not fit. */
export function list(open: string, items: readonly Doc[], close: string, space: Doc = SOFT): Doc {
  if (items.length === 0) return open + close;
  return group([open, indent([space, join(items, [',', LINE])]), TRAILING_COMMA, space, close]);
}

/** Prints a document in lines of at most `width` characters where it can be broken. */
export function print(doc: Doc, width = 110): string {
  let [out, column] = ['', 0];
  const stack: Item[] = [[0, false, doc]];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const [level, flat, current] = item;
    if (typeof current === 'string') {
      out += current;
      column += current.length;
    } else if (isConcat(current)) {
      for (let i = current.length - 1; i >= 0; i--) stack.push([level, flat, current[i] as Doc]);
    } else if (current.kind === 'indent') stack.push([level + 2, flat, current.doc]);
    else if (current.kind === 'group') {
      stack.push([level, flat || fits([level, true, current.doc], stack, width - column), current.doc]);
    } else if (current.kind === 'broken') {
      const text = flat ? current.flat : current.broken;
      out += text;
      column += text.length;
    } else if (current.kind === 'verbatim') {
      out += current.text;
      column = current.text.includes('\n')
        ? current.text.length - current.text.lastIndexOf('\n') - 1
        : column + current.text.length;
    } else if (flat && !current.hard) {
      out += current.flat;
      column += current.flat.length;
    } else {
      out = `${out.replace(/ +$/, '')}\n${' '.repeat(level)}`;
      column = level;
    }
  }
  return out;
}

type Item = [level: number, flat: boolean, doc: Doc];

function isConcat(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}

/** Whether what comes up to the next line break fits into so many columns. */
function fits(first: Item, rest: readonly Item[], room: number): boolean {
  const stack: Item[] = [first];
  let at = rest.length;
  let left = room;
  while (left >= 0) {
    const item = stack.pop() ?? rest[--at];
    if (!item) return true;
    const [level, flat, doc] = item;
    if (typeof doc === 'string') left -= doc.length;
    else if (isConcat(doc))
      for (let i = doc.length - 1; i >= 0; i--) stack.push([level, flat, doc[i] as Doc]);
    else if (doc.kind === 'indent' || doc.kind === 'group') stack.push([level, flat, doc.doc]);
    else if (doc.kind === 'broken') left -= (flat ? doc.flat : doc.broken).length;
    else if (doc.kind === 'verbatim') {
      const end = doc.text.indexOf('\n');
      if (end >= 0) return left >= end;
      left -= doc.text.length;
    } else if (doc.hard) return item !== first && !flat;
    else if (!flat) return true;
    else left -= doc.flat.length;
  }
  return false;
}
