import type { Project } from '../project.ts';

/** The `package.json` of the project: what it needs, and how it is built and started. */
export function packageJson(packages: ReadonlySet<string>, entry: string, project: Project): string {
  const dependencies = Object.fromEntries([...packages].sort().map((name) => [name, '^2.0.0']));
  const manifest = {
    name: nameOf(project, entry),
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: { build: 'tsc', start: `node dist/${entry}.js` },
    dependencies,
    devDependencies: { '@types/node': '^20.19.0', typescript: '~6.0.3' },
    engines: { node: '>=20.19' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function nameOf(project: Project, entry: string): string {
  for (const [path, text] of project.files) {
    const name = path.endsWith('pyproject.toml') ? /^name *= *["']([\w.-]+)["']/m.exec(text)?.[1] : undefined;
    if (name) return name.toLowerCase();
  }
  const plain = entry
    .replace(/^.*\//, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'app' : plain;
}

export function tsconfig(): string {
  const config = {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023'],
      module: 'nodenext',
      types: ['node'],
      rootDir: 'src',
      outDir: 'dist',
      strict: true,
      skipLibCheck: true,
    },
    include: ['src'],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
