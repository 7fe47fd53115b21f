import type { ModuleInfo } from '../program.ts';
import { NameTable } from './names.ts';

/** The names that the packages export and that generated code may use without asking. */
const LIBRARY = [
  'Microdot',
  'Request',
  'Response',
  'HTTPException',
  'MultiDict',
  'Session',
  'SessionDict',
  'WebSocket',
  'Template',
  'CORS',
  'CSRF',
  'Login',
  'HandlerResult',
  'Maybe',
  'Globals',
  'SessionData',
  'Wrapped',
];

/** The names of every module: one that exports something and one that imports it have to agree. */
export class NameTables {
  readonly #tables: Map<ModuleInfo, NameTable> = new Map();

  of(module: ModuleInfo): NameTable {
    let table = this.#tables.get(module);
    if (!table) {
      const own = new Set(importedFromMicrodot(module));
      table = new NameTable(
        module,
        LIBRARY.filter((name) => !own.has(name)),
      );
      this.#tables.set(module, table);
    }
    return table;
  }
}

/** Names that Microdot's own modules give to what they export: those may keep them. */
function importedFromMicrodot(module: ModuleInfo): string[] {
  return [...module.bindings.scope.names.values()].flatMap(({ name, definitions: [definition] }) =>
    definition?.kind === 'from' && /^(lib\.)?microdot/.test(definition.statement.module ?? '') ? name : [],
  );
}
