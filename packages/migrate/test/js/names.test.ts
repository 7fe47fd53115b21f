import { describe, expect, it } from '@jest/globals';
import { js, notes, source } from './migration.ts';

describe('names', () => {
  it('renames what is imported, and every use of it', () => {
    const before = source`
      import { send_file } from 'microdot';
      send_file('a');
      const files = { send_file, other: send_file };
      type F = typeof send_file;
      export { send_file };
    `;
    expect(js(before)).toBe(source`
      import { sendFile } from '@microdot/core';
      sendFile('a');
      const files = { send_file: sendFile, other: sendFile };
      type F = typeof sendFile;
      export { sendFile as send_file };
    `);
  });

  it('keeps an alias', () => {
    expect(js("import { send_file as file } from 'microdot';\nfile('a');\n")).toBe(
      "import { sendFile as file } from '@microdot/core';\nfile('a');\n",
    );
  });

  it('keeps the old name as an alias where the new one is taken', () => {
    const before = "import { send_file } from 'microdot';\nconst f = (sendFile) => send_file(sendFile);\n";
    expect(js(before)).toBe(
      "import { sendFile as send_file } from '@microdot/core';\nconst f = (sendFile) => send_file(sendFile);\n",
    );
  });

  it('imports once what had two names', () => {
    const before =
      "import { urldecode_str, urldecodeBytes } from 'microdot';\nurldecode_str(a) + urldecodeBytes(b);\n";
    expect(js(before)).toBe("import { urldecode } from '@microdot/core';\nurldecode(a) + urldecode(b);\n");
  });

  it('uses what is imported from 2.x already', () => {
    const before = source`
      import { sendFile } from '@microdot/core';
      import { send_file } from 'microdot';
      send_file('a');
    `;
    expect(js(before)).toBe(source`
      import { sendFile } from '@microdot/core';
      sendFile('a');
    `);
  });

  it('keeps the name that an export has for others', () => {
    expect(js("export { send_file, abort } from 'microdot'\n")).toBe(
      "export { sendFile as send_file, abort } from '@microdot/core'\n",
    );
  });

  it('follows a module under a name', () => {
    const before = source`
      import * as m from 'microdot';
      import * as ws from 'microdot_websocket';
      m.send_file('a');
      m['urldecode_str']('b');
      const { send_file, abort: stop } = m;
      ws.with_websocket(async (request: m.Request, socket: ws.WebSocket) => {});
      const m2 = { send_file: 1 };
      m2.send_file;
    `;
    expect(js(before)).toBe(source`
      import * as m from '@microdot/core';
      import * as ws from '@microdot/websocket';
      m.sendFile('a');
      m['urldecode']('b');
      const { sendFile, abort: stop } = m;
      ws.withWebSocket(async (request: m.Request, socket: ws.WebSocket) => {});
      const m2 = { send_file: 1 };
      m2.send_file;
    `);
  });

  it('follows modules that are loaded later', () => {
    const before = source`
      const m = await import('microdot');
      m.send_file('a');
      import('microdot').then((loaded) => loaded.send_file('b'));
      import('microdot').then(({ send_file: file }) => file('c'));
      (await import('microdot')).send_file('d');
      let later;
      beforeEach(async () => { later = await import('microdot'); });
      it('x', () => later.send_file('e'));
    `;
    expect(js(before)).toBe(source`
      const m = await import('@microdot/core');
      m.sendFile('a');
      import('@microdot/core').then((loaded) => loaded.sendFile('b'));
      import('@microdot/core').then(({ sendFile: file }) => file('c'));
      (await import('@microdot/core')).sendFile('d');
      let later;
      beforeEach(async () => { later = await import('@microdot/core'); });
      it('x', () => later.sendFile('e'));
    `);
  });

  it('follows CommonJS', () => {
    const before = source`
      const { send_file, Response: Res = null, ...rest } = require('microdot')
      const withWs = require('microdot-websocket').with_websocket
      const websocket_upgrade = require('microdot-websocket').websocket_upgrade
      module.exports = [send_file, Res, withWs, websocket_upgrade, require('microdot').urldecode_str]
    `;
    expect(js(before, { file: 'app.cjs' })).toBe(source`
      const { sendFile, Response: Res = null, ...rest } = require('@microdot/core')
      const withWs = require('@microdot/websocket').withWebSocket
      const upgradeWebSocket = require('@microdot/websocket').upgradeWebSocket
      module.exports = [sendFile, Res, withWs, upgradeWebSocket, require('@microdot/core').urldecode]
    `);
  });

  it('makes a namespace of a default import, or the class that it stands for', () => {
    const before = source`
      import microdot, { send_file } from 'microdot';
      import CORS from 'microdot_cors';
      import Client from 'microdot_test_client';
      new CORS(new microdot.Microdot());
      new Client(app);
      send_file('a');
    `;
    expect(js(before)).toBe(source`
      import * as microdot from '@microdot/core';
      import { sendFile } from '@microdot/core';
      import { CORS } from '@microdot/cors';
      import { TestClient as Client } from '@microdot/test-client';
      new CORS(new microdot.Microdot());
      new Client(app);
      sendFile('a');
    `);
  });

  it('says what those find who import from a file that exports all', () => {
    expect(notes("export * from 'microdot_websocket';\nexport * from 'microdot_cors';\n")).toEqual([
      {
        line: 1,
        column: 15,
        message:
          'Files that import from here find other names: with_websocket (withWebSocket now), websocket (withWebSocket now), websocket_upgrade (upgradeWebSocket now).',
        guide: 'modules-and-names',
      },
    ]);
  });

  it('says what 2.x has not', () => {
    expect(notes("import { urlencode, print_exception, Foo } from 'microdot';\n")).toEqual([
      {
        line: 1,
        column: 10,
        message: '2.x has no urlencode. Write new URLSearchParams(fields).toString().',
        guide: 'names-that-are-gone',
      },
      {
        line: 1,
        column: 21,
        message: '2.x has no print_exception. Give the error to app.logger.error, or to console.error.',
        guide: 'names-that-are-gone',
      },
      { line: 1, column: 38, message: '@microdot/core exports no Foo.', guide: 'names-that-are-gone' },
    ]);
  });
});

