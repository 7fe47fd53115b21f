import { factsOf } from '../../flow/facts.ts';
import type { Rule } from '../context.ts';
import { statementOf } from '../statements.ts';

const NAME = 'read-timeout';

/** `Request.socket_read_timeout` is not there any more, and setting it does nothing. */
export const readTimeout: Rule = {
  name: NAME,
  run(context) {
    for (const attribute of factsOf(context.module).attributes) {
      if (attribute.attr !== 'socket_read_timeout' || !context.symbol(attribute.value)?.endsWith('.Request'))
        continue;
      const statement = statementOf(attribute);
      const isSet =
        statement.nodeType === 'Assign' &&
        statement.targets.length === 1 &&
        statement.targets[0] === attribute;
      context.note(NAME, attribute, {
        message: 'Microdot 2 has no read timeout: a client that sends nothing keeps its connection.',
        suggestion: 'Let a reverse proxy cut such connections.',
        guide: 'requests',
      });
      if (isSet && (statement.value.nodeType === 'Constant' || statement.value.nodeType === 'Name')) {
        context.removed.set(statement, NAME);
      }
    }
  },
};
