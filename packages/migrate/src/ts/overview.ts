import { walk } from '../python/fields.ts';
import type { Binding } from '../python/scopes.ts';
import { isApplication, type ModuleInfo, type Program } from './program.ts';
import { isMap } from './types/print.ts';

/** Names of the project that other modules of it use. */
export function exportedBindings(program: Program): Set<Binding> {
  const exported = new Set<Binding>();
  for (const module of program.modules.values()) {
    for (const binding of module.bindings.all) {
      const found = program.follow(module, binding);
      if (found.module !== module) exported.add(found.binding);
    }
    walk(module.module.tree, (node) => {
      if (node.nodeType === 'Name') {
        const found = program.resolve(module, node);
        if (found && found.module !== module) exported.add(found.binding);
      } else if (node.nodeType === 'Attribute') {
        for (const atom of program.typeOf(node.value).atoms) {
          const owner = atom.kind === 'named' ? (atom.owner as ModuleInfo | null) : null;
          if (!owner || !('bindings' in owner)) continue;
          const binding = owner.bindings.scope.names.get(node.attr);
          if (binding) exported.add(program.follow(owner, binding).binding);
        }
      }
      return true;
    });
  }
  // The type of a class is exported with it.
  for (const info of program.classes.values()) {
    const binding = info.module.bindings.scopeOf(info.node).names.get(info.node.name);
    if (binding?.scope.kind === 'module' && program.modules.size > 1) exported.add(binding);
  }
  const app = mainApp(program);
  if (app && program.modules.size > 1) exported.add(app.binding);
  return exported;
}

/** The application that the others are mounted on: the first that is mounted nowhere. */
export function mainApp(program: Program): { module: ModuleInfo; binding: Binding } | undefined {
  const mounted = new Set<Binding>();
  const found: { module: ModuleInfo; binding: Binding }[] = [];
  for (const module of program.modules.values()) {
    walk(module.module.tree, (node) => {
      if (
        node.nodeType === 'Call' &&
        node.func.nodeType === 'Attribute' &&
        node.func.attr === 'mount' &&
        node.args[0]?.nodeType === 'Name'
      ) {
        const target = program.resolve(module, node.args[0]);
        if (target) mounted.add(target.binding);
      }
      return true;
    });
    for (const binding of module.bindings.scope.names.values()) {
      const isOwn = binding.definitions.some(({ kind }) => kind === 'assignment');
      if (isOwn && isApplication(program.bindingType(binding))) found.push({ module, binding });
    }
  }
  return found.find(({ binding }) => !mounted.has(binding));
}

/** The module that says what `request.g` holds: that of the application, or the first that puts something there. */
export function globalsOwner(program: Program): ModuleInfo | undefined {
  if (program.globals.size === 0) return undefined;
  const modules = [...program.modules.values()];
  return (
    mainApp(program)?.module ??
    modules.find(({ module }) => /\.g\.\w+ *=[^=]/.test(module.source)) ??
    modules[0]
  );
}

/** The module that says what the sessions hold: that of the application, or the first that has one. */
export function sessionOwner(program: Program): ModuleInfo | undefined {
  const modules = [...program.modules.values()];
  return mainApp(program)?.module ?? modules.find(({ module }) => /\bsession\b/i.test(module.source));
}

/** Modules of the project that other modules of it import. */
export function importedModules(program: Program): Set<ModuleInfo> {
  const imported = new Set<ModuleInfo>();
  for (const module of program.modules.values()) {
    walk(module.module.tree, (node) => {
      if (node.nodeType === 'ImportFrom') {
        const source = program.moduleOf(module, node);
        if (source) imported.add(source);
        for (const { name } of node.names) {
          const sub = source && program.modules.get([source.name, name].filter(Boolean).join('.'));
          if (sub) imported.add(sub);
        }
      } else if (node.nodeType === 'Import') {
        for (const { name } of node.names) {
          const source = program.find(module, name);
          if (source) imported.add(source);
        }
      }
      return true;
    });
  }
  return imported;
}

/** The module that is run: one that starts a server, and that no other imports if there is a choice. */
export function entryModule(program: Program): ModuleInfo | undefined {
  const starting = [...program.modules.values()].filter((module) => startsServer(program, module));
  const imported = importedModules(program);
  const named = (module: ModuleInfo) => /(^|\/)(main|app|run|server|__main__)\.py$/.test(module.path);
  const free = starting.filter((module) => !imported.has(module));
  return free.find(named) ?? free[0] ?? starting.find(named) ?? starting[0];
}

/** The module of an application that is started by uvicorn, gunicorn and their like. */
export function servedModule(program: Program): ModuleInfo | undefined {
  return entryModule(program) ? undefined : mainApp(program)?.module;
}

function startsServer(program: Program, module: ModuleInfo): boolean {
  let found = false;
  walk(module.module.tree, (node) => {
    if (
      node.nodeType === 'Call' &&
      node.func.nodeType === 'Attribute' &&
      /^(run|start_server)$/.test(node.func.attr)
    ) {
      found ||= isApplication(program.typeOf(node.func.value));
    }
    return !found;
  });
  return found;
}

/** Whether any dictionary of the program becomes a `Map`. */
export function makesMaps(program: Program): boolean {
  let found = false;
  for (const module of program.modules.values()) {
    walk(module.module.tree, (node) => {
      if (node.nodeType === 'Dict' || node.nodeType === 'DictComp' || node.nodeType === 'Call') {
        const cell = program.typeOf(node).atom('dict')?.cell;
        found ||= cell !== undefined && isMap(cell);
      }
      return !found;
    });
  }
  return found;
}