describe('members', () => {
  it("are renamed from Python's spelling where they are known to be Microdot's", () => {
    const before = source`
      import { Microdot, Request, Response } from 'microdot';
      import { CORS } from 'microdot_cors';
      Request.max_content_length = 1024;
      const app = new Microdot();
      new CORS(app, { allowed_origins: '*', mine: { allowed_origins: 1 } });
      app.before_request((request) => { request.g.text = request.query_string; });
      app.errorhandler(404, () => 'no');
      app.mount(sub, { url_prefix: '/sub' });
      app.get('/', index);
      function index(req) {
        const response = new Response(req.content_type);
        response.set_cookie('a', 'b', { max_age: 3 });
        return response;
      }
      const mine = { query_string: 1 };
      mine.query_string;
    `;
    expect(js(before)).toBe(source`
      import { Microdot, Request, Response } from '@microdot/core';
      import { CORS } from '@microdot/cors';
      Request.maxContentLength = 1024;
      const app = new Microdot();
      new CORS(app, { allowedOrigins: '*', mine: { allowed_origins: 1 } });
      app.beforeRequest((request) => { request.g.text = request.queryString; });
      app.errorHandler(404, () => 'no');
      app.mount(sub, { urlPrefix: '/sub' });
      app.get('/', index);
      function index(req) {
        const response = new Response(req.contentType);
        response.setCookie('a', 'b', { maxAge: 3 });
        return response;
      }
      const mine = { query_string: 1 };
      mine.query_string;
    `);
  });

  it('are found by types, in classes, and where something is assigned or taken apart', () => {
    const before = source`
      import { Microdot, type Request, Response } from 'microdot';
      import * as dot from 'microdot_asyncio';
      import { TestClient } from 'microdot_test_client';
      class Server {
        readonly #app = new Microdot();
        constructor(private other: dot.Microdot, request?: Request | null) {
          this.#app.before_request(({ query_string, headers }) => query_string);
          this.other.mount(this.#app, { url_prefix: request.content_type });
        }
        check = (request: Request): Response => { request.client_addr; return new Response(''); };
      }
      let app: Microdot, client;
      app = new dot.Microdot();
      app.after_request((request, response: Response) => response.status_code);
      client = new TestClient(app);
      const { status_code } = await client.get('/');
      client.get('/').then((response) => response.status_code);
      (await client.post('/')).status_code;
      const other: Map<string, Request> = new Map(), mine = { status_code: 1 };
      other.content_type + mine.status_code;
    `;
    expect(js(before)).toBe(source`
      import { Microdot, type Request, Response } from '@microdot/core';
      import * as dot from '@microdot/core';
      import { TestClient } from '@microdot/test-client';
      class Server {
        readonly #app = new Microdot();
        constructor(private other: dot.Microdot, request?: Request | null) {
          this.#app.beforeRequest(({ queryString: query_string, headers }) => query_string);
          this.other.mount(this.#app, { urlPrefix: request.contentType });
        }
        check = (request: Request): Response => { request.clientAddr; return new Response(''); };
      }
      let app: Microdot, client;
      app = new dot.Microdot();
      app.afterRequest((request, response: Response) => response.statusCode);
      client = new TestClient(app);
      const { statusCode: status_code } = await client.get('/');
      client.get('/').then((response) => response.statusCode);
      (await client.post('/')).statusCode;
      const other: Map<string, Request> = new Map(), mine = { status_code: 1 };
      other.content_type + mine.status_code;
    `);
  });

  it('that are gone are noted', () => {
    const text = "import { Request } from 'microdot';\nRequest.socketReadTimeout = 5;\n";
    expect(notes(text)).toEqual([
      {
        line: 2,
        column: 9,
        message: 'Nothing reads Request.socketReadTimeout: requestTimeout is an option of app.run.',
        guide: 'names-that-are-gone',
      },
    ]);
  });
});

