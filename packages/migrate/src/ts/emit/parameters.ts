import { print } from '../doc.ts';
import { LEVEL, wrap } from '../js.ts';
import { defaultOf, type FunctionInfo, parameterBinding, positional } from '../program.ts';
import type { Emitter } from './emitter.ts';

/** The parameters of a function as its callers in the project know them: positional ones, an object for those by name, a rest. */
export function parameterList(e: Emitter, info: FunctionInfo, isTyped = true): string {
  const parts = positional(info).map((name) => parameter(e, info, name, isTyped));
  const options = optionsParameter(e, info);
  if (options) parts.push(options);
  const { vararg } = info.node.args;
  if (vararg) parts.push(`...${e.names.get(vararg.arg)}: ${typeOf(e, info, vararg.arg)}`);
  return `(${parts.join(', ')})`;
}

function parameter(e: Emitter, info: FunctionInfo, name: string, isTyped: boolean): string {
  const written = e.names.get(name);
  const value = defaultOf(info, name);
  if (!value) return isTyped ? `${written}: ${typeOf(e, info, name)}` : written;
  const text = print(wrap(e.expression(value), LEVEL.arrow), Number.POSITIVE_INFINITY);
  const type = e.program.bindingType(parameterBinding(info, name));
  const isPlain = type.is('int', 'float') || type.is('str') || type.is('bool');
  return isPlain && value.nodeType === 'Constant'
    ? `${written} = ${text}`
    : `${written}: ${typeOf(e, info, name)} = ${text}`;
}

/** Keyword-only parameters and `**rest` make one object. */
function optionsParameter(e: Emitter, info: FunctionInfo): string | undefined {
  const { kwonlyargs, kwarg } = info.node.args;
  if (kwonlyargs.length === 0) return kwarg && `${e.names.get(kwarg.arg)}: Record<string, any> = {}`;
  const names = kwonlyargs.map(({ arg }) => {
    const value = defaultOf(info, arg);
    const written = e.names.get(arg);
    return value ? `${written} = ${print(e.expression(value).doc, Number.POSITIVE_INFINITY)}` : written;
  });
  const types = kwonlyargs.map(
    ({ arg }) => `${e.names.get(arg)}${defaultOf(info, arg) ? '?' : ''}: ${typeOf(e, info, arg)}`,
  );
  const isOptional = kwonlyargs.every(({ arg }) => defaultOf(info, arg));
  if (kwarg) {
    names.push(`...${e.names.get(kwarg.arg)}`);
    return `{ ${names.join(', ')} }: any${isOptional ? ' = {}' : ''}`;
  }
  return `{ ${names.join(', ')} }: { ${types.join('; ')} }${isOptional ? ' = {}' : ''}`;
}

export function typeOf(e: Emitter, info: FunctionInfo, name: string): string {
  return e.printType(e.program.bindingType(parameterBinding(info, name)));
}
