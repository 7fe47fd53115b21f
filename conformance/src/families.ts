import { auth } from './extensions/auth.ts';
import { cors } from './extensions/cors.ts';
import { csrf } from './extensions/csrf.ts';
import { login } from './extensions/login.ts';
import { sessions } from './extensions/sessions.ts';
import { replayMultipart } from './multipart.ts';
import { replayPatterns } from './patterns.ts';
import { type Replay, replayWith } from './replay.ts';
import { replaySSEFrames } from './sseFrames.ts';

import { replayJinja } from './templates/jinja.ts';
import { replayUTemplate } from './templates/utemplate.ts';

/**
 * How each family is replayed. A package that comes brings `extensions/NAME.ts` with what its vectors build, and
 * takes its `undefined` from here: `cors: replayWith(cors)`.
 */
export const families: Readonly<Record<string, Replay | undefined>> = {
  routing: replayWith(),
  query_and_cookies: replayWith(),
  bodies: replayWith(),
  responses: replayWith(),
  hooks_and_errors: replayWith(),
  patterns: replayPatterns,
  cors: replayWith(cors),
  sessions: replayWith(sessions),
  auth: replayWith(auth),
  login: replayWith(sessions, login),
  csrf: replayWith(cors, csrf),
  multipart: replayMultipart,
  sse_frames: replaySSEFrames,
  utemplate: replayUTemplate,
  jinja: replayJinja,
};