describe('mocks', () => {
  it('stand for modules with the names of 2.x', () => {
    const before = source`
      jest.mock('microdot', () => ({ send_file: jest.fn(), mine: 1 }));
      vi.mock(import('microdot'), async (original) => {
        return { ...(await original()), 'send_file': vi.fn() };
      });
      vi.mock('microdot_session', () => ({ with_session }));
    `;
    expect(js(before)).toBe(source`
      jest.mock('@microdot/core', () => ({ sendFile: jest.fn(), mine: 1 }));
      vi.mock(import('@microdot/core'), async (original) => {
        return { ...(await original()), 'sendFile': vi.fn() };
      });
      vi.mock('@microdot/session', () => ({ withSession: with_session }));
    `);
  });

  it.each([
    ["jest.mock('microdot', () => Object.assign({}, { send_file: 1 }))"],
    ["jest.mock('microdot', function () { const mock = { send_file() {} }; return mock; })"],
    ["const make = () => ({ send_file: 1 });\njest.mock('microdot', make)"],
    ["jest.setMock('microdot', { send_file: 1 })"],
    ["jest.resetModules().doMock('microdot', () => ({ send_file: 1 }))"],
    ["const td = require('testdouble');\ntd.replace('microdot', { send_file() {} })"],
    ["const mock = require('mock-require');\nmock('microdot', { send_file: 1 }); mock.stop('microdot')"],
    ["const mockery = require('mockery');\nmockery.registerMock('microdot', { send_file: 1 })"],
    ["const r = require('rewiremock/node');\nr('microdot').with({ send_file: 1 })"],
    ["const load = require('proxyquire').noCallThru();\nload('./app', { 'microdot': { send_file: 1 } })"],
    ["const load = require('proxyquire'), stubs = { 'microdot': { send_file: 1 } };\nload('./app', stubs)"],
    ["import esmock from 'esmock';\nawait esmock('./app.js', {}, { 'microdot': { send_file: 1 } })"],
  ])('in the ways of libraries: %s', (before) => {
    expect(js(`${before};\n`, { file: 'a.js' })).toBe(
      `${before.replaceAll("'microdot'", "'@microdot/core'").replace('send_file', 'sendFile')};\n`,
    );
  });

  it('have quotes around the new name of a module', () => {
    const before = "const load = require('proxyquire');\nload('./app', { microdot: {}, microdot_cors });\n";
    expect(js(before, { file: 'a.cjs' })).toBe(
      "const load = require('proxyquire');\nload('./app', { '@microdot/core': {}, '@microdot/cors': microdot_cors });\n",
    );
  });

  it('of a gateway go where its names are', () => {
    expect(js("jest.mock('microdot_asgi', () => ({ Microdot: 1, send_file: 1 }));\n")).toBe(
      "jest.mock('@microdot/core', () => ({ Microdot: 1, sendFile: 1 }));\n",
    );
  });

  it('are not what only looks like it', () => {
    const text = source`
      const td = require('testdouble'), mock = require('./mock');
      td.object({ microdot: 1 });
      mock('microdot', { send_file: 1 });
      load('./app', { microdot: 1 });
      require('nock')('microdot');
    `;
    expect(js(text, { file: 'a.cjs' })).toBe(text);
  });

  it('of functions that are gone are noted', () => {
    expect(notes("vi.mock('microdot_session', () => ({ getSession: vi.fn() }));\n")).toEqual([
      { line: 1, column: 38, message: 'The mock has getSession, which 2.x has not.', guide: 'sessions' },
    ]);
  });
});

it('notes a name of 2.x that its package does not export', () => {
  const text = "import { urldecode_str } from 'microdot';\n";
  expect(js(text)).toBe("import { urldecode } from '@microdot/core';\n");
  expect(notes(text)).toEqual([
    { line: 1, column: 10, message: '@microdot/core exports no urldecode.', guide: 'names-that-are-gone' },
  ]);
});
