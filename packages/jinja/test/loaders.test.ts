import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  DirectoryLoader,
  Environment,
  type LoadedSource,
  type Loader,
  type RenderableTemplate,
} from '@microdot/jinja';
import { errorOf } from './collect.ts';

let directory: string;

const path = (name: string): string => join(directory, name);

function write(name: string, text: string | Uint8Array): void {
  mkdirSync(join(path(name), '..'), { recursive: true });
  writeFileSync(path(name), text);
}

function get(name: string): RenderableTemplate {
  return new Environment({ directory }).getTemplate(name);
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jinja-'));
});

describe('a file', () => {
  it('may have a byte order mark, which is no text, and line ends of any system', () => {
    write('base.html', '\ufeff<{% block a %}{% endblock %}>');
    write('page.html', '\ufeff{% extends "base.html" %}\r\n{% block a %}x\r\ny{% endblock %}\r\n');
    expect(get('page.html').render()).toBe('<x\ny>');
    write('utf16.html', Buffer.from('\ufeffä{{ 1 }}', 'utf16le'));
    const loaders = [new DirectoryLoader(directory, 'utf16le')];
    expect(new Environment({ loaders }).getTemplate('utf16.html').render()).toBe('ä1');
  });

  it('that is not written in UTF-8 is an error, and not another text', async () => {
    write('latin.html', Uint8Array.of(0x61, 0xe9));
    expect(await errorOf(() => get('latin.html'))).toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringContaining("the template 'latin.html' is not written in utf8"),
    });
    const loaders = [new DirectoryLoader(directory, 'latin1')];
    expect(new Environment({ loaders }).getTemplate('latin.html').render()).toBe('aé');
  });

  it.each([
    ['a directory', 'folder'],
    ['a link to nowhere', 'dangling.html'],
    ['a link in a circle', 'circle.html'],
    ['a name below a file', 'file.html/x'],
    ['a name that is too long for a file', 'x'.repeat(300)],
    ['a path that is too long', 'x/'.repeat(3000)],
  ])('is not what %s names', async (_, name) => {
    mkdirSync(path('folder'));
    write('file.html', '');
    symlinkSync('/nonexistent', path('dangling.html'));
    symlinkSync('circle.html', path('circle.html'));
    const error = await errorOf(() => get(name));
    expect(error.code).toBe('NOT_FOUND');
    expect(error.message).not.toContain(directory);
    const page = new Environment({ directory }).fromString('{% include name ignore missing %}ok');
    expect(page.render({ name })).toBe('ok');
  });
});

