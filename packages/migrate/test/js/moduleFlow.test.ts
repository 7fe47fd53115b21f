import { describe, expect, it } from '@jest/globals';
import { js, notes, source } from './migration.ts';

describe('a module', () => {
  it.each([
    ['const m = x ? require("microdot") : null; m.send_file()'],
    ['const m = require("microdot") || other; m.send_file()'],
    ['const other = vi.mocked(require("microdot")); other.send_file()'],
    ['const [a, m] = await Promise.all([import("./a.js"), import("microdot")]); m.send_file()'],
    ['Promise.all([import("microdot")]).then(([{ send_file }]) => send_file())'],
    ['const load = () => import("microdot"); (await load()).send_file()'],
    ['async function load() { return import("microdot") }\nload().then((m) => m.send_file())'],
    ['const later = import("microdot"); (await later).send_file()'],
    ['const tools = { m: require("microdot") }; tools.m.send_file()'],
    ['class A { #m = require("microdot"); f() { return this.#m.send_file() } }'],
    ['class A { async f() { this.m = await import("microdot"); this.m.send_file() } }'],
    ['function f({ m = require("microdot") }) { m.send_file() }'],
    ['jest.spyOn(require("microdot"), "send_file")'],
    ['import * as m from "microdot"; vi.spyOn(m, `send_file`); mock.method(m, "send_file")'],
    ['import * as m from "microdot"; const has = "send_file" in m'],
    ['vi.mock("microdot", async (original) => ({ f: (await original()).send_file }))'],
    ['vi.mock(import("microdot"), async (original) => { const m = await original(); return m.send_file })'],
    ['const send_file = 1, m = require("microdot"), mine = m.send_file'],
  ])('is followed: %s', (before) => {
    expect(js(`${before};\n`, { file: 'a.js' })).toBe(
      `${before.replace(/(["'])microdot\1/, '"@microdot/core"').replace(/(?<!const )send_file/g, 'sendFile')};\n`,
    );
  });

  it.each([
    ["type F = typeof import('microdot')['send_file']"],
    ["import * as m from 'microdot'; type F = (typeof m)['send_file']"],
    ["let m: typeof import('microdot'); m.send_file()"],
    ["let m: jest.Mocked<typeof import('microdot')>; m.send_file.mockReturnValue(1)"],
    ["const m = load() as typeof import('microdot'); m.send_file()"],
    ["const m = require('microdot') as typeof import('microdot'); m.send_file()"],
    ["vi.mock('microdot', async (original) => (await original<typeof import('microdot')>()).send_file)"],
  ])('is followed by its type: %s', (before) => {
    expect(js(`${before};\n`)).toBe(
      `${before.replaceAll("'microdot'", "'@microdot/core'").replaceAll('send_file', 'sendFile')};\n`,
    );
  });

  it('is not what only goes by', () => {
    const text = source`
      const m = require('microdot');
      const file = m && other;
      file.send_file();
      jest.spyOn(other, 'send_file');
      jest.spyOn(m, 'mine');
      class A { m = require('microdot'); }
      new A().m2.send_file();
    `;
    expect(js(text)).toBe(text.replaceAll("'microdot'", "'@microdot/core'"));
  });

  it('is not what is in its files', () => {
    const text = "import data from 'microdot/package.json' with { type: 'json' };\ndata.send_file;\n";
    expect(js(text)).toBe(text.replace('microdot/', '@microdot/core/'));
    expect(notes("const { version } = require('microdot/package.json');\n")).toEqual([]);
  });
});

