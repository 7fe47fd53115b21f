import type { Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { call, LEVEL, object, wrap } from '../js.ts';
import type { Emitter } from './emitter.ts';
import type { MicrodotCall } from './microdot.ts';
import { camelCase } from './names.ts';
import { namedProperty } from './properties.ts';

export const sendFile: MicrodotCall = (e, args) => {
  const names = [
    'filename',
    'status_code',
    'content_type',
    'stream',
    'max_age',
    'compressed',
    'file_extension',
  ];
  const properties: Doc[] = [];
  names.slice(1).forEach((name, i) => {
    const node = args.get(i + 1, name);
    const isDefault =
      node?.nodeType === 'Constant' &&
      (node.type === 'none' || (name === 'compressed' && node.value === false));
    if (node && !isDefault)
      properties.push(
        namedProperty(
          camelCase(name),
          name === 'stream' ? streamOf(e, node) : wrap(e.present(node), LEVEL.arrow),
        ),
      );
  });
  return call(e.core('sendFile'), [
    args.present(0, 'filename'),
    ...(properties.length > 0 ? [object(properties)] : []),
  ]);
};

/** Bytes are given in a list: by themselves they would be a list of numbers. */
function streamOf(e: Emitter, node: Expression): Doc {
  const value = e.present(node);
  const isBytes = e.type(node).has('instance io.BytesIO') || e.type(node).is('bytes');
  return isBytes ? ['[', value.doc, ']'] : wrap(value, LEVEL.arrow);
}
