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
    platform: 'browser',
    conditions: process.env.MICRODOT_TARGET === 'dist' ? [] : ['@microdot/source'],
  });
  return outputFiles[0]?.text ?? '';
}

it('renders precompiled templates where there are neither files nor a process, and no code is made of strings', async () => {
  const sources = {
    'base.html': '<{% block a %}{% endblock %}>',
    'page.html':
      '{% extends "base.html" %}{% block a %}{{ x|upper }}{% for i in [1, 2] %}{{ loop.index }}{% endfor %}{% endblock %}',
  };
  const templates = precompile(new Environment(), sources).replace('export default', 'const precompiled =');
  const code = await bundle(`
    import { Environment, Template } from '@microdot/jinja';
    ${templates}
    globalThis.text = new Environment({ precompiled }).getTemplate('page.html').render({ x: 'a<' });
    try { new Template('page.html'); } catch (error) { globalThis.code = error.code; }
    try { new Environment().fromString('x'); } catch (error) { globalThis.message = error.message; }
  `);
  const host = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  runInContext(code, host);
  expect(host.text).toBe('<A&lt;12>');
  expect(host.code).toBe('INVALID_OPTION');
  expect(host.message).toContain('use the option precompiled');
});
