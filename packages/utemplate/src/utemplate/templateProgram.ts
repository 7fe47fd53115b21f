import { PythonError, TemplateError } from '../errors.ts';
import { included, type Linker } from '../linker.ts';
import { located } from '../located.ts';
import { FLUSH, type Part, type Steps } from '../part.ts';
import { type Lookup, type Program, UNSET } from '../program.ts';
import { type Named, NO_NAMES } from '../python/method.ts';
import type { Operations } from '../python/operations.ts';
import { BAIL } from '../python/pure.ts';
import { str } from '../python/text.ts';
import { unavailableFunction } from '../python/unavailable.ts';
import type { Run } from '../run.ts';
import { escapeHtml, SafeString } from '../safe.ts';
import { END, itemsFrom, source } from '../sources.ts';
import { bindArguments, collected, type Signature, signatureOf } from './bindArguments.ts';
import type { Include, Node } from './nodes.ts';
import { parseTemplate } from './parseTemplate.ts';
import { Misplaced } from './pieces.ts';
import { type CodeOptions, compileTemplate } from './templateCompiler.ts';

export interface ProgramOptions extends CodeOptions {
  readonly operations: Operations;
  /** What is around every template: the globals, and what is built in. */
  readonly look: Lookup;
  readonly linker: Linker;
}

/** A template in utemplate's syntax. */
export interface UTemplateProgram extends Program {
  /** The templates that it includes by their names. */
  readonly includes: readonly Include[];
}

/**
 * Compiles a template in utemplate's syntax.
 *
 * @throws TemplateError `TEMPLATE_SYNTAX`, `UNSUPPORTED_PYTHON`
 */
export function compileUTemplate(name: string, text: string, options: ProgramOptions): UTemplateProgram {
  const normalized = text.replace(/\r\n?/g, '\n');
  const template = placed(name, normalized, () => parseTemplate(normalized));
  const code = placed(name, normalized, () => compileTemplate(template, options));
  const start = evaluate(code, name, normalized, signatureOf(name, template.parameters), options);
  return {
    name,
    includes: includesOf(template.body),
    part: (args, named, outer): Part => ({
      name,
      isAsync: false,
      isHeld: false,
      start: (run) => start(run, args, named, outer ?? options.look),
    }),
  };
}

type Start = (run: Run, args: readonly unknown[], named: Named, look: Lookup) => Steps;

function evaluate(
  code: string,
  templateName: string,
  text: string,
  signature: Signature,
  { operations, linker }: ProgramOptions,
): Start {
  const known = {
    ...operations,
    BAIL,
    END,
    FLUSH,
    UNSET,
    bindArguments,
    collected,
    escapeHtml,
    include: (
      run: Run,
      name: unknown,
      outer: Lookup | undefined,
      args: readonly unknown[],
      named = NO_NAMES,
    ) => included(linker, run, name).part(args, named, outer),
    itemsFrom,
    located: (error: unknown, line: number) => located(error, { templateName, line, source: text }),
    show,
    signature,
    source,
    str,
    unbound,
    unknown,
  };
  const make = new Function(
    'known',
    `"use strict"; const { ${Object.keys(known).join(', ')} } = known;\n${code}`,
  );
  return make(known);
}

/** What is printed of a value that is no text. */
function show(value: unknown): string {
  if (typeof value === 'number') return str(value);
  return value instanceof SafeString ? String(value) : escapeHtml(str(value));
}

function unbound(name: string): never {
  throw new PythonError('UnboundLocalError', `'${name}' has no value yet`);
}

function unknown(name: string): never {
  throw unavailableFunction(name) ?? new PythonError('NameError', `name '${name}' is not defined`);
}

function placed<T>(templateName: string, source: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Misplaced)) throw error;
    const { message, line, column, isPython } = error;
    throw new TemplateError(isPython ? 'UNSUPPORTED_PYTHON' : 'TEMPLATE_SYNTAX', message, {
      templateName,
      line,
      column,
      source,
    });
  }
}

function includesOf(nodes: readonly Node[]): Include[] {
  return nodes.flatMap((node) => {
    switch (node.type) {
      case 'include':
        return [node];
      case 'if':
        return includesOf([...node.consequent, ...node.alternate]);
      case 'for':
      case 'while':
        return includesOf(node.body);
      default:
        return [];
    }
  });
}
