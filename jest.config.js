import { fileURLToPath } from 'node:url';
import { createDefaultEsmPreset } from 'ts-jest';

// One configuration for every package: `scripts/test-package.mjs` runs it with the package as `rootDir`.
// MICRODOT_TARGET=dist runs the same tests on what is published instead of on the sources; what is not exported, and a test
// imports as `../src/x.ts`, stays a source.
const onDist = process.env.MICRODOT_TARGET === 'dist';
const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** @type {import('jest').Config} */
export default {
  ...createDefaultEsmPreset({
    // Only strips the types: `pnpm typecheck` is what checks them, tests included.
    diagnostics: false,
    tsconfig: {
      target: 'es2023',
      module: 'esnext',
      moduleResolution: 'bundler',
      isolatedModules: true,
      verbatimModuleSyntax: true,
      esModuleInterop: true,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: false,
      noEmit: false,
      inlineSourceMap: true,
    },
  }),
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Under turbo two packages' tests share two CPUs, and some make keys or start browsers.
  testTimeout: 20_000,
  testEnvironment: here('./scripts/jest/environment.mjs'),
  testEnvironmentOptions: {
    customExportConditions: onDist ? ['node'] : ['@microdot/source', 'node'],
  },
  reporters: ['default', here('./scripts/jest/reporter.mjs')],
  // Under turbo other packages' tests run beside these.
  maxWorkers: process.env.TURBO_HASH ? '50%' : '100%',
  coverageProvider: 'v8',
  coveragePathIgnorePatterns: ['/node_modules/', '/test/'],
};
