import { expect, it } from '@jest/globals';
import { js, notes, source } from './migration.ts';

it('makes the Session where the key was set, after the application', () => {
  const before = source`
    import { Microdot } from 'microdot';
    import { setSessionSecretKey } from 'microdot_session';
    const app = new Microdot();
    setSessionSecretKey('secret'); // for now
  `;
  expect(js(before)).toBe(source`
    import { Microdot } from '@microdot/core';
    import { Session } from '@microdot/session';
    const app = new Microdot();
    new Session(app, { secretKey: 'secret' }); // for now
  `);
});

it('makes it behind an application that is made later, in the same function too', () => {
  const before = source`
    const { Microdot } = require('microdot')
    const { set_session_secret_key } = require('microdot_session')
    function create() {
      set_session_secret_key('secret')
      const app = new Microdot()
      return app
    }
  `;
  expect(js(before, { file: 'a.cjs' })).toBe(source`
    const { Microdot } = require('@microdot/core')
    const { Session } = require('@microdot/session')
    function create() {
      const app = new Microdot()
      new Session(app, { secretKey: 'secret' })
      return app
    }
  `);
});

it('takes the application that the others are mounted on', () => {
  const before = source`
    import { Microdot } from 'microdot';
    import { setSessionSecretKey } from 'microdot_session';
    const sub = new Microdot();
    export const app = new Microdot();
    app.mount(sub);
    setSessionSecretKey('secret');
  `;
  expect(js(before)).toContain("new Session(app, { secretKey: 'secret' });");
});

it('saves and deletes through the session that the handler has', () => {
  const before = source`
    import { Microdot } from 'microdot';
    import { setSessionSecretKey, updateSession, deleteSession, withSession } from 'microdot_session';
    const app = new Microdot();
    setSessionSecretKey('secret');
    app.get('/', withSession((request, session) => {
      updateSession(request, session);
      return [1].map(() => deleteSession(request));
    }));
    app.get('/named', withSession(named));
    function named(req, mine) {
      updateSession(req, mine);
      return (mine) => deleteSession(req);
    }
  `;
  expect(js(before)).toBe(source`
    import { Microdot } from '@microdot/core';
    import { Session, withSession } from '@microdot/session';
    const app = new Microdot();
    const sessions = new Session(app, { secretKey: 'secret' });
    app.get('/', withSession((request, session) => {
      session.save();
      return [1].map(() => session.delete());
    }));
    app.get('/named', withSession(named));
    function named(req, mine) {
      mine.save();
      return (mine) => sessions.delete(req);
    }
  `);
});

it('asks the Session of the application for the rest, and waits for what it gives', () => {
  const before = source`
    import { Microdot } from 'microdot';
    import { getSession, updateSession, setSessionSecretKey } from 'microdot_session';
    const app = new Microdot();
    setSessionSecretKey('secret');
    app.get('/', (request) => {
      const session = getSession(request);
      session.n = 1;
      updateSession(request, session);
      return getSession(request).n;
    });
    app.beforeRequest(async (request) => {
      updateSession(request, { ...(await getSession(request)), a: 1 });
    });
    function helper(request) {
      return getSession(request);
    }
  `;
  expect(js(before)).toBe(source`
    import { Microdot } from '@microdot/core';
    import { Session } from '@microdot/session';
    const app = new Microdot();
    const sessions = new Session(app, { secretKey: 'secret' });
    app.get('/', async (request) => {
      const session = await sessions.get(request);
      session.n = 1;
      session.save();
      return (await sessions.get(request)).n;
    });
    app.beforeRequest(async (request) => {
      sessions.update(request, { ...(await sessions.get(request)), a: 1 });
    });
    function helper(request) {
      return sessions.get(request);
    }
  `);
  expect(notes(before)).toEqual([
    {
      line: 15,
      column: 10,
      message:
        'This gives a promise now. Make the function around it asynchronous, and await it where it is called.',
      guide: 'sessions',
    },
  ]);
});

it('makes the object first where the key is set in a function', () => {
  const before = source`
    import { Microdot } from 'microdot';
    import * as session from 'microdot_session';
    export const app = new Microdot();
    app.get('/', async (request) => session.getSession(request));
    export function main() {
      session.setSessionSecretKey(process.env.KEY);
    }
  `;
  expect(js(before)).toBe(source`
    import { Microdot } from '@microdot/core';
    import * as session from '@microdot/session';
    export const app = new Microdot();
    const sessions = new session.Session();
    app.get('/', async (request) => await sessions.get(request));
    export function main() {
      sessions.initialize(app, { secretKey: process.env.KEY });
    }
  `);
});

it('takes an application that is imported', () => {
  const before = source`
    import { setSessionSecretKey } from 'microdot_session';
    import { app } from './app.js';
    setSessionSecretKey('test');
    await app.run();
  `;
  expect(js(before)).toContain("new Session(app, { secretKey: 'test' });");
});

it('notes what another module has to do', () => {
  const text = source`
    import { getSession, withSession, setSessionSecretKey } from 'microdot_session';
    export const who = async (request) => getSession(request);
    setSessionSecretKey('x');
  `;
  expect(js(text)).toBe(text.replace('microdot_session', '@microdot/session'));
  expect(notes(text).map(({ line, message }) => [line, message])).toEqual([
    [2, 'The Session of the application is made in another module.'],
    [3, 'A Session needs the application, and which one cannot be told from this file.'],
  ]);
});

it('makes it where the application is assigned, as tests do', () => {
  const before = source`
    import { Microdot } from 'microdot';
    import { setSessionSecretKey, getSession } from 'microdot_session';
    let app;
    beforeEach(() => {
      setSessionSecretKey('secret');
      app = new Microdot();
      app.get('/', (request) => getSession(request));
    });
  `;
  expect(js(before)).toBe(source`
    import { Microdot } from '@microdot/core';
    import { Session } from '@microdot/session';
    let app;
    beforeEach(() => {
      app = new Microdot();
      const sessions = new Session(app, { secretKey: 'secret' });
      app.get('/', async (request) => await sessions.get(request));
    });
  `);
  const elsewhere = source`
    import { Microdot } from 'microdot';
    import { setSessionSecretKey, getSession } from 'microdot_session';
    let app;
    beforeEach(() => {
      app = new Microdot();
      setSessionSecretKey('secret');
    });
    const read = async (request) => getSession(request);
  `;
  expect(notes(elsewhere).map(({ line, message }) => [line, message])).toEqual([
    [8, 'The Session of the application is made in another function.'],
  ]);
});
