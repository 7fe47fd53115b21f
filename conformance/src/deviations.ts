import type { Spec, VectorCase, VectorRequest, VectorResponse } from './vectors.ts';

/** Where we answer otherwise than recorded, on purpose, and what we answer instead. */
export interface Deviation {
  readonly name: string;
  readonly reason: string;
  /** What the port must answer to a request of a case; `undefined` where the recording holds. */
  expect(question: Question): VectorResponse | undefined;
}

export interface Question {
  readonly app: Spec;
  readonly request: VectorRequest;
  readonly recorded: VectorResponse;
}

const TEXT = { 'content-type': ['text/plain; charset=UTF-8'] };
const JSON_TYPE = { 'content-type': ['application/json; charset=UTF-8'] };

export const deviations: readonly Deviation[] = [
  {
    name: 'form-name-without-value',
    reason:
      "the original reads a name without = as b'', which its own JSON cannot write (500); here it is '', as in a query string and in the URL Standard",
    expect({ app, request, recorded }) {
      const isForm = /^application\/x-www-form-urlencoded\b/i.test(headerOf(request, 'content-type') ?? '');
      const pairs = (request.body ?? '').split('&').filter((pair) => pair !== '');
      if (!isForm || recorded.status !== 500 || pairs.every((pair) => pair.includes('='))) return undefined;
      if (!app.some((step) => step.route === request.path && step.do?.echo === 'form')) return undefined;
      return { status: 200, headers: JSON_TYPE, json: { form: fields(request.body as string) } };
    },
  },
  {
    name: 'handlers-of-enclosing-applications',
    reason:
      'an application that is mounted into one that is mounted with local keeps its hooks and error handlers; the original forgets them for its own routes',
    expect: ({ app, request }) => (app.some(isLocalAroundOther) ? nested[request.path] : undefined),
  },
];

/** Whether a step mounts with `local` what another application was mounted into without it. */
function isLocalAroundOther({ mount = [], options }: Spec[number]): boolean {
  return options?.local === true && mount.some((inner) => inner.mount && !inner.options?.local);
}

/** By path, in the application that the recordings have for this. */
const nested: Readonly<Record<string, VectorResponse>> = {
  '/outer/inner/deep/3': {
    status: 200,
    headers: { ...JSON_TYPE, 'x-trace': ['inner,outer,inner-after,app-after'] },
    json: { url_prefix: '/outer/inner' },
  },
  '/outer/inner/err': {
    status: 520,
    headers: { ...TEXT, 'content-length': ['9'] },
    text: 'inner key',
  },
};

/** What we must answer to the requests of a case by one of the deviations, if there is one that applies. */
export function deviationOf(
  vector: VectorCase,
  app: Spec,
): { deviation: Deviation; responses: VectorResponse[] } | undefined {
  const { requests = [], responses = [] } = vector;
  for (const deviation of deviations) {
    const expected = requests.map((request, i) =>
      deviation.expect({ app, request, recorded: responses[i] as VectorResponse }),
    );
    if (expected.some((response) => response !== undefined)) {
      return {
        deviation,
        responses: expected.map((response, i) => response ?? (responses[i] as VectorResponse)),
      };
    }
  }
  return undefined;
}

function headerOf({ headers = {} }: VectorRequest, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** As the URL Standard has it, which is none of our code. */
function fields(body: string): Record<string, string[]> {
  const form = new URLSearchParams(body);
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, [...form.getAll(name)]]));
}
