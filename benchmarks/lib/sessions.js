import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { COOKIE, SECRET, SESSION } from '../servers/session/common.js';
import { ask, differenceOf } from './ask.js';
import { WORKLOADS } from './workloads.js';

/**
 * What a server makes of a session: the value of its cookie. Written here once more, so that no server is its own judge.
 *
 * @type {Record<string, (session: object, secret: string) => string>}
 */
const cookies = {
  /** A JWT with HS256 (RFC 7515 3). */
  microdot(session, secret) {
    const parts = [{ alg: 'HS256', typ: 'JWT' }, session];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${signed}.${hmac(signed, secret).toString('base64url')}`;
  },
  hono(session, secret) {
    const text = JSON.stringify(session);
    return encodeURIComponent(`${text}.${hmac(text, secret).toString('base64')}`);
  },
  'node-http': (session, secret) => cookieOf('microdot', session, secret),
};

/** The servers in `servers/session/`. */
export const SESSION_SERVERS = Object.keys(cookies);

/**
 * The request that a server is loaded with: its own cookie, and the headers of the other workloads.
 *
 * @param {string} server
 * @returns {import('./workloads.js').Workload}
 */
export function sessionWorkload(server) {
  return workload(`${COOKIE.name}=${cookieOf(server, SESSION)}`, SESSION.count + 1);
}

/**
 * What is wrong with the sessions of a server; nothing where it counts on from what it is given, sends that back byte for byte,
 * and begins anew with a cookie that is not its own.
 *
 * @param {number} port
 * @param {string} server
 */
export async function sessionDifferenceOf(port, server) {
  const valid = sessionWorkload(server);
  const { count } = SESSION;
  const expected = `${COOKIE.name}=${cookieOf(server, { ...SESSION, count: count + 1 })}; Path=${COOKIE.path}; HttpOnly`;
  const [cookie] = (await ask(port, valid)).headers['set-cookie'] ?? [];
  if (cookie !== expected) return `the cookie is ${cookie}, not ${expected}`;
  const forged = `${COOKIE.name}=${cookieOf(server, { ...SESSION, user: 'eve@example.com' }, 'another secret')}`;
  return (await differenceOf(port, valid)) ?? (await differenceOf(port, workload(forged, 1)));
}

/**
 * @param {string} cookie
 * @param {number} count
 * @returns {import('./workloads.js').Workload}
 */
function workload(cookie, count) {
  const { a } = WORKLOADS;
  if (!a) throw new Error('There is no workload a.');
  const headers = { ...a.headers, Cookie: cookie };
  return { ...a, title: 'a session, read and saved', headers, answer: Buffer.from(String(count)) };
}

/**
 * @param {string} server
 * @param {object} session
 * @param {string} [secret]
 */
function cookieOf(server, session, secret = SECRET) {
  return cookies[server]?.(session, secret) ?? '';
}

/**
 * @param {string} text
 * @param {string} secret
 */
function hmac(text, secret) {
  return createHmac('sha256', secret).update(text).digest();
}
