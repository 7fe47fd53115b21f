import { Eta } from 'eta/core';
import { included, type Linker } from '../linker.ts';
import { normalizeName } from '../names.ts';
import type { Part, Steps } from '../part.ts';
import type { Named } from '../python/method.ts';
import type { Run } from '../run.ts';
import { escapeHtml, SafeString } from '../safe.ts';
import type { Settings } from '../settings.ts';
import { type CompiledEta, compileEta } from './compileEta.ts';
import { EtaContext } from './context.ts';
import type { Data, EtaProgram } from './etaProgram.ts';

/** Compiles templates in eta's syntax: eta parses them, and has its configuration and plugins. */
export class EtaEngine {
  readonly #eta: Eta;
  readonly #linker: Linker;
  readonly #settings: Settings;

  constructor(settings: Settings, linker: Linker) {
    this.#settings = settings;
    this.#linker = linker;
    this.#eta = new Eta({
      autoEscape: settings.autoescape,
      escapeFunction: escaped,
      ...settings.eta,
    });
  }

  /**
   * The name of a template as eta has it: relative to the template that asks, or with `/` in front to the directory, and
   * with an ending where it has none.
   */
  resolve(name: string, from?: string): string {
    if (name.startsWith('@')) return name;
    const { defaultExtension = '.eta' } = this.#eta.config;
    const whole = /\.[^./\\]+$/.test(name) ? name : name + defaultExtension;
    const isAbsolute = from !== undefined && /^[\\/]/.test(whole);
    const folder =
      from === undefined || isAbsolute || !from.includes('/') ? '' : from.slice(0, from.lastIndexOf('/'));
    return normalizeName(isAbsolute ? whole.replace(/^[\\/]+/, '') : whole, folder);
  }

  /** @throws TemplateError `TEMPLATE_SYNTAX` */
  compile(name: string, text: string): EtaProgram {
    const { maxOutput, maxIterations, globals } = this.#settings;
    const compiled = compileEta(this.#eta, name, text, {
      limitsOutput: maxOutput !== Number.POSITIVE_INFINITY,
      counts: maxIterations !== Number.POSITIVE_INFINITY,
    });
    const code = evaluate(compiled);
    const shared = Object.fromEntries(globals);
    const part = (data: Data, body?: Part): Part => {
      let context: EtaContext | undefined;
      return {
        name,
        isAsync: compiled.isAsync,
        isHeld: compiled.usesLayout,
        start: (run) => {
          context = new EtaContext(this.#eta, this.#linker, program, run, data, body);
          return code.call(this.#eta, data, { filepath: name, async: compiled.isAsync }, context, run);
        },
        after: (text) => (compiled.usesLayout ? context?.after(text) : undefined),
      };
    };
    const program: EtaProgram = {
      name,
      source: compiled.source,
      usesBody: compiled.usesBody,
      part: (args, named) => part(dataOf(shared, args, named)),
      partAround: part,
      takesBodyLater: (run) => compiled.onlyPrintsBody && this.#includesNoUse(compiled, name, run),
    };
    return program;
  }

  /** Whether no template that a layout includes has a use for its body. */
  #includesNoUse({ includes }: CompiledEta, from: string, run: Run): boolean {
    return (
      includes?.every((name) => {
        const { usesBody = false, takesBodyLater } = included(
          this.#linker,
          run,
          name,
          from,
        ) as Partial<EtaProgram>;
        return !usesBody && (takesBodyLater?.(run) ?? true);
      }) ?? false
    );
  }
}

type Start = (this: Eta, data: Data, options: object, context: EtaContext, run: Run) => Steps;

const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor;
const AsyncGeneratorFunction = Object.getPrototypeOf(async function* () {}).constructor;

/** As eta's own are, the function is one in sloppy mode: `with` is an option. */
function evaluate({ isAsync, parameters, code }: CompiledEta): Start {
  return new (isAsync ? AsyncGeneratorFunction : GeneratorFunction)(...parameters, code);
}

function escaped(value: unknown): string {
  if (typeof value === 'string') return escapeHtml(value);
  return value instanceof SafeString ? String(value) : escapeHtml(String(value));
}

/** What is `it`: the first argument, or those with names. */
function dataOf(shared: Data, [first]: readonly unknown[], named: Named): Data {
  const isObject = typeof first === 'object' && first !== null;
  if (isObject && named.size === 0 && Object.keys(shared).length === 0) return first as Data;
  return { ...shared, ...(isObject ? first : {}), ...Object.fromEntries(named) };
}
