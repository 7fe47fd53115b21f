import type { Eta } from 'eta/core';
import { TemplateError } from '../errors.ts';
import { Code, edited } from './code.ts';
import { type Instrumented, instrument } from './instrument.ts';
import type { Printed } from './prints.ts';
import { parseFunction } from './syntaxTree.ts';
import { parseTags } from './tags.ts';

/** A template in eta's syntax as the body of a generator function, and what has been found out about it. */
export interface CompiledEta extends Omit<Instrumented, 'edits'> {
  readonly code: string;
  /** Names of the parameters of that function. */
  readonly parameters: readonly string[];
  readonly source: string;
}

/** Functions that a template may call, of `EtaContext`. */
const FUNCTIONS = 'include, includeAsync, layout, block, blockAsync, capture, captureAsync';

/**
 * Makes JavaScript of a template as eta does, tag by tag, and then has it stream.
 *
 * @throws TemplateError `TEMPLATE_SYNTAX`
 */
export function compileEta(
  eta: Eta,
  templateName: string,
  text: string,
  bounds: { readonly limitsOutput: boolean; readonly counts: boolean },
): CompiledEta {
  const { config } = eta;
  const { tags, source } = parseTags(eta, templateName, text);
  const parameters = [config.varName, 'options', '__eta', '__run'];
  const code = new Code();
  code.add(`async function* template(${parameters.join(', ')}) {\n`);
  const bodyStart = code.add(`${config.functionHeader}\n`);
  code.add(
    `let __t, __line = 1; const { ${FUNCTIONS}, output: ${config.outputFunctionName} } = __eta.functions;\n`,
  );
  code.add(`try {\n${config.useWith ? `with (${config.varName} || {}) {\n` : ''}`);
  const shown = (isRaw: boolean): readonly [string, string] => printer(eta, isRaw);
  const printed: Printed[] = [];
  for (const tag of tags) {
    if (typeof tag === 'string') code.add(`__run.text+='${tag}';\n`);
    else if (tag.type === 'e') {
      code.add(tag.code, tag.offset);
      code.add('\n');
    } else if (tag.type === 'i' || tag.type === 'r') {
      printed.push(addPrinted(code, tag.code, tag.offset, tag.type === 'r', shown(tag.type === 'r')));
    } else if (Object.hasOwn(config.customTags, tag.type)) {
      const [type, content] = [tag.type, tag.code].map((part) => JSON.stringify(part));
      code.add(`__run.text+=this.config.customTags[${type}](${content},${config.varName});\n`);
    }
  }
  code.add(config.useWith ? '}\n' : '');
  code.add('} catch (__error) { throw __eta.located(__error, __line); }\n');
  code.add('}');

  const lineOf = (position: number): number => source.slice(0, code.offsetOf(position)).split('\n').length;
  const root = parsed(code, templateName, source);
  const { edits, ...found } = instrument(root, code, printed, {
    ...bounds,
    varName: config.varName,
    useWith: config.useWith,
    autoFilter: config.autoFilter,
    shown,
    lineOf,
  });
  // Without the function around it, which is made of it later.
  const { length } = code.text;
  const body = edited(code.text, [
    ...edits,
    { start: 0, end: bodyStart, text: '' },
    { start: length - 1, end: length, text: '' },
  ]);
  return { ...found, code: processed(eta, body), parameters, source };
}

/** The functions that a value goes through where it is printed. */
function printer({ config }: Eta, isRaw: boolean): readonly [before: string, after: string] {
  const escapes = config.autoEscape && !isRaw;
  const before = (escapes ? '__eta.escape(' : '') + (config.autoFilter ? '__eta.filter(' : '');
  return [before, ')'.repeat(before.split('(').length - 1)];
}

/** As eta has it, which may also be one half of a call that goes on in another tag. */
function addPrinted(
  code: Code,
  value: string,
  offset: number,
  isRaw: boolean,
  [before, after]: readonly [string, string],
): Printed {
  const start = code.add(`__run.text+=${before}`);
  const valueStart = code.add(value, offset);
  const valueEnd = code.add(`${after};`);
  const end = code.text.length;
  code.add('\n');
  return { start, end, valueStart, valueEnd, isRaw };
}

function parsed(code: Code, templateName: string, source: string): ReturnType<typeof parseFunction> {
  try {
    return parseFunction(code.text);
  } catch (error) {
    const { pos, message } = error as { pos?: number; message: string };
    if (pos === undefined) throw error;
    const lines = source.slice(0, code.offsetOf(pos)).split('\n');
    const place = { templateName, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, source };
    const what = message.replace(/ \(\d+:\d+\)$/, '');
    const hint = code.isOfTemplate(pos) ? '' : ', in or behind this tag';
    throw new TemplateError('TEMPLATE_SYNTAX', what + hint, place, { cause: error });
  }
}

/** Plugins may have something to say about the code. */
function processed({ config }: Eta, code: string): string {
  return config.plugins.reduce((text, plugin) => plugin.processFnString?.(text, config) ?? text, code);
}
