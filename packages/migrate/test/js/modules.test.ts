import { describe, expect, it } from '@jest/globals';
import { js, notes, source } from './migration.ts';

describe('modules', () => {
  it.each([
    ['microdot', '@microdot/core'],
    ['microdot_asyncio', '@microdot/core'],
    ['microdot-asyncio', '@microdot/core'],
    ['microdot_cors', '@microdot/cors'],
    ['microdot-session', '@microdot/session'],
    ['microdot_websocket', '@microdot/websocket'],
    ['microdot-websocket-alt', '@microdot/websocket'],
    ['microdot_asyncio_websocket', '@microdot/websocket'],
    ['microdot_asgi_websocket', '@microdot/websocket'],
    ['microdot_jinja', '@microdot/jinja'],
    ['microdot-utemplate', '@microdot/utemplate'],
    ['microdot_asgi', '@microdot/asgi'],
    ['microdot_wsgi', '@microdot/wsgi'],
    ['microdot_test_client', '@microdot/test-client'],
    ['microdot-asyncio-test-client', '@microdot/test-client'],
  ])('%s is %s', (old, name) => {
    expect(js(`import * as m from '${old}';\n`)).toBe(`import * as m from '${name}';\n`);
  });

  it.each([
    ['import "microdot";', 'import "@microdot/core";'],
    ["import type { Request } from 'microdot'", "import type { Request } from '@microdot/core'"],
    ["import { type Request } from 'microdot'", "import { type Request } from '@microdot/core'"],
    ["import m = require('microdot')", "import m = require('@microdot/core')"],
    ["export * from 'microdot_cors'", "export * from '@microdot/cors'"],
    ["export * as cors from 'microdot_cors'", "export * as cors from '@microdot/cors'"],
    ["export { CORS } from 'microdot_cors'", "export { CORS } from '@microdot/cors'"],
    ["const m = await import('microdot')", "const m = await import('@microdot/core')"],
    ['const m = await import(`microdot`)', 'const m = await import(`@microdot/core`)'],
    ["type R = import('microdot').Request", "type R = import('@microdot/core').Request"],
    ["type M = typeof import('microdot')", "type M = typeof import('@microdot/core')"],
    [
      "declare module 'microdot' { interface SegmentTypes {} }",
      "declare module '@microdot/core' { interface SegmentTypes {} }",
    ],
    ["import.meta.resolve('microdot')", "import.meta.resolve('@microdot/core')"],
    ["import('microdot/package.json')", "import('@microdot/core/package.json')"],
  ])('%s', (before, after) => {
    expect(js(`${before}\n`)).toBe(`${after}\n`);
  });

  it.each([
    ["require('microdot')", "require('@microdot/core')"],
    ["module.require('microdot')", "module.require('@microdot/core')"],
    ["require.resolve('microdot', { paths: [] })", "require.resolve('@microdot/core', { paths: [] })"],
    ["globalThis.require('microdot')", "globalThis.require('@microdot/core')"],
    ["process.mainModule.require('microdot')", "process.mainModule.require('@microdot/core')"],
    [
      "require('module').createRequire(__filename)('microdot')",
      "require('module').createRequire(__filename)('@microdot/core')",
    ],
    [
      "const { createRequire } = require('node:module'); createRequire(a)('microdot')",
      "const { createRequire } = require('node:module'); createRequire(a)('@microdot/core')",
    ],
    ["jest.mock('a').mock('microdot_cors')", "jest.mock('a').mock('@microdot/cors')"],
    ["jest.mock('microdot_cors')", "jest.mock('@microdot/cors')"],
    ["vi.doUnmock('microdot_cors')", "vi.doUnmock('@microdot/cors')"],
    ["jest.requireActual('microdot').redirect", "jest.requireActual('@microdot/core').redirect"],
    ["proxyquire('./app', { 'microdot_cors': {} })", "proxyquire('./app', { '@microdot/cors': {} })"],
  ])('%s', (before, after) => {
    expect(js(`${before}\n`, { file: 'app.cjs' })).toBe(`${after}\n`);
  });

  it('follows createRequire', () => {
    const before = source`
      import { createRequire } from 'node:module';
      const load = createRequire(import.meta.url);
      const { send_file } = load('microdot');
      send_file('x');
    `;
    expect(js(before)).toBe(source`
      import { createRequire } from 'node:module';
      const load = createRequire(import.meta.url);
      const { sendFile } = load('@microdot/core');
      sendFile('x');
    `);
  });

  it('follows mock.module of node:test', () => {
    const before =
      "import { mock } from 'node:test';\nmock.module('microdot', { namedExports: { send_file() {} } });\n";
    expect(js(before)).toBe(
      "import { mock } from 'node:test';\nmock.module('@microdot/core', { namedExports: { sendFile() {} } });\n",
    );
  });

  it.each([
    "import { check } from './microdot_session.js'\n",
    "import { check } from '../lib/microdot.js'\n",
    "import { chunk } from 'microdot_utils'\n",
    "import { BasicAuth } from 'microdot_auth'\n",
    "const name = 'microdot_cors'\n",
    'function f(require) { return require("microdot") }\n',
    'const jest = { mock(name) {} }\njest.mock("microdot")\n',
    "import { jest } from './stubs.js'\njest.mock('microdot')\n",
    "import { mock } from './stubs.js'\nmock('microdot')\nmock.module('microdot', { send_file() {} })\n",
    "import { createRequire } from './loader.js'\nconst load = createRequire('a')\nload('microdot')\n",
    "// import 'microdot'\n",
    'const text = `import "microdot"`\n',
    "app.get('/', () => ({ microdot_cors: 'microdot' }))\n",
    "import { Microdot } from '@microdot/core'\n",
  ])('leaves what is no module of 1.x: %s', (text) => {
    expect(js(text)).toBe(text);
    expect(notes(text)).toEqual([]);
  });

  it('keeps line ends, quotes, comments and a byte order mark', () => {
    const before = '\uFEFF/* a */ import { Microdot } from "microdot" // b\r\n\tnew Microdot()';
    expect(js(before)).toBe(
      '\uFEFF/* a */ import { Microdot } from "@microdot/core" // b\r\n\tnew Microdot()',
    );
  });

  it('says that packages have no files to import', () => {
    expect(notes("import x from 'microdot/lib/x.js'\n")).toContainEqual({
      line: 1,
      column: 15,
      message: "Packages of 2.x have no files to import: 'microdot/lib/x.js'.",
      guide: 'modules-and-names',
    });
  });
});

it('keeps a statement whole whose module has no counterpart', () => {
  const text = "export { create_ssl_context } from 'microdot_ssl';\n";
  expect(js(text)).toBe(text);
  expect(notes(text)).toMatchObject([{ guide: 'tls' }, { guide: 'tls' }]);
});

describe('gateways', () => {
  it('take the application from core, and say what the server is given', () => {
    const before =
      "import { Microdot, with_websocket } from 'microdot_asgi';\nexport const app = new Microdot();\n";
    expect(js(before)).toBe(source`
      import { Microdot } from '@microdot/core';
      import { withWebSocket } from '@microdot/websocket';
      export const app = new Microdot();
    `);
    expect(notes(before)).toEqual([
      {
        line: 1,
        column: 10,
        message: 'What the ASGI server is given is asgi(app), with asgi from @microdot/asgi.',
        guide: 'gateways',
      },
    ]);
  });
});
