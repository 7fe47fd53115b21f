import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Microdot } from '@microdot/core';
import {
  DirectoryLoader,
  Environment,
  escape as escapeHtml,
  type Loader,
  markup,
  precompile,
  selectAutoescape,
  Template,
} from '@microdot/jinja';
import { TestClient } from '@microdot/test-client';
import { errorOf, join, render } from './collect.ts';

let directory: string;

function write(name: string, text: string): void {
  mkdirSync(joinPath(directory, name, '..'), { recursive: true });
  writeFileSync(joinPath(directory, name), text);
}

beforeEach(() => {
  directory = mkdtempSync(joinPath(tmpdir(), 'jinja-'));
});

describe('Template', () => {
  it('is what Microdot has: a directory, a name, and four methods', async () => {
    write('index.html', '<h1>{{ title }}</h1>');
    Template.initialize(directory);
    const template = new Template('index.html');
    const text = '<h1>a &lt; b</h1>';
    expect(template.render({ title: 'a < b' })).toBe(text);
    expect(await template.renderAsync({ title: Promise.resolve('a < b') })).toBe(text);
    expect([...template.generate({ title: 'a < b' })]).toEqual([text]);
    expect(await join(template.generateAsync({ title: 'a < b' }))).toBe(text);
  });

  it('answers requests, as text or as a stream', async () => {
    write('index.html', '{% for x in items %}<li>{{ x }}</li>{% endfor %}');
    Template.initialize(directory);
    const app = new Microdot();
    const items = ['a', '<b>'];
    app.get('/text', () => new Template('index.html').render({ items }));
    app.get('/stream', () => new Template('index.html').generate({ items }));
    app.get('/async', () => new Template('index.html').generateAsync({ items: Promise.resolve(items) }));
    const client = new TestClient(app);
    for (const path of ['/text', '/stream', '/async']) {
      expect((await client.get(path)).text).toBe('<li>a</li><li>&lt;b&gt;</li>');
    }
  });

  it('has an environment to add to', () => {
    write('index.html', '{{ price|euros }} {{ site }}');
    Template.initialize(directory, { globals: { site: 'shop' } });
    Template.environment.addFilter('euros', (value: number) => `${value.toFixed(2)} €`);
    expect(new Template('index.html').render({ price: 5 })).toBe('5.00 € shop');
  });

  it('finds templates in several directories, the first of which wins', () => {
    write('a/one.html', 'a');
    write('b/one.html', 'b');
    write('b/two.html', '{% include "one.html" %}2');
    Template.initialize([joinPath(directory, 'a'), joinPath(directory, 'b')]);
    expect(new Template('two.html').render()).toBe('a2');
  });

  it('escapes by the ending of the name, as Microdot does', () => {
    for (const name of ['a.html', 'a.htm', 'a.xml', 'a.HTML', 'a.txt', 'a.html.j2']) write(name, '{{ x }}');
    Template.initialize(directory);
    const escaped = ['a.html', 'a.htm', 'a.xml', 'a.HTML'];
    for (const name of escaped) expect([name, new Template(name).render({ x: '<' })]).toEqual([name, '&lt;']);
    for (const name of ['a.txt', 'a.html.j2'])
      expect([name, new Template(name).render({ x: '<' })]).toEqual([name, '<']);
    expect(Template.environment.fromString('{{ x }}').render({ x: '<' })).toBe('&lt;');
    const test = selectAutoescape({ enabledExtensions: ['j2'], disabledExtensions: ['.txt'], default: true });
    expect([test('a.j2'), test('a.txt'), test('a'), test(undefined)]).toEqual([true, false, true, true]);
  });
});

describe('a template whose file changes', () => {
  it('is read again: itself, what it includes and what it extends', () => {
    write('base.html', '[{% block a %}{% endblock %}]');
    write('part.html', 'one');
    write('index.html', '{% extends "base.html" %}{% block a %}{% include "part.html" %}{% endblock %}');
    const template = new Environment({ directory }).getTemplate('index.html');
    expect(template.render()).toBe('[one]');
    write('part.html', 'two');
    expect(template.render()).toBe('[two]');
    write('base.html', '({% block a %}{% endblock %})');
    expect(template.render()).toBe('(two)');
    write('new.html', 'x');
    renameSync(joinPath(directory, 'new.html'), joinPath(directory, 'index.html'));
    expect(template.render()).toBe('x');
  });

  it('is not, if that is not wanted', () => {
    write('index.html', 'one');
    const template = new Environment({ directory, autoReload: false }).getTemplate('index.html');
    write('index.html', 'three');
    expect(template.render()).toBe('one');
  });

  it('and is gone, is an error', async () => {
    write('index.html', 'one');
    const template = new Environment({ directory }).getTemplate('index.html');
    rmSync(joinPath(directory, 'index.html'));
    expect(await errorOf(() => template.render())).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is one and the same within a page', () => {
    write('part.html', 'one');
    write('index.html', '{% include "part.html" %}{{ change() }}{% include "part.html" %}');
    const template = new Environment({ directory }).getTemplate('index.html');
    const change = (): string => {
      write('part.html', 'two');
      return ' ';
    };
    expect(template.render({ change })).toBe('one one');
    expect(template.render({ change: () => ' ' })).toBe('two two');
  });
});

