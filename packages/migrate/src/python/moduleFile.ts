/** The last name by which a file is imported: that of the file, or of the folder of a package. */
export function lastName(file: string): string {
  const parts = file.replace(/\.py$/, '').split('/');
  const last = parts.pop() ?? '';
  return last === '__init__' ? (parts.pop() ?? '') : last;
}

/**
 * The file of a module, as Python would find it when the program is started in the folder of the importing file, or in one
 * of those around it.
 */
export function moduleFile(
  files: { has(path: string): boolean },
  from: string,
  dotted: string,
  level: number,
): string | null {
  const folders = from.split('/').slice(0, -1);
  const path = dotted.replaceAll('.', '/');
  if (level > 0) return fileAt(files, folders.slice(0, folders.length - level + 1), path);
  if (path === '') return null;
  for (let depth = folders.length; depth >= 0; depth--) {
    const found = fileAt(files, folders.slice(0, depth), path);
    if (found !== null) return found;
  }
  return fileAt(files, ['src'], path);
}

function fileAt(
  files: { has(path: string): boolean },
  folders: readonly string[],
  path: string,
): string | null {
  const base = [...folders, ...(path === '' ? [] : [path])].join('/');
  const candidates = [
    ...(path === '' ? [] : [`${base}.py`]),
    base === '' ? '__init__.py' : `${base}/__init__.py`,
  ];
  return candidates.find((candidate) => files.has(candidate)) ?? null;
}
