import { expect, it } from '@jest/globals';
import { MigrateError, migrate } from '@microdot/migrate';
import { source } from './migration.ts';

const manifest = (text: string): ReturnType<typeof migrate> =>
  migrate(text, { target: 'js', file: 'web/package.json' });

it('renames packages wherever package.json names them', () => {
  const before = source`
    {
      "name": "microdot-shop",
      "imports": { "#web": { "node": "microdot" } },
      "dependencies": {
        "microdot": "^1.3.4",
        "microdot-asyncio": "1.0.0",
        "zod": "1",
        "microdot_ssl": "1"
      },
      "devDependencies": { "microdot-test-client": "1" },
      "peerDependenciesMeta": { "microdot": { "optional": true } },
      "bundleDependencies": ["microdot-cors"],
      "jest": { "moduleNameMapper": { "^microdot_cors$": "<rootDir>/cors.js" } }
    }
  `;
  expect(manifest(before).code).toBe(source`
    {
      "name": "microdot-shop",
      "imports": { "#web": { "node": "@microdot/core" } },
      "dependencies": {
        "@microdot/core": "^2.0.0",
        "zod": "1"
      },
      "devDependencies": { "@microdot/test-client": "^2.0.0" },
      "peerDependenciesMeta": { "@microdot/core": { "optional": true } },
      "bundleDependencies": ["@microdot/cors"],
      "jest": { "moduleNameMapper": { "^@microdot/cors$": "<rootDir>/cors.js" } }
    }
  `);
});

it('a gateway brought the application along, which has a package of its own now', () => {
  expect(
    manifest(source`
      {
        "dependencies": {
          "microdot-asgi": "^1.3.0",
          "zod": "1"
        }
      }
    `).code,
  ).toBe(source`
      {
        "dependencies": {
          "@microdot/core": "^2.0.0",
          "@microdot/asgi": "^2.0.0",
          "zod": "1"
        }
      }
    `);
  expect(
    manifest('{"dependencies":{"microdot_wsgi":"1"},"devDependencies":{"microdot-asgi":"1"}}').code,
  ).toBe(
    '{"dependencies":{"@microdot/core": "^2.0.0", "@microdot/wsgi":"^2.0.0"},"devDependencies":{"@microdot/asgi":"^2.0.0"}}',
  );
  expect(manifest('{"dependencies":{"microdot":"1"},"devDependencies":{"microdot-asgi":"1"}}').code).toBe(
    '{"dependencies":{"@microdot/core":"^2.0.0"},"devDependencies":{"@microdot/asgi":"^2.0.0"}}',
  );
});

