import { expect, it } from '@jest/globals';
import { js, notes, source } from './migration.ts';

it('reads certificate and key, and gives them as tls', () => {
  const before = source`
    import { Microdot } from 'microdot';
    import { create_ssl_context } from 'microdot_ssl';
    const app = new Microdot();
    const ssl = create_ssl_context('cert.pem', 'key.pem');
    await app.run({ port: 443, ssl });
    await app.run({ ssl: create_ssl_context(cert, key) });
  `;
  expect(js(before)).toBe(source`
    import { Microdot } from '@microdot/core';
    import { readFileSync } from 'node:fs';
    const app = new Microdot();
    const ssl = { cert: readFileSync('cert.pem'), key: readFileSync('key.pem') };
    await app.run({ port: 443, tls: ssl });
    await app.run({ tls: { cert: readFileSync(cert), key: readFileSync(key) } });
  `);
});

it('uses readFileSync where it is there already', () => {
  const before = source`
    import { readFileSync } from 'fs';
    import { createSslContext } from 'microdot_ssl';
    app.run({ ssl: createSslContext('c', 'k') });
  `;
  expect(js(before)).toBe(source`
    import { readFileSync } from 'fs';
    app.run({ tls: { cert: readFileSync('c'), key: readFileSync('k') } });
  `);
});

it('notes other ways to make a context', () => {
  const text = "import { createSslContext } from 'microdot_ssl';\nconst make = createSslContext;\n";
  expect(notes(text)).toContainEqual({
    line: 2,
    column: 14,
    message: '2.x takes certificate and key themselves, not a context.',
    guide: 'tls',
  });
});

it('takes options that have a name, and certificates that were read already', () => {
  const before = source`
    const fs = require('fs');
    const { create_ssl_context } = require('microdot_ssl');
    const key = fs.readFileSync('key.pem');
    const options = { port: 443, ssl: create_ssl_context(fs.readFileSync('cert.pem'), key) };
    app.run(options);
  `;
  expect(js(before, { file: 'a.cjs' })).toBe(source`
    const fs = require('fs');
    const key = fs.readFileSync('key.pem');
    const options = { port: 443, tls: { cert: fs.readFileSync('cert.pem'), key: key } };
    app.run(options);
  `);
});

it('takes a module that has a name away with its last use, and begins no block with a brace', () => {
  const before = source`
    import { createSslContext } from 'microdot_ssl';
    import * as ssl from 'microdot_ssl';
    const make = () => createSslContext('c', 'k');
    const ctx = ssl.create_ssl_context('c', 'k');
    app.run({ ssl: ctx });
  `;
  expect(js(before)).toBe(source`
    import { readFileSync } from 'node:fs';
    const make = () => ({ cert: readFileSync('c'), key: readFileSync('k') });
    const ctx = { cert: readFileSync('c'), key: readFileSync('k') };
    app.run({ tls: ctx });
  `);
  expect(
    js("const ssl = require('microdot_ssl');\nconst x = [ssl.create_ssl_context(a, b), ssl];\n"),
  ).toContain('microdot_ssl');
  expect(js("import * as ssl from 'microdot_ssl';\nrun(ssl.createSslContext(a, b));\n")).toBe(
    "import { readFileSync } from 'node:fs';\nrun({ cert: readFileSync(a), key: readFileSync(b) });\n",
  );
});
