import { BUNDLERS, CONFIGURATION, namesInText, namingAt } from './configured.ts';
import type { JsModule, JsNode } from './parseJs.ts';
import { importedFrom, textOf } from './resolve.ts';
import type { Specifier } from './specifiers.ts';

/** The packages that a literal, or the name of a property, names where it configures a bundler, a test runner or a linter. */
export function configuredNames(module: JsModule, node: JsNode): Specifier[] {
  const parent = module.parents.get(node);
  const isKey = parent?.type === 'Property' && parent.key === node;
  if (!isKey && node.type !== 'Literal') return [];
  const written = module.source.slice(...node.range);
  if (!written.includes('microdot') || (isKey && parent.computed)) return [];
  const path = pathOf(module, isKey ? parent : node);
  if (path.length === 0 || !(isConfiguration(module, node) || OWN.test(path.at(-1) ?? ''))) return [];
  const naming = namingAt(path, isKey);
  if (naming === undefined) return [];
  const isRegExp = 'regex' in node;
  const quotes = node.type === 'Literal' ? 1 : 0;
  return namesInText(written.slice(quotes, written.length - quotes), isRegExp ? 'pattern' : naming).map(
    (name) => {
      const start = node.range[0] + quotes + name.start;
      const range: [number, number] = [start - quotes, start + name.end - name.start + quotes];
      // Without quotes a name ends with its property: `microdot$`.
      const rest = quotes === 0 ? written.slice(name.end) : '';
      if (rest !== '') range[1] = node.range[1];
      const found = { ...node, range } as JsNode;
      return {
        node: found,
        module: name.module,
        subpath: name.subpath + rest,
        owner: node,
        ...(isRegExp && { isRegExp }),
      };
    },
  );
}

/** Options that are called as nothing else is, wherever they stand. */
const OWN = /^(?:moduleNameMapper|alias)$/;

/** The properties around a node, the outermost first. */
function pathOf(module: JsModule, node: JsNode): string[] {
  const path: string[] = [];
  let current = node;
  for (let parent = module.parents.get(current); parent; parent = module.parents.get(current)) {
    if (parent.type === 'Property' && parent.value === current) {
      path.unshift(parent.key.type === 'Identifier' ? parent.key.name : (textOf(parent.key) ?? ''));
    }
    // What is given to a function of a bundler is an option, as if it stood in a property.
    if (parent.type === 'CallExpression' && isBundler(module, parent.callee)) path.unshift('');
    if (/Function/.test(parent.type) && path.length > 0 && !CONFIGURATION.test(module.file)) break;
    current = parent;
  }
  return path;
}

function isConfiguration(module: JsModule, node: JsNode): boolean {
  if (CONFIGURATION.test(module.file)) return true;
  for (let parent = module.parents.get(node); parent; parent = module.parents.get(parent)) {
    if (parent.type === 'CallExpression' && isBundler(module, parent.callee)) return true;
  }
  return false;
}

function isBundler(module: JsModule, callee: JsNode): boolean {
  const root = callee.type === 'MemberExpression' ? callee.object : callee;
  return importedFrom(module, root, BUNDLERS) !== undefined;
}