describe('a file that changes', () => {
  it('is read again also where size and time are the same', async () => {
    const old = new Date(2020, 0, 1);
    write('page.html', 'one');
    utimesSync(path('page.html'), old, old);
    const page = get('page.html');
    expect(page.render()).toBe('one');
    await sleep(10);
    write('page.html', 'two');
    utimesSync(path('page.html'), old, old);
    expect(page.render()).toBe('two');
    write('new.html', 'six');
    utimesSync(path('new.html'), old, old);
    renameSync(path('new.html'), path('page.html'));
    expect(page.render()).toBe('six');
    for (let i = 0; i < 20; i++) {
      write('page.html', `at once ${i % 10}`);
      expect(page.render()).toBe(`at once ${i % 10}`);
    }
    expect(statSync(path('page.html')).size).toBe(9);
  });

  it('may be wrong for a while, or away', async () => {
    write('page.html', 'one');
    const page = get('page.html');
    write('page.html', '{% if %}');
    for (let i = 0; i < 2; i++) expect(await errorOf(() => page.render())).toMatchObject({ code: 'SYNTAX' });
    rmSync(path('page.html'));
    expect(await errorOf(() => page.render())).toMatchObject({ code: 'NOT_FOUND' });
    write('page.html', 'two');
    expect(page.render()).toBe('two');
  });

  it('may come to be in a place that is looked at before', () => {
    const templates: Record<string, string> = {};
    write('site/page.html', 'site');
    mkdirSync(path('theme'));
    const environment = new Environment({ templates, directory: [path('theme'), path('site')] });
    const page = environment.getTemplate('page.html');
    expect(page.render()).toBe('site');
    write('theme/page.html', 'theme');
    expect(page.render()).toBe('theme');
    templates['page.html'] = 'memory';
    expect(page.render()).toBe('memory');
    delete templates['page.html'];
    rmSync(path('theme/page.html'));
    expect(page.render()).toBe('site');
  });

  it.each([
    ['imports', '{% import "used.html" as used %}{% macro m() %}{{ used.text() }}{% endmacro %}'],
    ['has for a parent', '{% extends "used.html" %}{% macro m() %}{{ text() }}{% endmacro %}'],
    ['includes', '{% set x %}{% include "used.html" %}{% endset %}{% macro m() %}{{ x }}{% endmacro %}'],
    [
      'includes if it is there',
      '{% set x %}{% include "later.html" ignore missing %}{% endset %}{% macro m() %}{{ x }}{% endmacro %}',
    ],
  ])('may be one that an imported template %s', async (_, lib) => {
    const text = (is: string): string => `{% macro text() %}${is}{% endmacro %}{{ text() }}`;
    write('used.html', text('one'));
    write('lib.html', lib);
    write('outer.html', '{% import "lib.html" as lib %}{% macro m() %}{{ lib.m() }}{% endmacro %}');
    write('page.html', '{% import "outer.html" as outer %}{{ outer.m() }}');
    const page = get('page.html');
    expect(page.render()).toBe(lib.includes('later') ? '' : 'one');
    write('used.html', text('two'));
    write('later.html', text('two'));
    expect(page.render()).toBe('two');
    rmSync(path('used.html'));
    rmSync(path('later.html'));
    expect(lib.includes('later') ? page.render() : (await errorOf(() => page.render())).message).toMatch(
      lib.includes('later') ? /^$/ : /there is no template 'used.html'/,
    );
  });
});

describe('a loader of one’s own', () => {
  const found = (name: string): LoadedSource | null =>
    ['a', 'b'].includes(name)
      ? { src: `${name}{{ x }}{% if x == 1 %}{% include ["none", "b"] %}{% endif %}`, path: name }
      : null;

  it.each<[string, Loader]>([
    ['gives a promise', { getSource: async (name) => found(name) }],
    ['says that it calls back, and gives a promise', { async: true, getSource: async (name) => found(name) }],
  ])('%s', async (_, loader) => {
    const environment = new Environment({ loaders: [loader], templates: { b: 'B' } });
    expect(await environment.getTemplate('a').renderAsync({ x: 1 })).toBe('a1B');
    expect(await errorOf(() => environment.getTemplate('c').renderAsync())).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is asked once by all who want the same meanwhile, and again after an error', async () => {
    const failure = new Error('no database');
    let asked = 0;
    const loader: Loader = {
      async getSource(name) {
        await sleep(1);
        if (++asked === 1) throw failure;
        return found(name);
      },
    };
    const environment = new Environment({ loaders: [loader] });
    const renderAll = (): Promise<PromiseSettledResult<string>[]> =>
      Promise.allSettled(Array.from({ length: 5 }, () => environment.getTemplate('a').renderAsync()));
    expect(await renderAll()).toEqual(Array(5).fill({ status: 'rejected', reason: failure }));
    expect(await renderAll()).toEqual(Array(5).fill({ status: 'fulfilled', value: 'a' }));
    expect(asked).toBe(2);
  });

  it('is told what it has to give', async () => {
    const loaders: Loader[] = [{ getSource: () => 'text' as never }];
    expect((await errorOf(() => new Environment({ loaders }).getTemplate('a'))).message).toContain(
      'a loader gives { src, path } with the text in src',
    );
  });
});