describe('an environment', () => {
  it('knows nothing of another', async () => {
    const [a, b] = [new Environment(), new Environment({ filters: { hello: () => 'b' } })];
    a.addFilter('hello', () => 'a')
      .addGlobal('who', 'a')
      .addTest('mine', () => true);
    expect(a.fromString('{{ 1|hello }}{{ who }}{{ 1 is mine }}').render()).toBe('aaTrue');
    expect(b.fromString('{{ 1|hello }}{{ who }}').render()).toBe('b');
    expect((await errorOf(() => b.fromString('{{ 1 is mine }}'))).message).toContain("No test named 'mine'");
  });

  it('compiles a template once, and keeps no more than it may', () => {
    let reads = 0;
    const loader: Loader = {
      getSource: (name) => {
        reads++;
        return { src: name, path: name };
      },
    };
    const environment = new Environment({ loaders: [loader], cacheSize: 2 });
    for (const name of ['a', 'b', 'a', 'b', 'a']) environment.getTemplate(name);
    expect(reads).toBe(2);
    environment.getTemplate('c');
    environment.getTemplate('b');
    expect(reads).toBe(3);
    environment.getTemplate('a');
    expect(reads).toBe(4);
  });

  it('makes a module once that does not depend on who imports it, and its macros with it', () => {
    let runs = 0;
    const environment = new Environment({
      templates: {
        lib: '{{ count() }}{% macro m(x) %}{{ x }}{% endmacro %}',
        one: '{% import "lib" as lib %}{{ lib.m(1) }}',
        two: '{% from "lib" import m with context %}{{ m(2) }}',
      },
      globals: {
        count: () => {
          runs++;
          return '';
        },
      },
    });
    for (let i = 0; i < 3; i++) {
      expect(environment.getTemplate('one').render({ user: 'x' })).toBe('1');
      expect(environment.getTemplate('two').render({ user: 'x' })).toBe('2');
    }
    expect(runs).toBe(1);
    // A context that has what the module asks for.
    expect(environment.getTemplate('two').render({ count: () => '' })).toBe('2');
    expect(runs).toBe(1);
  });

  it('takes loaders that are asynchronous, for the methods that wait', async () => {
    const templates: Record<string, string> = { a: 'a{% include "b" %}', b: 'b{{ x }}' };
    const loader: Loader = {
      async: true,
      getSource(name, callback) {
        setTimeout(
          () => callback?.(null, name in templates ? { src: templates[name] as string, path: name } : null),
          1,
        );
        return null;
      },
    };
    const environment = new Environment({ loaders: [loader] });
    const template = environment.getTemplate('a');
    expect((await errorOf(() => template.render())).message).toContain('use renderAsync');
    expect(await template.renderAsync({ x: 1 })).toBe('ab1');
    expect(await join(template.generateAsync({ x: 1 }))).toBe('ab1');
    expect(template.render({ x: 2 })).toBe('ab2');
    expect(await errorOf(() => environment.getTemplate('none').renderAsync())).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('takes a template that was made already for a name', () => {
    const environment = new Environment();
    const part = environment.fromString('<{{ x }}>');
    const base = environment.fromString('[{% block a %}{% endblock %}]');
    const page = environment.fromString('{% extends base %}{% block a %}{% include part %}{% endblock %}');
    expect(page.render({ part, base, x: 1 })).toBe('[<1>]');
  });

  it('has delimiters and line statements of one’s own', () => {
    const environment = new Environment({
      blockStart: '<%',
      blockEnd: '%>',
      variableStart: '<%=',
      variableEnd: '%>',
      commentStart: '<#',
      commentEnd: '#>',
      lineStatementPrefix: '%%',
      lineCommentPrefix: '##',
    });
    const source = '%% for x in items\n<%= x %>,<# c #>\n%% endfor\n<% if true %>y<% endif %> ## gone\nend';
    expect(environment.fromString(source).render({ items: [1, 2] })).toBe('1,\n2,\ny\nend');
  });

  it('marks text as safe, and escapes', () => {
    expect(render('{{ a }}{{ b }}', { a: markup('<b>'), b: escapeHtml('<i>') })).toBe('<b>&lt;i&gt;');
    expect(render('{{ x }}', { x: { __html__: () => 'own property' } })).toContain('__html__');
  });
});

describe('precompiled templates', () => {
  it('render without files and without new Function', async () => {
    const sources = {
      'base.html': '<{% block a %}{% endblock %}>',
      'page.html': '{% extends "base.html" %}{% block a %}{{ x|upper }}"\u2028{% endblock %}',
    };
    write('templates.mjs', precompile(new Environment(), sources));
    // `file:` needs no escape here: the name of a temporary directory has nothing to escape.
    const { default: precompiled } = await import(pathToFileURL(joinPath(directory, 'templates.mjs')).href);
    const original = globalThis.Function;
    globalThis.Function = (() => {
      throw new Error('this host does not allow it');
    }) as unknown as FunctionConstructor;
    try {
      const template = new Environment({ precompiled }).getTemplate('page.html');
      expect(template.render({ x: 'a<' })).toBe('<A&lt;"\u2028>');
      expect(await join(template.generateAsync({ x: Promise.resolve('b') }))).toBe('<B"\u2028>');
    } finally {
      globalThis.Function = original;
    }
  });
});

describe('a directory loader', () => {
  it('gives files and nothing else', () => {
    write('a/b.html', 'x');
    const loader = new DirectoryLoader(directory);
    expect(loader.getSource('a/b.html')).toMatchObject({ src: 'x' });
    expect(loader.getSource('/a//./b.html')).toMatchObject({ src: 'x' });
    for (const name of ['a', 'a/b', 'c', '', '..']) expect(loader.getSource(name)).toBeNull();
  });

  it('takes ./ and ../ as relative to the template that asks, within the directory', async () => {
    write('a/one.html', '{% include "./two.html" %}{% include "../top.html" %}');
    write('a/two.html', '2');
    write('top.html', 't');
    write('bad.html', '{% include "../x.html" %}');
    const environment = new Environment({ directory });
    expect(environment.getTemplate('a/one.html').render()).toBe('2t');
    const error = await errorOf(() => environment.getTemplate('bad.html').render());
    expect(error.message).toContain('leads out of the directory');
  });
});
