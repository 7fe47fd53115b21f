import { factsOf } from '../../flow/facts.ts';
import { registrationOf } from '../../flow/registrations.ts';
import { microdotName } from '../../tables/modules.ts';
import type { FileContext, Rule } from '../context.ts';
import { ownNodes } from '../functions.ts';

const NAME = 'environment';

/** What an application may come to notice of the new version without a line of it being wrong. */
export const environment: Rule = {
  name: NAME,
  run(context) {
    noteImports(context);
    noteDynamicImports(context);
    noteGlobals(context);
    noteMessages(context);
    noteStream(context);
  },
};

const NEVER_RELEASED: ReadonlySet<string> = new Set(['microdot_auth', 'microdot_login']);

function noteImports(context: FileContext): void {
  const applications = new Set<string>();
  for (const statement of factsOf(context.module).imports) {
    const modules =
      statement.nodeType === 'Import'
        ? statement.names.map(({ name }) => name)
        : ['.'.repeat(statement.level ?? 0) + (statement.module ?? '')];
    for (const name of modules) {
      const last = name.split('.').at(-1) ?? '';
      if (NEVER_RELEASED.has(last) && isElsewhere(context, name)) {
        context.note(NAME, statement, {
          message: `${last} was in no release of Microdot 1. If it is a file of your own, it stays; microdot.${last.slice(9)} of Microdot 2 is another.`,
          guide: 'modules-that-are-no-part-of-microdot',
        });
      }
      if (name === 'uasyncio') {
        context.note(NAME, statement, {
          message: 'Microdot 2 imports asyncio, and so needs a MicroPython that has it: 1.21 or later.',
          suggestion: 'import asyncio',
          guide: 'micropython',
        });
      }
      const found = microdotName(name);
      if (found?.module === 'microdot_wsgi') {
        context.note(NAME, statement, {
          message: 'microdot.wsgi is deprecated in Microdot 2.',
          suggestion: 'microdot.asgi, under uvicorn',
          guide: 'gateways',
        });
      }
      const names = statement.nodeType === 'ImportFrom' ? statement.names.map((alias) => alias.name) : [];
      if (found !== null && names.includes('*') && !found.module.startsWith('microdot.')) {
        context.note('imports', statement, {
          message: `The star is written out: in Microdot 2 it would bring fewer names, and others that hide your own.`,
          guide: 'modules-and-names',
        });
      }
      if (found === null || !names.includes('Microdot')) continue;
      applications.add(found.module);
      if (applications.has('microdot') && applications.has('microdot_asyncio') && !isInTry(statement)) {
        context.note('imports', statement, {
          message: 'The two Microdot classes of 1.x are one in Microdot 2.',
          guide: 'modules-and-names',
        });
      }
    }
  }
}

function isElsewhere(context: FileContext, name: string): boolean {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  return context.flow.program.imported(context.module, name.slice(dots), dots) === null;
}

function isInTry(statement: { parent: { nodeType: string } | null }): boolean {
  return statement.parent?.nodeType === 'Try' || statement.parent?.nodeType === 'ExceptHandler';
}

// `__import__('microdot_session')`, `mock.patch('microdot_session.get_session')`
function noteDynamicImports(context: FileContext): void {
  for (const call of factsOf(context.module).calls) {
    const [first] = call.args;
    if (first?.nodeType !== 'Constant' || first.type !== 'str') continue;
    const found = microdotName(String(first.value));
    const isMicrodot = found !== null && found.module !== 'microdot' && !found.module.startsWith('microdot.');
    if (isMicrodot && /(?:__import__|import_module|patch|importorskip)$/.test(context.text(call.func))) {
      context.note('imports', first, {
        message: `This names a module of Microdot 1 in a string.`,
        suggestion: 'The table in the guide says what it is called now.',
        guide: 'modules-and-names',
      });
    }
  }
}

// Handlers of microdot_asyncio ran one after the other; they run in threads now, on CPython.
function noteGlobals(context: FileContext): void {
  const { flow, module } = context;
  for (const node of factsOf(module).functions) {
    if (node.nodeType !== 'FunctionDef' || context.asyncness.functions.has(node)) continue;
    const isHandler = node.decorator_list.some((decorator) => {
      const registration = registrationOf(flow, module, decorator);
      return registration !== null && flow.is(module, registration.owner, 'asyncapp');
    });
    if (!isHandler || !ownNodes(node).some(({ nodeType }) => nodeType === 'Global')) continue;
    context.note(NAME, node, {
      message:
        'This handler changes a global. Under microdot_asyncio handlers ran one at a time; Microdot 2 runs those that are not `async` in threads.',
      suggestion: `async def ${node.name}(...), which runs on the loop as before`,
      guide: 'handlers-and-threads',
    });
    return;
  }
}

function noteMessages(context: FileContext): void {
  const statement = factsOf(context.module).imports.find(
    (each) =>
      each.nodeType === 'ImportFrom' && /^microdot_(?:asyncio_)?websocket(?:_alt)?$/.test(each.module ?? ''),
  );
  if (statement === undefined) return;
  context.note('websocket-errors', statement, {
    message: 'A message of more than 16 KiB closes the connection in Microdot 2; in 1.x there was no limit.',
    suggestion: 'WebSocket.max_message_length = ...',
    guide: 'websockets',
  });
}

// `environ['wsgi.input']` has been read already.
function noteStream(context: FileContext): void {
  if (!context.source.includes('wsgi.input')) return;
  for (const attribute of factsOf(context.module).attributes) {
    const outer = attribute.parent;
    if (
      attribute.attr !== 'environ' ||
      outer?.nodeType !== 'Subscript' ||
      outer.slice.nodeType !== 'Constant'
    )
      continue;
    if (outer.slice.value !== 'wsgi.input') continue;
    context.note('environment', outer, {
      message: 'Microdot 2 has read the body by now, so there is nothing left in wsgi.input.',
      suggestion: 'request.body',
      guide: 'gateways',
    });
  }
}
