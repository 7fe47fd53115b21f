import { expect, it } from '@jest/globals';
import { js, notes, source } from './migration.ts';

it('follows the types that comments name for TypeScript', () => {
  const before = source`
    // @ts-check 😀
    /** @typedef {import('microdot').Request} Request */
    /**
     * @param {import("microdot-session").SessionDict<{ n: number }>} session
     * @param {{ send: typeof import('microdot').send_file }} tools
     * @returns {Promise<import('microdot_asgi').Response>} import('microdot')
     */
    export const f = (session, tools) => {};
  `;
  expect(js(before, { file: 'a.js' })).toBe(source`
    // @ts-check 😀
    /** @typedef {import('@microdot/core').Request} Request */
    /**
     * @param {import("@microdot/session").SessionDict<{ n: number }>} session
     * @param {{ send: typeof import('@microdot/core').sendFile }} tools
     * @returns {Promise<import('@microdot/core').Response>} import('microdot')
     */
    export const f = (session, tools) => {};
  `);
});

it.each([
  ["/** @import { Request, type Response as R } from 'microdot' */", "'@microdot/core'"],
  ["/**\n * @import {\n *   Request,\n * } from 'microdot'\n */", "'@microdot/core'"],
  ['/** @import * as cors from "microdot_cors" */', '"@microdot/cors"'],
  ['/// <reference types="microdot_cors" />', '"@microdot/cors"'],
  ['/// <reference types=\'microdot\' preserve="true" />', "'@microdot/core'"],
])('%s', (before, name) => {
  expect(js(before)).toBe(before.replace(/(['"])microdot\w*\1/, name));
});

it('keeps what a comment calls an imported name', () => {
  const before = "/** @import { send_file, urldecode_str as decode } from 'microdot' */\n";
  expect(js(before)).toBe(
    "/** @import { sendFile as send_file, urldecode as decode } from '@microdot/core' */\n",
  );
  expect(js("/** @import Cross from 'microdot_cors' */\n")).toBe(
    "/** @import { CORS as Cross } from '@microdot/cors' */\n",
  );
});

it.each([
  "/** See import('microdot'), or {@link import('microdot').Request}. */\n",
  "/* @type {import('microdot').Request} */\n",
  "// @type {import('microdot').Request}\n",
  '// <reference types="microdot" />\n',
  '/// <reference path="./microdot.d.ts" />\n',
  "/** @type {import('./microdot').Request} */\n",
  "/** @type {import('microdot_utils').Request} */\n",
  "/** @type {'microdot'} */\n",
])('leaves other comments: %s', (text) => {
  expect(js(text)).toBe(text);
  expect(notes(text)).toEqual([]);
});

it('notes what is gone', () => {
  const text = "/** @type {typeof import('microdot_session').getSession} */\n";
  expect(js(text)).toBe(text.replace('microdot_session', '@microdot/session'));
  expect(notes(text)).toEqual([
    { line: 1, column: 46, message: '2.x has no getSession.', guide: 'sessions' },
  ]);
});
