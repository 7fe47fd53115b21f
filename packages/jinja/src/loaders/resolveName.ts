import { TemplateNotFound } from '../errors.ts';

/**
 * A name as the template that asks sees it: one that begins with `./` or `../` is relative to that template, as in nunjucks.
 *
 * @throws TemplateNotFound for a name that leads out of the directory
 */
export function resolveName(name: string, parent?: string): string {
  const isRelative = /^\.{1,2}\//.test(name);
  const parts = isRelative && parent !== undefined ? parent.split('/').slice(0, -1) : [];
  if (!isRelative && !name.split('/').includes('..')) return name;
  for (const part of name.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined)
        throw new TemplateNotFound(`the template name '${name}' leads out of the directory`);
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