it.each([
  ['{"overrides":{"a":{"microdot-cors":"1"}}}', '{"overrides":{"a":{"@microdot/cors":"^2.0.0"}}}'],
  ['{"overrides":{"microdot@1":"1.3"}}', '{"overrides":{"@microdot/core":"^2.0.0"}}'],
  ['{"overrides":{"microdot":"1","microdot@1":"1"}}', '{"overrides":{"@microdot/core":"^2.0.0"}}'],
  ['{"overrides":{"microdot":"$microdot"}}', '{"overrides":{"@microdot/core":"$@microdot/core"}}'],
  [
    '{"overrides":{"microdot":{".":"1","microdot_ssl":"1","a":"1"}}}',
    '{"overrides":{"@microdot/core":{".":"^2.0.0","a":"1"}}}',
  ],
  ['{"resolutions":{"**/microdot":"1"}}', '{"resolutions":{"**/@microdot/core":"^2.0.0"}}'],
  ['{"resolutions":{"@a/microdot":"1"}}', '{"resolutions":{"@a/microdot":"1"}}'],
  ['{"pnpm":{"overrides":{"a>microdot@<2":"1"}}}', '{"pnpm":{"overrides":{"a>@microdot/core":"^2.0.0"}}}'],
  [
    '{"bundledDependencies":["microdot","microdot-asyncio","microdot_ssl","a"]}',
    '{"bundledDependencies":["@microdot/core","a"]}',
  ],
  ['{"imports":{"#a":["microdot","./b.js"]}}', '{"imports":{"#a":["@microdot/core","./b.js"]}}'],
  [
    '{"jest":{"moduleNameMapper":{"^microdot-session/(.*)$":"a","b":"microdot_cors"}}}',
    '{"jest":{"moduleNameMapper":{"^@microdot/session/(.*)$":"a","b":"@microdot/cors"}}}',
  ],
  [
    '{"jest":{"projects":[{"setupFiles":["microdot"],"transformIgnorePatterns":["node_modules/(?!(microdot|microdot-cors)/)"]}]}}',
    '{"jest":{"projects":[{"setupFiles":["@microdot/core"],"transformIgnorePatterns":["node_modules/(?!(@microdot/core|@microdot/cors)/)"]}]}}',
  ],
  [
    '{"eslintConfig":{"rules":{"no-restricted-imports":["error","microdot",{"name":"microdot_cors","message":"microdot"}]}}}',
    '{"eslintConfig":{"rules":{"no-restricted-imports":["error","@microdot/core",{"name":"@microdot/cors","message":"microdot"}]}}}',
  ],
  [
    '{"pnpm":{"peerDependencyRules":{"ignoreMissing":["microdot"],"allowedVersions":{"a>microdot":"1"}}}}',
    '{"pnpm":{"peerDependencyRules":{"ignoreMissing":["@microdot/core"],"allowedVersions":{"a>@microdot/core":"^2.0.0"}}}}',
  ],
  [
    '{"pnpm":{"packageExtensions":{"a":{"peerDependencies":{"microdot":"*"}}}},"trustedDependencies":["microdot"]}',
    '{"pnpm":{"packageExtensions":{"a":{"peerDependencies":{"@microdot/core":"^2.0.0"}}}},"trustedDependencies":["@microdot/core"]}',
  ],
  [
    '{"browser":{"microdot":false,"microdot_session":"./stub.js"}}',
    '{"browser":{"@microdot/core":false,"@microdot/session":"./stub.js"}}',
  ],
  [
    '{"dependenciesMeta":{"microdot":{"injected":true}}}',
    '{"dependenciesMeta":{"@microdot/core":{"injected":true}}}',
  ],
  ['{"dependencies":{"dot":"npm:microdot@1"}}', '{"dependencies":{"dot":"npm:@microdot/core@^2.0.0"}}'],
  [
    '{"jest":{"unmockedModulePathPatterns":["microdot"]}}',
    '{"jest":{"unmockedModulePathPatterns":["microdot"]}}',
  ],
  [
    '{"alias":{"microdot":"a"},"scripts":{"a":"microdot"},"exports":{"./microdot":"./microdot.js"}}',
    '{"alias":{"microdot":"a"},"scripts":{"a":"microdot"},"exports":{"./microdot":"./microdot.js"}}',
  ],
])('%s', (before, after) => {
  expect(manifest(before)).toMatchObject({ code: after, notes: [] });
  expect(manifest(after).code).toBe(after);
});

it('notes a pattern for several packages', () => {
  const { code, notes } = manifest('{ "jest": { "moduleNameMapper": { "^microdot_(.*)$": "a" } } }');
  expect(code).toContain('^microdot_(.*)$');
  expect(notes).toMatchObject([{ column: 35, rule: 'package-json', suggestion: '^@microdot/(.*)$' }]);
});

it('notes a patch, which is for a version of 1.x', () => {
  const { notes } = manifest('{ "pnpm": { "patchedDependencies": { "microdot@1.3.4": "a.patch" } } }');
  expect(notes).toMatchObject([{ message: 'microdot@1.3.4 is patched, and 2.x is another package.' }]);
});

