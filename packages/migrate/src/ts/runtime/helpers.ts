import { CHUNKS, IMPORTS } from './python.data.ts';

/** The text of `python.ts`: the helpers that are used, and those that they use themselves. */
export function pythonHelpers(used: ReadonlySet<string>): string {
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const chunk = CHUNKS[name];
    if (!chunk || wanted.has(name)) return;
    wanted.add(name);
    for (const each of chunk.needs) want(each);
  };
  for (const name of used) want(name);
  const chunks = Object.entries(CHUNKS).filter(([name]) => wanted.has(name));
  const imports = IMPORTS.flatMap(({ from, names }) => {
    const needed = names.filter(({ name }) =>
      chunks.some(([, { text }]) => new RegExp(`\\b${name}\\b`).test(text)),
    );
    return needed.length > 0
      ? [
          `import { ${needed.map(({ name, isType }) => `${isType ? 'type ' : ''}${name}`).join(', ')} } from '${from}';`,
        ]
      : [];
  });
  return [HEAD, ...imports, '', chunks.map(([, { text }]) => text).join('\n\n'), ''].join('\n');
}

const HEAD =
  '// What Python does and JavaScript does not. Where you know more than the types say, plain JavaScript may do.';
