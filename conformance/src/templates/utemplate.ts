import { Environment, TemplateError } from '@microdot/utemplate';
import { show } from '../compare.ts';
import type { Outcome, Replay } from '../replay.ts';
import { instead } from './utemplateDeviations.ts';

/** A template with what it is given, and what utemplate makes of it. */
export interface UTemplateCase {
  readonly id: string;
  readonly source: string;
  readonly templates: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly expected?: string;
  readonly error?: boolean;
  readonly exception?: string;
  readonly phase?: 'load' | 'render';
  /** It follows from how utemplate's compiler happens to work. */
  readonly quirk?: boolean;
  /** It needs ints and floats kept apart, which JSON does not do. */
  readonly int_float?: boolean;
}

/** What came: text, or an error and when it did. */
type Result = { readonly text: string } | { readonly error: unknown; readonly phase: 'load' | 'render' };

/** Replays the cases of utemplate, through every method of a template, which takes no transport. */
export const replayUTemplate: Replay = async (file) => {
  const outcomes: Outcome[] = [];
  for (const vector of file.cases) outcomes.push(await replay(vector as unknown as UTemplateCase));
  return outcomes;
};

async function replay(vector: UTemplateCase): Promise<Outcome> {
  const { id } = vector;
  const results = await resultsOf(vector);
  const differences = results.flatMap(([method, result]) => compare(method, vector, result));
  if (differences.length === 0) return { id, differences };
  const reason = whyNotAsked(
    vector,
    results.map(([, result]) => result),
  );
  if (reason !== undefined) return { id, differences: [], skipped: reason };
  const deviation = instead[id];
  if (!deviation) return { id, differences };
  const rest = results.flatMap(([method, result]) =>
    compare(method, { ...vector, error: false, expected: deviation.text }, result),
  );
  return { id, differences: rest, deviation };
}

async function resultsOf(vector: UTemplateCase): Promise<[method: string, result: Result][]> {
  const { name = 'main.tpl', source, templates } = vector;
  let template: ReturnType<Environment['getTemplate']>;
  try {
    // The two options in which utemplate has less: it escapes nothing, and its dicts have no attributes.
    const options = { autoescape: false, dictAttributes: false, directory: 'none' };
    template = new Environment({ ...options, templates: { ...templates, [name]: source } }).getTemplate(name);
  } catch (error) {
    return [['load', { error, phase: 'load' }]];
  }
  const given = (): unknown[] => [...structuredClone(vector.args), structuredClone(vector.kwargs)];
  const promised = (): unknown[] => [
    ...structuredClone(vector.args).map((value) => Promise.resolve(value)),
    Object.fromEntries(
      Object.entries(structuredClone(vector.kwargs)).map(([key, value]) => [key, Promise.resolve(value)]),
    ),
  ];
  const methods: Record<string, () => string | Promise<string>> = {
    render: () => template.render(...given()),
    generate: () => Array.from(template.generate(...given())).join(''),
    renderAsync: () => template.renderAsync(...given()),
    generateAsync: () => collect(template.generateAsync(...given())),
    'renderAsync with promises': () => template.renderAsync(...promised()),
    'generateAsync with promises': () => collect(template.generateAsync(...promised())),
  };
  const results: [string, Result][] = [];
  for (const [method, run] of Object.entries(methods)) {
    try {
      results.push([method, { text: await run() }]);
    } catch (error) {
      results.push([method, { error, phase: 'render' }]);
    }
  }
  return results;
}

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

function compare(method: string, vector: UTemplateCase, result: Result): string[] {
  if (!vector.error) {
    if ('text' in result && result.text === vector.expected) return [];
    return [`${method}: ${show(vector.expected)} expected, ${describe(result)} came`];
  }
  const isSame =
    'error' in result && (vector.quirk || (result.phase === vector.phase && isOfClass(result.error, vector)));
  return isSame
    ? []
    : [`${method}: ${vector.exception} at ${vector.phase} expected, ${describe(result)} came`];
}

/** The words of errors are ours, and so are the classes of those at load. */
function isOfClass(error: unknown, { exception, phase }: UTemplateCase): boolean {
  if (!(error instanceof TemplateError)) return false;
  if (phase === 'render') return error.name === exception;
  if (exception === 'FileNotFoundError') return error.code === 'TEMPLATE_NOT_FOUND';
  return error.code === 'TEMPLATE_SYNTAX' || error.code === 'UNSUPPORTED_PYTHON';
}

function whyNotAsked(vector: UTemplateCase, results: readonly Result[]): string | undefined {
  for (const result of results) {
    if ('text' in result || !(result.error instanceof TemplateError)) continue;
    if (!vector.error && result.error.code === 'UNSUPPORTED_PYTHON') return firstLine(result.error.message);
  }
  if (vector.int_float) return 'it is given a float without a fraction, which is an int in JSON';
  if (vector.error && vector.quirk && !instead[vector.id] && results.every((result) => 'text' in result)) {
    return 'utemplate fails by a quirk of its compiler, and nothing recorded says what is right';
  }
  return undefined;
}

function describe(result: Result): string {
  if ('text' in result) return show(result.text);
  return `${firstLine(String(result.error))} at ${result.phase}`;
}

function firstLine(text: string): string {
  return text.split('\n')[0] as string;
}
