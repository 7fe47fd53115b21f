import ts from 'typescript';

/**
 * A block of code as a module.
 *
 * @typedef {object} BlockModule
 * @property {string} file its name
 * @property {import('./blocks.mjs').Block} block
 * @property {string} text the code as it is, and behind it what connects it with the blocks before and after it
 */

/**
 * Who reads a page from the top knows in every block what the earlier ones have declared and imported. So every block becomes a
 * module that exports all of its names, and imports those of the blocks before it, the latest of each, but for its own.
 * What connects them stands behind the code, so that the lines of the code keep their numbers.
 *
 * @param {import('./blocks.mjs').Block[]} blocks
 * @returns {BlockModule[]}
 */
export function modulesOf(blocks) {
  /** @type {Map<string, { file: string; isType: boolean }>} */
  const known = new Map();
  return blocks.map((block, index) => {
    const file = `block-${index + 1}.ts`;
    const own = namesIn(block.code);
    const lines = [';export {};'];
    for (const [name, { file, isType }] of known) {
      if (!own.has(name)) lines.push(`import ${isType ? 'type ' : ''}{ ${name} } from './${file}';`);
    }
    for (const [name, { isType, isExported }] of own) {
      if (!isExported) lines.push(`export ${isType ? 'type ' : ''}{ ${name} };`);
      known.set(name, { file, isType });
    }
    return { file, block, text: block.code + lines.join('\n') };
  });
}

/**
 * What the top level of a module declares and imports.
 *
 * @param {string} code
 */
function namesIn(code) {
  /** @type {Map<string, { isType: boolean; isExported: boolean }>} */
  const names = new Map();
  const add = (/** @type {ts.Node | undefined} */ name, isType = false, isExported = false) => {
    if (name && ts.isIdentifier(name)) names.set(name.text, { isType, isExported });
  };
  for (const statement of ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest).statements) {
    const isExported = ts.canHaveModifiers(statement) && hasExport(statement);
    if (ts.isImportDeclaration(statement)) {
      const isType = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      const bindings = statement.importClause?.namedBindings;
      add(statement.importClause?.name, isType);
      if (bindings && ts.isNamespaceImport(bindings)) add(bindings.name, isType);
      for (const element of bindings && ts.isNamedImports(bindings) ? bindings.elements : []) {
        add(element.name, isType || element.isTypeOnly);
      }
    } else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) {
        for (const one of namesBound(name)) add(one, false, isExported);
      }
    } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      add(statement.name, true, isExported);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      add(statement.name, false, isExported);
    }
  }
  return names;
}

/**
 * `a`, and the names in `{ a, b: [c] }`.
 *
 * @param {ts.BindingName} name
 * @returns {ts.Identifier[]}
 */
function namesBound(name) {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesBound(element.name) : []));
}

/** @param {ts.HasModifiers} node */
function hasExport(node) {
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}
