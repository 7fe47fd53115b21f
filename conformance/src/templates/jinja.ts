import {
  Environment,
  type EnvironmentOptions,
  type JinjaError,
  type RenderableTemplate,
} from '@microdot/jinja';
import { show } from '../compare.ts';
import type { Deviation } from '../deviations.ts';
import type { Outcome, Replay } from '../replay.ts';
import { methods } from './methods.ts';

/** A case that Jinja2 has answered. */
export interface JinjaCase {
  readonly id: string;
  readonly source: string;
  readonly templates?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly options: {
    readonly autoescape: boolean | 'select';
    readonly trim_blocks?: boolean;
    readonly lstrip_blocks?: boolean;
    readonly keep_trailing_newline?: boolean;
    readonly undefined?: EnvironmentOptions['undefined'];
    readonly extensions?: EnvironmentOptions['extensions'];
    readonly newstyle_gettext?: boolean;
  };
  readonly expected?: string;
  readonly error?: boolean;
  readonly exception?: string;
  readonly phase?: 'load' | 'render';
  readonly lineno?: number;
}

/** Where we answer otherwise, on purpose: what Jinja's constant folding does is an accident, which the same text with a variable shows. */
const DEVIATIONS: Readonly<Record<string, string>> = {
  'autoescape-31': '&lt;i&gt;<b> &lt;i&gt;&lt;b&gt;',
};
const CONSTANT_FOLDING: Deviation = {
  name: 'constant-folding',
  reason: 'Jinja joins constants while it compiles, and forgets that one of them was marked as safe',
  expect: () => undefined,
};

/** Replays every case through all four methods, and the asynchronous ones again with every value of the context a promise. */
export const replayJinja: Replay = async (file) => {
  const outcomes: Outcome[] = [];
  for (const vector of file.cases as unknown as readonly JinjaCase[]) outcomes.push(await replayCase(vector));
  return outcomes;
};

async function replayCase(vector: JinjaCase): Promise<Outcome> {
  const differences = await compareAll(vector);
  const instead = Object.hasOwn(DEVIATIONS, vector.id) ? DEVIATIONS[vector.id] : undefined;
  if (differences.length === 0 || instead === undefined) return { id: vector.id, differences };
  return {
    id: vector.id,
    differences: await compareAll({ ...vector, expected: instead }),
    deviation: CONSTANT_FOLDING,
  };
}

async function compareAll(vector: JinjaCase): Promise<string[]> {
  const differences: string[] = [];
  for (const { name, run } of methods) {
    const difference = await compareOne(vector, (template) =>
      // Some templates change what they are given.
      run(template, structuredClone(vector.context ?? {})),
    );
    if (difference !== undefined) differences.push(`${name}: ${difference}`);
  }
  return differences;
}

async function compareOne(
  vector: JinjaCase,
  render: (template: RenderableTemplate) => string | Promise<string>,
): Promise<string | undefined> {
  let phase = 'load';
  try {
    const template = environmentOf(vector).getTemplate(vector.name ?? 'main.html');
    phase = 'render';
    const text = await render(template);
    if (vector.error) return `${vector.exception} expected, ${show(text)} came`;
    return text === vector.expected ? undefined : `${show(vector.expected)} expected, ${show(text)} came`;
  } catch (error) {
    return vector.error
      ? compareError(vector, phase, error)
      : `${show(vector.expected)} expected, ${error} came`;
  }
}

/** The class and the phase count, and the line of what cannot be read: the words are Python's. */
function compareError(vector: JinjaCase, phase: string, error: unknown): string | undefined {
  const { name, lineno } = error as JinjaError;
  if (name !== vector.exception || phase !== vector.phase) {
    return `${vector.exception} in ${vector.phase} expected, ${error} in ${phase} came`;
  }
  if (vector.lineno === undefined || vector.lineno === lineno) return undefined;
  return `line ${vector.lineno} expected, ${error} came`;
}

function environmentOf({ source, templates, name = 'main.html', options }: JinjaCase): Environment {
  return new Environment({
    templates: { ...templates, [name]: source },
    autoescape: options.autoescape === 'select' ? undefined : options.autoescape,
    trimBlocks: options.trim_blocks,
    lstripBlocks: options.lstrip_blocks,
    keepTrailingNewline: options.keep_trailing_newline,
    undefined: options.undefined,
    extensions: options.extensions,
    newStyleGettext: options.newstyle_gettext,
  });
}
