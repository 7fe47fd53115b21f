import { type Doc, HARD, indent } from '../doc.ts';
import { type ClassInfo, fieldsOf } from '../program.ts';
import type { Emitter } from './emitter.ts';
import { camelCase } from './names.ts';

const known: WeakMap<ReadonlyMap<string, string>, ReadonlySet<string>> = new WeakMap();

/** The names that templates ask objects for. */
export function templateNames(e: Emitter): ReadonlySet<string> {
  const { files } = e.out;
  let names = known.get(files);
  if (!names) {
    names = new Set(
      [...files]
        .filter(([path]) => !path.endsWith('.py'))
        .flatMap(([, text]) => [...text.matchAll(/\{[{%][\s\S]*?[%}]\}/g)])
        .flatMap(([code]) => [...code.matchAll(/\.\s*([a-z]\w*)/g)].map(([, name = '']) => name)),
    );
    known.set(files, names);
  }
  return names;
}

/** `get full_name()`, where templates ask for what is `fullName` here. */
export function templateAliases(e: Emitter, info: ClassInfo): Doc[] {
  const wanted = templateNames(e);
  const names = new Set([...info.attributes.keys(), ...info.methods.keys(), ...fieldsOf(info)]);
  const renamed = [...names].filter(
    (name) => wanted.has(name) && camelCase(name) !== name && !name.startsWith('_'),
  );
  return renamed.map((name, i): Doc => {
    const own = camelCase(name);
    const lead = i === 0 ? ['// Templates know it by this name.', HARD] : [];
    const method = info.methods.get(name);
    const isProperty =
      method?.node.nodeType !== 'Lambda' &&
      method?.node.decorator_list.some((each) => e.source(each) === 'property');
    if (method && !isProperty)
      return [
        ...lead,
        `${name}(...args: any[]): any {`,
        indent([HARD, `return (this as any).${own}(...args);`]),
        HARD,
        '}',
      ];
    return [...lead, `get ${name}(): any {`, indent([HARD, `return this.${own};`]), HARD, '}'];
  });
}