describe('a default export', () => {
  it.each([
    ["import { default as Cross } from 'microdot_cors'", "import { CORS as Cross } from '@microdot/cors'"],
    ["export { default } from 'microdot_cors'", "export { CORS as default } from '@microdot/cors'"],
    [
      "import type D from 'microdot'; let d: D",
      "import type { Microdot as D } from '@microdot/core'; let d: D",
    ],
    [
      "const { default: CORS } = await import('microdot_cors')",
      "const { CORS } = await import('@microdot/cors')",
    ],
    [
      "const { default: m } = await import('microdot'); m.send_file()",
      "const m = await import('@microdot/core'); m.sendFile()",
    ],
    ["const C = (await import('microdot_cors')).default", "const C = (await import('@microdot/cors')).CORS"],
    [
      "import('microdot').then((m) => m.default.send_file())",
      "import('@microdot/core').then((m) => m.sendFile())",
    ],
    [
      "import('microdot').then((m) => new m['default']())",
      "import('@microdot/core').then((m) => new m['Microdot']())",
    ],
    ["import * as C from 'microdot_cors'; new C()", "import * as C from '@microdot/cors'; new C.CORS()"],
    [
      "import m from 'microdot'; m.send_file(new m())",
      "import * as m from '@microdot/core'; m.sendFile(new m.Microdot())",
    ],
  ])('%s', (before, after) => {
    expect(js(`${before};\n`)).toBe(`${after};\n`);
  });

  it.each([
    [
      "const CORS = require('microdot_cors'); new CORS(app)",
      "const { CORS } = require('@microdot/cors'); new CORS(app)",
    ],
    [
      "const App = require('microdot'); new App()",
      "const { Microdot: App } = require('@microdot/core'); new App()",
    ],
    [
      "const m = require('microdot'); m.send_file(new m())",
      "const m = require('@microdot/core'); m.sendFile(new m.Microdot())",
    ],
    ["new (require('microdot'))()", "new (require('@microdot/core').Microdot)()"],
    [
      "const App = require('microdot'); class Mine extends App {}",
      "const { Microdot: App } = require('@microdot/core'); class Mine extends App {}",
    ],
  ])('that CommonJS has: %s', (before, after) => {
    expect(js(`${before};\n`, { file: 'a.cjs' })).toBe(`${after};\n`);
  });

  it('is noted where nothing can take its place', () => {
    expect(notes("export { default } from 'microdot_session';\n")).toMatchObject([
      { message: '@microdot/session exports no default.' },
    ]);
  });
});

it('knows what other names and classes mean', () => {
  const before = source`
    var microdot = require('microdot'), sessions = require('microdot_session');
    var Microdot = microdot.Microdot;
    class App extends Microdot {}
    var app = new App();
    app.before_request(function (request) { request.query_string; });
    sessions.set_session_secret_key('key');
  `;
  expect(js(before, { file: 'a.cjs' })).toBe(source`
    var microdot = require('@microdot/core'), sessions = require('@microdot/session');
    var Microdot = microdot.Microdot;
    class App extends Microdot {}
    var app = new App();
    app.beforeRequest(function (request) { request.queryString; });
    new sessions.Session(app, { secretKey: 'key' });
  `);
});

describe('a gateway', () => {
  it('has its names in other packages, also where the module has a name', () => {
    const before = source`
      import * as asgi from 'microdot_asgi';
      const app = new asgi.Microdot();
      asgi.redirect('/');
      asgi.with_websocket(() => {});
    `;
    expect(js(before)).toBe(source`
      import * as asgi from '@microdot/core';
      import { withWebSocket } from '@microdot/websocket';
      const app = new asgi.Microdot();
      asgi.redirect('/');
      withWebSocket(() => {});
    `);
    expect(js("type App = import('microdot_asgi').Microdot;\n")).toBe(
      "type App = import('@microdot/core').Microdot;\n",
    );
    expect(js("new (require('microdot_wsgi').Microdot)();\n")).toBe(
      "new (require('@microdot/core').Microdot)();\n",
    );
  });

  it('adds a require behind the directives of a script', () => {
    const before = source`
      'use strict'
      const asgi = require('microdot_asgi')
      const { Microdot, redirect, WebSocket } = asgi
    `;
    expect(js(before, { file: 'a.cjs' })).toBe(source`
      'use strict'
      const { WebSocket } = require('@microdot/websocket')
      const asgi = require('@microdot/core')
      const { Microdot, redirect } = asgi
    `);
  });
});
