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
])('%s', (before, after) => {
  expect(manifest(before)).toMatchObject({ code: after, notes: [] });
  expect(manifest(after).code).toBe(after);
});

it('notes a pattern for several packages', () => {
  const { code, notes } = manifest('{ "jest": { "moduleNameMapper": { "^microdot_(.*)$": "a" } } }');
  expect(code).toContain('^microdot_(.*)$');
  expect(notes).toMatchObject([{ column: 35, rule: 'package-json', suggestion: '^@microdot/(.*)$' }]);
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

it('says where JSON is broken', () => {
  expect(() => manifest('{\n  "a": }')).toThrow(MigrateError);
  expect(() => manifest('{\n  "a": }')).toThrow(
    expect.objectContaining({ code: 'SYNTAX', line: 2, column: 8 }),
  );
});
