import type { FunctionDef } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { classifyDecorator, type Decorator, isRegistration } from '../infer/decorators.ts';
import { block, type Js, js, LEVEL } from '../js.ts';
import type { FunctionInfo } from '../program.ts';
import { docComment } from './comments.ts';
import {
  docstring,
  exportKeyword,
  functionExpression,
  functionLines,
  isAsyncHere,
  methodAround,
  signature,
} from './functions.ts';
import { parameterList } from './parameters.ts';
import { emitHandler, withItsName, wrapped } from './routes.ts';
import type { Writer } from './writer.ts';

/** A function: registered where its decorators register it, declared where they do not. */
export function emitFunction(w: Writer, node: FunctionDef): Doc[] {
  const { e } = w;
  const info = e.program.functions.get(node) as FunctionInfo;
  const decorators = node.decorator_list.map((decorator) => classifyDecorator(e.program, decorator));
  if (decorators.some(isRegistration))
    return [...docComment(docstring(node)), ...emitHandler(w, info, decorators)];
  const relevant = decorators.filter(({ kind }) => kind !== 'ignored');
  if (relevant.length > 0) return [...docComment(docstring(node)), ...emitDecorated(w, info, relevant)];
  return [...docComment(docstring(node)), declaration(w, info)];
}

/** A decorated function that nothing is registered with: a variable that holds what the decorators make of it. */
function emitDecorated(w: Writer, info: FunctionInfo, decorators: readonly Decorator[]): Doc[] {
  const { e } = w;
  const node = info.node as FunctionDef;
  const parameters = info.wraps === 'wrapper' ? signature(w, info).parameters : parameterList(e, info);
  const inner = withItsName(e, info, decorators, functionExpression(w, info, parameters));
  const whole = decorators.reduceRight<Js>((value, decorator) => {
    if (decorator.kind === 'with') return wrapped(e, decorator, value);
    if (decorator.kind !== 'user' && decorator.kind !== 'unknown') return e.refuse();
    return js([e.expression(decorator.expression).doc, '(', value.doc, ')'], LEVEL.primary);
  }, inner);
  return [[exportKeyword(w, node), 'const ', e.names.get(node.name), ' = ', whole.doc, ';']];
}

function declaration(w: Writer, info: FunctionInfo): Doc {
  const { e } = w;
  const node = info.node as FunctionDef;
  const binding = e.module.bindings.scopeOf(node).names.get(node.name);
  if (binding && w.declarations.isHoisted(binding)) {
    return [e.names.get(node.name), ' = ', functionExpression(w, info, parameterList(e, info)).doc, ';'];
  }
  const { generic, parameters, result } = signature(w, info);
  if (generic === '' && methodAround(e, info))
    return [
      'const ',
      e.names.get(node.name),
      ' = ',
      functionExpression(w, info, `${parameters}${result}`).doc,
      ';',
    ];
  const isAsync = isAsyncHere(e, info);
  const head = `${isAsync ? 'async ' : ''}function${info.isGenerator ? '*' : ''} ${e.names.get(node.name)}${generic}${parameters}${result} `;
  return [exportKeyword(w, node), head, block(functionLines(w, info))];
}
