import type { Run } from './run.ts';

/**
 * What the code of a template is: a generator that adds text to what it is given, and returns it. It yields text that is long enough
 * to go out, and what has to be waited for, whose value comes back; the text before that is in `run.pending`.
 */
export type Rendering = Generator<string | PromiseLike<unknown>, string, unknown>;

/** All the text of a rendering; a promise of it only where something had to be waited for. */
export function collect(run: Run, rendering: Rendering): string | Promise<string> {
  let text = '';
  run.enter();
  try {
    for (let step = rendering.next(); ; step = rendering.next()) {
      if (step.done) return text + step.value;
      if (typeof step.value === 'string') text += step.value;
      else return collectLater(run, rendering, text + takePending(run), step.value);
    }
  } finally {
    // What it waits for does not count: nothing is on the stack meanwhile.
    run.leave();
  }
}

async function collectLater(
  run: Run,
  rendering: Rendering,
  start: string,
  first: PromiseLike<unknown>,
): Promise<string> {
  let text = start;
  let awaited = first;
  const isDone = run.opened(() => closeLater(rendering));
  try {
    for (;;) {
      const outcome = await outcomeOf(awaited);
      if (run.isOver) return '';
      let step = proceed(rendering, outcome);
      while (!step.done && typeof step.value === 'string') {
        text += step.value;
        step = rendering.next();
      }
      if (step.done) return text + step.value;
      awaited = step.value as PromiseLike<unknown>;
      text += takePending(run);
    }
  } finally {
    isDone();
  }
}

/** Ends a rendering that waits: every loop closes what it has open. */
export async function closeLater(rendering: Rendering): Promise<void> {
  let step = rendering.return('');
  while (!step.done) {
    if (typeof step.value !== 'string') await step.value;
    step = rendering.next();
  }
}

/**
 * The text before what has to be waited for. Whoever runs a rendering takes it as soon as that has yielded, and before anything else
 * can run: a moment later another part of the page may have put its own there.
 */
export function takePending(run: Run): string {
  const text = run.pending;
  run.pending = '';
  return text;
}

/** What has become of a promise. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

export function outcomeOf(awaited: PromiseLike<unknown>): PromiseLike<Outcome> {
  return awaited.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
}

/** Goes on with what was waited for. */
export function proceed(rendering: Rendering, outcome: Outcome): ReturnType<Rendering['next']> {
  return 'error' in outcome ? rendering.throw(outcome.error) : rendering.next(outcome.value);
}
