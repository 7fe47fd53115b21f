import { expect, it } from '@jest/globals';
import * as core from '@microdot/core';
import * as cors from '@microdot/cors';
import * as jinja from '@microdot/jinja';
import * as session from '@microdot/session';
import * as testClient from '@microdot/test-client';
import * as utemplate from '@microdot/utemplate';
import * as webSocket from '@microdot/websocket';
import { oldModules } from '../../src/js/names.ts';
import { newExports } from '../../src/js/newExports.ts';

const packages: Record<string, object> = {
  '@microdot/core': core,
  '@microdot/cors': cors,
  '@microdot/jinja': jinja,
  '@microdot/session': session,
  '@microdot/test-client': testClient,
  '@microdot/utemplate': utemplate,
  '@microdot/websocket': webSocket,
};

/** Names that a use of 1.x is given although the package has none of that name: their import is noted. */
const MISSING = ['urldecode'];

it.each(Object.keys(newExports))('knows what %s exports', (name) => {
  const missing = Object.keys(packages[name] ?? {}).filter((each) => !newExports[name]?.has(each));
  expect(missing).toEqual([]);
});

it.each(Object.entries(oldModules))('leads from %s to names that there are', (_, module) => {
  for (const { name, package: home = module.package } of Object.values(module.names)) {
    const exports = packages[home ?? ''];
    if (name === undefined || !exports || MISSING.includes(name)) continue;
    // SessionDict is a type.
    expect(Object.hasOwn(exports, name) || newExports[home ?? '']?.has(name)).toBe(true);
  }
});

it('has the classes that rules write', () => {
  expect(jinja.Template).toBeInstanceOf(Function);
  expect(utemplate.Template).toBeInstanceOf(Function);
  expect(session.Session).toBeInstanceOf(Function);
});
