import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Environment, type EnvironmentOptions } from '@microdot/jinja';
import { errorOf, join } from './collect.ts';

interface Case {
  readonly id: string;
  readonly source: string;
  readonly templates?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>> & { readonly autoescape: boolean | 'select' };
  readonly expected?: string;
  readonly exception?: string;
  readonly lineno?: number;
}

/** What Jinja2 answers, recorded by running it; `conformance` compares the phase of errors as well, and all the methods. */
const vectors = new URL('../../../conformance/vectors/templates/jinja.json', import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(vectors, 'utf8'));

/** Jinja joins constants while it compiles, and forgets that one was marked as safe. With a variable it does not. */
const NOT_COPIED: ReadonlySet<string> = new Set(['autoescape-31']);

function environmentOf({ source, templates, name = 'main.html', options }: Case): Environment {
  return new Environment({
    templates: { ...templates, [name]: source },
    autoescape: options.autoescape === 'select' ? undefined : options.autoescape,
    trimBlocks: options.trim_blocks as boolean,
    lstripBlocks: options.lstrip_blocks as boolean,
    keepTrailingNewline: options.keep_trailing_newline as boolean,
    undefined: options.undefined as EnvironmentOptions['undefined'],
    extensions: options.extensions as EnvironmentOptions['extensions'],
    newStyleGettext: options.newstyle_gettext as boolean,
  });
}

describe('a template gives what Jinja2 gives', () => {
  const compared = cases.filter(({ id }) => !NOT_COPIED.has(id));

  it.each(compared.filter(({ expected }) => expected !== undefined))('$id', async (vector) => {
    const make = () => environmentOf(vector).getTemplate(vector.name ?? 'main.html');
    const context = () => structuredClone(vector.context ?? {});
    expect(make().render(context())).toBe(vector.expected);
    expect(await join(make().generateAsync(context()))).toBe(vector.expected);
  });

  it.each(compared.filter(({ exception }) => exception !== undefined))('$id fails', async (vector) => {
    const error = await errorOf(() =>
      environmentOf(vector)
        .getTemplate(vector.name ?? 'main.html')
        .render(structuredClone(vector.context ?? {})),
    );
    expect([error.name, error.message]).toEqual([vector.exception, expect.any(String)]);
    if (vector.lineno !== undefined) expect(error.lineno).toBe(vector.lineno);
  });
});
