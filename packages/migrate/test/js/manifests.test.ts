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
