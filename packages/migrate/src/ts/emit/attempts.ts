import { walk } from '../../python/fields.ts';
import type { Expression, Try } from '../../python/tree.ts';
import { type Doc, HARD, indent } from '../doc.ts';
import { block } from '../js.ts';
import { blockOf, endsAlways, lastEnd } from './control.ts';
import type { Emitter } from './emitter.ts';
import { errorName } from './errorNames.ts';
import type { Writer } from './writer.ts';

export function emitTry(w: Writer, whole: Try): Doc[] | undefined {
  if (isImportAttempt(whole)) return undefined;
  const node: Try = { ...whole, handlers: reachable(w.e, whole) };
  if (node.handlers.length === 0 && node.finalbody.length === 0)
    return [...w.lines(node.body, lastEnd(node.body)), ...w.lines(node.orelse, node.end)];
  const attempt: Doc[] = ['try ', blockOf(w, node.body, lastEnd(node.body))];
  const lines = node.orelse.length > 0 ? withElse(w, node, attempt) : [[...attempt, ...handlersOf(w, node)]];
  if (node.finalbody.length === 0) return lines;
  const last = [' finally ', blockOf(w, node.finalbody, node.end)];
  return node.orelse.length > 0 ? [['try ', block(lines), ...last]] : [[...(lines[0] as Doc[]), ...last]];
}

function handlersOf(w: Writer, node: Try, first: readonly Doc[] = []): Doc[] {
  return node.handlers.length > 0 ? [emitHandlers(w, node, first)] : [];
}

/** `else` runs if nothing was thrown, and what it throws itself is not caught. */
function withElse(w: Writer, node: Try, attempt: readonly Doc[]): Doc[] {
  const { e } = w;
  if (node.handlers.every((handler) => endsAlways(e, handler.body))) {
    return [[...attempt, ...handlersOf(w, node)], ...w.lines(node.orelse, lastEnd(node.orelse))];
  }
  const flag = e.names.fresh('hasFailed');
  const lines: Doc[] = [`let ${flag} = false;`, [...attempt, ...handlersOf(w, node, [`${flag} = true;`])]];
  return [...lines, [`if (!${flag}) `, blockOf(w, node.orelse, lastEnd(node.orelse))]];
}

/** Handlers of what can be thrown: Ctrl-C and `sys.exit()` end the process here, and nothing comes after one for everything. */
function reachable(e: Emitter, node: Try): Try['handlers'] {
  const handlers = node.handlers.filter(
    ({ type }) => !type || typesOf(type).some((each) => !isExit(e, each)),
  );
  const all = handlers.findIndex(({ type }) => !type || typesOf(type).some((each) => isEverything(e, each)));
  return all < 0 ? handlers : handlers.slice(0, all + 1);
}

function typesOf(type: Expression): readonly Expression[] {
  return type.nodeType === 'Tuple' ? type.elts : [type];
}

function isExit(e: Emitter, type: Expression): boolean {
  return /^(KeyboardInterrupt|SystemExit|GeneratorExit)$/.test(e.source(type));
}

function isEverything(e: Emitter, type: Expression): boolean {
  return /^(Base)?Exception$/.test(e.source(type));
}

/** Imports that are tried one after the other: what is imported here is always there. */
function isImportAttempt(node: Try): boolean {
  return (
    node.body.every(({ nodeType }) => nodeType === 'Import' || nodeType === 'ImportFrom') &&
    node.body.length > 0
  );
}

function emitHandlers(w: Writer, node: Try, first: readonly Doc[]): Doc {
  const { e } = w;
  const name = node.handlers.find((handler) => handler.name)?.name;
  const written = name ? e.names.get(name) : 'error';
  const usesWebSocket = mentionsWebSocket(e, node);
  const branches: Doc[] = [];
  let isAll = false;
  let single: readonly Doc[] = [];
  const outer = e.caught;
  e.caught = written;
  node.handlers.forEach((handler, i) => {
    const test = handler.type ? errorTest(e, handler.type, written, usesWebSocket) : undefined;
    const lines = w.lines(handler.body, i === node.handlers.length - 1 ? lastEnd(handler.body) : handler.end);
    const alias =
      handler.name && e.names.get(handler.name) !== written
        ? [`const ${e.names.get(handler.name)} = ${written};`]
        : [];
    single = lines;
    if (!test) {
      isAll = true;
      branches.push(branches.length > 0 ? ['else ', block([...alias, ...lines])] : [...alias, ...lines]);
    } else
      branches.push([branches.length > 0 ? 'else ' : '', 'if (', test, ') ', block([...alias, ...lines])]);
  });
  e.caught = outer;
  if (isAll && branches.length === 1) {
    const lines = branches[0] as readonly Doc[];
    const isNamed = lines.some((line) => new RegExp(`\\b${written}\\b`).test(flat(line)));
    return [isNamed ? ` catch (${written}: any) ` : ' catch ', block([...first, ...lines])];
  }
  if (!isAll && node.handlers.length === 1 && node.handlers[0]) {
    const test = errorTest(e, node.handlers[0].type as Expression, written, usesWebSocket) as string;
    return [` catch (${written}: any) `, block([`if (!(${test})) throw ${written};`, ...first, ...single])];
  }
  const chainDoc: Doc[] = first.flatMap((line) => [line, HARD]);
  branches.forEach((branch, i) => {
    if (i > 0) chainDoc.push(' ');
    chainDoc.push(branch);
  });
  if (!isAll) chainDoc.push(' else throw ', written, ';');
  return [` catch (${written}: any) {`, indent([HARD, chainDoc]), HARD, '}'];
}

function flat(doc: Doc): string {
  if (typeof doc === 'string') return doc;
  if (Array.isArray(doc)) return (doc as readonly Doc[]).map(flat).join('');
  const node = doc as Exclude<Doc, string | readonly Doc[]>;
  if (node.kind === 'verbatim') return node.text;
  return 'doc' in node ? flat(node.doc) : ' ';
}

/** `error instanceof X`; nothing where everything is caught. */
function errorTest(e: Emitter, type: Expression, error: string, usesWebSocket: boolean): string | undefined {
  const types = typesOf(type).filter((each) => !isExit(e, each));
  const names = types.flatMap((each) => {
    const atom = e.type(each).single;
    if (
      atom?.kind === 'named' &&
      (atom.name === 'builtins.Exception' || atom.name === 'builtins.BaseException')
    )
      return ['Error'];
    if (
      usesWebSocket &&
      atom?.kind === 'named' &&
      /^builtins\.(OSError|ConnectionError|ConnectionResetError)$|^microdot\.WebSocketError$/.test(atom.name)
    ) {
      return [e.use('@microdot/websocket', 'WebSocketError').doc as string];
    }
    if (atom?.kind === 'named' && atom.name.startsWith('builtins.'))
      return [errorName(e, atom.name.slice(9)).doc as string];
    return [flat(e.expression(each).doc)];
  });
  if (names.includes('Error')) return undefined;
  return [...new Set(names)].map((name) => `${error} instanceof ${name}`).join(' || ');
}

/** Whether a WebSocket is what may end in the middle of a block. */
function mentionsWebSocket(e: Emitter, node: Try): boolean {
  let found = false;
  for (const statement of node.body) {
    walk(statement, (inner) => {
      if (
        inner.nodeType === 'Call' &&
        inner.func.nodeType === 'Attribute' &&
        e.type(inner.func.value).has('instance microdot.WebSocket')
      )
        found = true;
      return !found;
    });
  }
  return found;
}
