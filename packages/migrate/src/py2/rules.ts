import type { Rule } from './context.ts';
import { asynchronous } from './rules/asynchronous.ts';
import { changedApi } from './rules/changedApi.ts';
import { environment } from './rules/environment.ts';
import { readTimeout } from './rules/readTimeout.ts';
import { scripts } from './rules/scripts.ts';
import { sessions } from './rules/sessions.ts';
import { sleep } from './rules/sleep.ts';
import { templates } from './rules/templates.ts';
import { testCases } from './rules/testCases.ts';
import { threads } from './rules/threads.ts';
import { tls } from './rules/tls.ts';
import { values } from './rules/values.ts';
import { websocketErrors } from './rules/websocketErrors.ts';

/** The rules, in the order in which they run. What they want imported is written after all of them. */
export const RULES: readonly Rule[] = [
  templates,
  sessions,
  tls,
  websocketErrors,
  testCases,
  readTimeout,
  sleep,
  asynchronous,
  threads,
  values,
  changedApi,
  environment,
  scripts,
];
