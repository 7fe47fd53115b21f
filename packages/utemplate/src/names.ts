import { TemplateError } from './errors.ts';

/**
 * The name of a template as the store knows it: relative to the directories, with `/` between its parts.
 *
 * @param folder that which the name is relative to, itself relative to the directories.
 * @throws TemplateError `TEMPLATE_OUTSIDE` where it leads out of them (path traversal), whatever is there.
 */
export function normalizeName(name: string, folder = ''): string {
  const parts: string[] = [];
  // A backslash is a separator to Windows, and a drive leads anywhere.
  const isElsewhere = /^(?:[\\/]|[a-zA-Z]:)/.test(name) || name.includes('\0');
  for (const part of [...folder.split('/'), ...name.split(/[\\/]/)]) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) throw outside(name);
  }
  if (isElsewhere || parts.length === 0) throw outside(name);
  return parts.join('/');
}

function outside(name: string): TemplateError {
  return new TemplateError(
    'TEMPLATE_OUTSIDE',
    `${JSON.stringify(name)} is not the name of a template in the directory`,
  );
}
