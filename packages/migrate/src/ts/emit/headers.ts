import type { Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { call, type Js, LEVEL, object, primary, wrap } from '../js.ts';
import type { Emitter } from './emitter.ts';
import { namedProperty } from './properties.ts';

/** The headers of a response as an object of texts. */
export function headers(e: Emitter, node: Expression): Js {
  if (node.nodeType !== 'Dict') return e.present(node);
  return object(
    node.keys.map((key, i): Doc => {
      const value = node.values[i] as Expression;
      if (!key) return ['...', wrap(e.expression(value), LEVEL.unary)];
      const text = headerText(e, value).doc;
      return key.nodeType === 'Constant'
        ? namedProperty(String(key.value), text)
        : ['[', e.expression(key).doc, ']: ', text];
    }),
  );
}

/** A header of a response is text. */
export function headerText(e: Emitter, node: Expression): Js {
  const type = e.type(node);
  if (type.is('str') || type.isAny) return e.present(node);
  return type.is('int')
    ? call(primary('String'), [e.expression(node)])
    : call(e.py('str'), [e.expression(node)]);
}

export function readFile(e: Emitter, path: Js): Js {
  return call(e.use('node:fs', 'readFileSync'), [path]);
}
