// hono has no sessions; with its signed cookie, this is what one writes.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { host, port } from '../common.js';
import { COOKIE, SECRET } from './common.js';

const { name, ...options } = COOKIE;
const app = new Hono();

app.get('/', async (c) => {
  const cookie = await getSignedCookie(c, SECRET, name);
  const session = cookie ? JSON.parse(cookie) : {};
  session.count = (session.count ?? 0) + 1;
  await setSignedCookie(c, name, JSON.stringify(session), SECRET, options);
  return c.text(String(session.count));
});

serve({ fetch: app.fetch, port, hostname: host });
