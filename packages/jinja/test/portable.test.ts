import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { Environment, precompile } from '@microdot/jinja';
import { build } from 'esbuild';

/** The package in one piece, with what it makes of some templates. */
async function bundle(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    minify: true,
    platform: 'browser',
    conditions: process.env.MICRODOT_TARGET === 'dist' ? [] : ['@microdot/source'],
  });
  return outputFiles[0]?.text ?? '';
}

const SOURCES = {
  'base.html': '<{% block a %}{% endblock %}>',
  'page.html':
    '{% extends "base.html" %}{% block a %}{{ x|upper }}{% for i in [1, 2] %}{{ loop.index }}{% endfor %}{% endblock %}',
  'macros.html': '{% macro row(x) %}<p>{{ x|price }}{{ caller(x) }}{% endmacro %}',
  'shop.html':
    '{% import "macros.html" as m %}{% call(x) m.row(5) %}{{ x + 1 }}{% endcall %}{% include ["none", "part.html"] %}{{ m.row.name }}',
  'part.html': '{{ names|join("-") }}{{ "a b".title() }}{{ "%05.1f"|format(x) }}',
  'none.html': '\n{% include "nowhere.html" %}',
  'undefined.html': '{{ a.b }}',
};

it('renders precompiled templates where there are neither files nor a process, and no code is made of strings', async () => {
  const filters = { price: (value: number) => `${value} €` };
  const templates = precompile(new Environment({ filters }), SOURCES).replace(
    'export default',
    'const precompiled =',
  );
  // A script, which is not strict as a module is, and with names that are short.
  const code = await bundle(`
    import { Environment, Template, UndefinedError } from '@microdot/jinja';
    ${templates}
    const environment = new Environment({ precompiled, filters: { price: (value) => value + ' €' } });
    const failure = (run) => {
      try { return run(); } catch (error) { return [error.name, error.code, error.message]; }
    };
    globalThis.page = environment.getTemplate('page.html').render({ x: 'a<' });
    globalThis.shop = environment.getTemplate('shop.html').renderAsync({ x: Promise.resolve(2.25), names: ['a', Promise.resolve('<')] });
    globalThis.failures = [
      failure(() => environment.getTemplate('none.html').render()),
      failure(() => environment.getTemplate('undefined.html').render()),
      failure(() => environment.getTemplate('other.html')),
      failure(() => new Template('page.html')),
      failure(() => environment.fromString('x')),
    ];
  `);
  const host = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  runInContext(code, host);
  expect(host.page).toBe('<A&lt;12>');
  expect(await host.shop).toBe('<p>5 €6a-&lt;A B002.2row');
  expect(JSON.parse(JSON.stringify(host.failures))).toEqual([
    ['TemplateNotFound', 'NOT_FOUND', "none.html:2: there is no template 'nowhere.html'"],
    ['UndefinedError', 'UNDEFINED', "undefined.html:1: 'a' is undefined"],
    ['TemplateNotFound', 'NOT_FOUND', "there is no template 'other.html'"],
    ['JinjaError', 'INVALID_OPTION', expect.stringContaining('there are no files here')],
    ['JinjaError', 'INVALID_OPTION', expect.stringContaining('use the option precompiled')],
  ]);
});
