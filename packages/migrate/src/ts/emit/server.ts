import type { Doc } from '../doc.ts';
import { binary, call, type Js, LEVEL, member, number, object, primary, wrap } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';
import { namedProperty } from './properties.ts';

/** The options of `app.run()`: the port can be set from outside, as every host for Node expects. */
export function runOptions(_e: Emitter, args: Arguments): Js {
  const properties: Doc[] = [];
  if (args.has(0, 'host')) properties.push(namedProperty('host', wrap(args.present(0, 'host'), LEVEL.arrow)));
  const port = args.has(1, 'port') ? args.present(1, 'port') : number(5000);
  const environment = binary('??', member(primary('process.env'), 'PORT'), port, LEVEL.nullish);
  properties.push(namedProperty('port', call(primary('Number'), [environment]).doc));
  if (args.has(2, 'debug'))
    properties.push(namedProperty('debug', wrap(args.present(2, 'debug'), LEVEL.arrow)));
  if (args.has(3, 'ssl')) properties.push(namedProperty('tls', wrap(args.present(3, 'ssl'), LEVEL.arrow)));
  return object(properties);
}
