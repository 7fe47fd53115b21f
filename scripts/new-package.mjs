// Starts a package or an example with the few files that one has:
//   pnpm new sse "Server-sent events for Microdot"
//   pnpm new --example uploads
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './lib/prepare.mjs';
import { root, say } from './lib/run.mjs';

const [first = '', second = ''] = process.argv.slice(2);
const isExample = first === '--example';
const name = isExample ? second : first;
if (!/^[a-z][a-z0-9-]*$/.test(name)) {
  console.error('usage: pnpm new NAME "DESCRIPTION", or pnpm new --example NAME');
  process.exit(2);
}

const folder = join(root, isExample ? 'examples' : 'packages', name);
if (existsSync(folder)) {
  console.error(`${folder} is there already.`);
  process.exit(2);
}

const files = isExample ? exampleFiles(name) : packageFiles(name, second);
for (const [path, text] of Object.entries(files)) {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}
say(`wrote ${Object.keys(files).join(', ')} in ${folder}`);
await prepare();

/**
 * @param {string} name
 * @param {string} description
 */
function packageFiles(name, description) {
  const manifest = {
    name: `@microdot/${name}`,
    version: '2.0.0',
    description,
    keywords: ['microdot', name],
    license: 'MIT',
    author: 'the @microdot authors',
    type: 'module',
    sideEffects: false,
    exports: {
      '.': {
        '@microdot/source': './src/index.ts',
        types: './dist/index.d.ts',
        default: './dist/index.js',
      },
      './package.json': './package.json',
    },
    files: ['dist', 'src', 'CHANGELOG.md'],
    scripts: {
      build: 'node ../../scripts/clean.mjs dist && tsc -p tsconfig.build.json',
      test: 'node ../../scripts/test-package.mjs',
      'check:pkg': 'publint --strict . && attw --pack . --profile esm-only',
    },
    // Core is the application's: two copies of it in one process serve nobody.
    peerDependencies: { '@microdot/core': 'workspace:^' },
    devDependencies: { '@microdot/core': 'workspace:^', '@microdot/test-client': 'workspace:^' },
    engines: { node: '>=20.19' },
    publishConfig: { access: 'public' },
  };
  return {
    'package.json': json(manifest),
    'tsconfig.build.json': json({ extends: '../../tsconfig.build.json' }),
    'CHANGELOG.md': `# @microdot/${name}\n\n## 2.0.0\n\nThe first release.\n`,
    'README.md': `# @microdot/${name}\n\n${description}\n\n## Install\n\n\`\`\`sh\nnpm install @microdot/core @microdot/${name}\n\`\`\`\n\n## Example\n\n## API\n\n## Limits\n`,
    'src/index.ts': 'export {};\n',
    'test/index.test.ts': `import { expect, it } from '@jest/globals';
import * as entry from '@microdot/${name}';

it('exports what it says', () => {
  expect(Object.keys(entry)).toEqual([]);
});
`,
  };
}

/** @param {string} name */
function exampleFiles(name) {
  const manifest = {
    name,
    private: true,
    type: 'module',
    scripts: {
      build: 'node ../../scripts/clean.mjs dist && tsc -p tsconfig.build.json',
      start: 'node dist/app.js',
      test: 'node ../../scripts/test-package.mjs',
    },
    dependencies: { '@microdot/core': 'workspace:^' },
    devDependencies: { '@microdot/test-client': 'workspace:^' },
  };
  return {
    'package.json': json(manifest),
    'tsconfig.build.json': json({ extends: '../../tsconfig.app.json' }),
    'src/app.ts': `import { Microdot } from '@microdot/core';

export const app = new Microdot();

app.get('/', () => 'Hello, World!');

// Only when Node was started with this file, and not in the tests.
if (process.argv[1] === import.meta.filename) {
  await app.run({ port: Number(process.env.PORT ?? 5000), debug: true });
}
`,
    'test/app.test.ts': `import { expect, it } from '@jest/globals';
import { TestClient } from '@microdot/test-client';
import { app } from '../src/app.ts';

it('answers', async () => {
  const response = await new TestClient(app).get('/');
  expect(response.text).toBe('Hello, World!');
});
`,
  };
}

/** @param {object} value */
function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