it.each([
  [
    'jest.config.js',
    "export default { setupFiles: ['microdot'] };",
    "export default { setupFiles: ['@microdot/core'] };",
  ],
  [
    'vite.config.ts',
    'export default { ssr: { external: ["microdot", /^microdot_cors$/] }, optimizeDeps: { include: [`a`, "microdot-jinja"] } };',
    'export default { ssr: { external: ["@microdot/core", /^@microdot\\/cors$/] }, optimizeDeps: { include: [`a`, "@microdot/jinja"] } };',
  ],
  [
    'vitest.config.mts',
    "export default { test: { alias: [{ find: 'microdot', replacement: './microdot' }], name: 'microdot' } };",
    "export default { test: { alias: [{ find: '@microdot/core', replacement: './microdot' }], name: 'microdot' } };",
  ],
  [
    'webpack.config.cjs',
    "module.exports = { externals: { microdot: 'commonjs microdot' }, resolve: { alias: { microdot$: 'a' } } };",
    "module.exports = { externals: { '@microdot/core': 'commonjs @microdot/core' }, resolve: { alias: { '@microdot/core$': 'a' } } };",
  ],
  [
    'rollup.config.js',
    "export default { external: ['microdot'], output: { globals: { microdot: 'microdot' }, name: 'microdot' } };",
    "export default { external: ['@microdot/core'], output: { globals: { '@microdot/core': 'microdot' }, name: 'microdot' } };",
  ],
  [
    'scripts/build.mjs',
    "import * as esbuild from 'esbuild';\nesbuild.build({ external: ['microdot'], alias: { microdot: 'a' }, banner: { js: 'microdot' } });",
    "import * as esbuild from 'esbuild';\nesbuild.build({ external: ['@microdot/core'], alias: { '@microdot/core': 'a' }, banner: { js: 'microdot' } });",
  ],
  [
    'eslint.config.js',
    "export default [{ rules: { 'no-restricted-imports': ['error', { paths: [{ name: 'microdot', importNames: ['microdot'] }] }] } }];",
    "export default [{ rules: { 'no-restricted-imports': ['error', { paths: [{ name: '@microdot/core', importNames: ['microdot'] }] }] } }];",
  ],
  [
    'src/app.js',
    "run({ external: ['microdot'], inline: 'microdot_cors' });",
    "run({ external: ['microdot'], inline: 'microdot_cors' });",
  ],
  [
    'vite.config.js',
    'export default { ssr: { noExternal: [/microdot/] } };',
    'export default { ssr: { noExternal: [/microdot/] } };',
  ],
])('what %s says of packages', (file, before, after) => {
  expect(migrate(before, { target: 'js', file }).code).toBe(after);
  expect(migrate(after, { target: 'js', file }).code).toBe(after);
});

it('renames packages that jest, Vite and webpack are configured for', () => {
  const before = source`
    export const jest = { moduleNameMapper: { '^microdot_cors$': 'a', "microdot-session": 'b', '^x$': 'c' } };
    export default { resolve: { alias: { 'microdot_cors': './a', other: 'b' } }, alias: { 'microdot': 'm' } };
  `;
  expect(migrate(before, { target: 'js', file: 'vite.config.js' }).code).toBe(source`
    export const jest = { moduleNameMapper: { '^@microdot/cors$': 'a', "@microdot/session": 'b', '^x$': 'c' } };
    export default { resolve: { alias: { '@microdot/cors': './a', other: 'b' } }, alias: { 'microdot': 'm' } };
  `);
});

it('notes a package that did not come from the registry', () => {
  const { notes } = manifest('{ "dependencies": { "microdot": "github:someone/microdot" } }');
  expect(notes).toMatchObject([{ line: 1, column: 33, rule: 'package-json', guide: 'requirements' }]);
});

it('renames paths and types of tsconfig.json, with its comments', () => {
  const before = source`
    {
      // what we import
      "compilerOptions": {
        "types": ["node", "microdot"],
        "paths": {
          "microdot": ["./node_modules/microdot/index.d.ts"],
          "microdot_cors/*": ["./types/cors/*"],
          "mine": ["./mine"],
        },
      },
    }
  `;
  const { code, notes } = migrate(before, { target: 'js', file: 'tsconfig.build.json' });
  expect(code).toBe(source`
    {
      // what we import
      "compilerOptions": {
        "types": ["node", "@microdot/core"],
        "paths": {
          "@microdot/core": ["./node_modules/@microdot/core/index.d.ts"],
          "@microdot/cors/*": ["./types/cors/*"],
          "mine": ["./mine"],
        },
      },
    }
  `);
  expect(notes).toMatchObject([{ line: 7, rule: 'tsconfig' }]);
});

it('follows paths into node_modules, whatever leads to them', () => {
  const { code, notes } = migrate(
    '{"compilerOptions":{"paths":{"#dot":["../node_modules/microdot_asyncio/index.d.ts"],"microdot_*":["./a"]}}}',
    { target: 'js', file: 'tsconfig.json' },
  );
  expect(code).toBe(
    '{"compilerOptions":{"paths":{"#dot":["../node_modules/@microdot/core/index.d.ts"],"microdot_*":["./a"]}}}',
  );
  expect(notes).toMatchObject([{ rule: 'tsconfig', suggestion: '@microdot/*' }]);
});

it('says where JSON is broken', () => {
  expect(() => manifest('{\n  "a": }')).toThrow(MigrateError);
  expect(() => manifest('{\n  "a": }')).toThrow(
    expect.objectContaining({ code: 'SYNTAX', line: 2, column: 8 }),
  );
});
