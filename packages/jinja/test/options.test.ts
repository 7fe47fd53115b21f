import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  DictLoader,
  DirectoryLoader,
  Environment,
  type EnvironmentOptions,
  markup,
  precompile,
  selectAutoescape,
  Template,
} from '@microdot/jinja';
import { errorOf } from './collect.ts';

const environment = new Environment();
const page = environment.fromString('x');

/** What cannot be written in TypeScript, as a program in JavaScript may write it. */
const any = (value: unknown): never => value as never;

describe('options that make no sense', () => {
  it.each([
    [{ trim_blocks: true }, "there is no option 'trim_blocks': write trimBlocks"],
    [{ autoEscape: true }, "there is no option 'autoEscape': write autoescape"],
    [{ block_start_string: '<%' }, "there is no option 'block_start_string': write blockStart"],
    [{ loader: {} }, "there is no option 'loader': write loaders, a list"],
    [{ enable_async: true }, 'leave it out, renderAsync() and generateAsync() are always there'],
    [{ nope: 1 }, "there is no option 'nope': it is one of directory, templates, "],
    [{ autoescape: null }, 'autoescape is true, false, or a function of the name, not null'],
    [{ autoescape: 'html' }, 'autoescape is true, false, or a function of the name, not "html"'],
    [{ undefined: 'Strict' }, 'undefined is one of default, strict, chainable and debug, not "Strict"'],
    [{ filters: { price: 5 } }, 'filters.price is a function, not 5'],
    [{ tests: [() => true] }, 'tests is an object, by name, not a list'],
    [{ globals: new Map() }, 'globals is an object, by name, not a Map: use Object.fromEntries()'],
    [
      { templates: 'templates' },
      'templates is an object with the text of each template, by name, not "templates"',
    ],
    [{ directory: '' }, 'directory is a path, or a list of paths, not ""'],
    [{ directory: new URL('file:///x') }, 'directory is a path, or a list of paths, not an object of URL'],
    [{ loaders: [() => 'x'] }, 'loaders is a list of objects with a method getSource(name)'],
    [{ loaders: { getSource() {} } }, 'loaders is a list of objects with a method getSource(name)'],
    [{ precompiled: { default: {} } }, 'precompiled is the default export of what precompile() has written'],
    [{ precompiled: { a: 'x' } }, 'precompiled.a is a function, not "x"'],
    [{ extensions: ['nope'] }, "There is no extension 'nope': it is one of do, loopcontrols, i18n"],
    [
      { extensions: 'do' },
      'extensions is a list of do, loopcontrols, i18n, and objects with tags and parse()',
    ],
    [
      { extensions: [{ tags: ['x'] }] },
      'extensions is a list of do, loopcontrols, i18n, and objects with tags',
    ],
    [{ translations: {} }, 'translations is an object with gettext() and ngettext()'],
    [{ trimBlocks: 'no' }, 'trimBlocks is true or false, not "no"'],
    [{ autoReload: 0 }, 'autoReload is true or false, not 0'],
    [{ cacheSize: Number.NaN }, 'cacheSize is a number above 0, not NaN'],
    [{ cacheSize: '400' }, 'cacheSize is a number above 0, not "400"'],
    [{ maxOutput: 0 }, 'maxOutput is a number above 0, not 0'],
    [{ maxIterations: -1 }, 'maxIterations is a number above 0, not -1'],
    [{ blockStart: '' }, 'blockStart is text that is not empty, not ""'],
    [{ variableStart: '{%' }, 'blockStart, variableStart and commentStart must differ'],
    ['templates', 'options is an object, not "templates"'],
  ])('%j', async (options, message) => {
    const error = await errorOf(() => new Environment(any(options)));
    expect(error).toMatchObject({ code: 'INVALID_OPTION', message: expect.stringContaining(message) });
  });

  it('may be undefined, which is the default', () => {
    const names = [
      'directory',
      'templates',
      'autoescape',
      'filters',
      'extensions',
      'trimBlocks',
      'cacheSize',
    ];
    const options = Object.fromEntries(names.map((name) => [name, undefined])) as EnvironmentOptions;
    expect(new Environment(options).fromString('{{ x }}').render({ x: '<' })).toBe('&lt;');
  });
});

describe('arguments that make no sense', () => {
  it.each<[string, () => unknown, string]>([
    ['a template', () => environment.fromString(any(undefined)), 'a template is text, not undefined'],
    [
      'bytes',
      () => environment.fromString(any(new Uint8Array(1))),
      'a template is text, not an object of Uint8Array',
    ],
    ['a name', () => environment.fromString('', any(5)), 'the name of a template is text, not 5'],
    ['a filter', () => environment.addFilter('f', any('f')), `the filter 'f' is a function, not "f"`],
    ['a test', () => environment.addTest('t', any(undefined)), `the test 't' is a function, not undefined`],
    ['a name of a global', () => environment.addGlobal(any({}), 1), 'the name of a global is text'],
    [
      'a tag',
      () => environment.addExtension('x', any({})),
      'an extension is an object with tags and parse()',
    ],
    [
      'templates first',
      () => precompile(any({ a: '' }), any(undefined)),
      'precompile() takes an Environment',
    ],
    ['a list to precompile', () => precompile(environment, any(['a'])), 'the text of each template, by name'],
    [
      'bytes to precompile',
      () => precompile(environment, { a: any(new Uint8Array(1)) }),
      "the template 'a' is text",
    ],
    [
      'options first',
      () => Template.initialize(any({ templates: {} })),
      'directory is a path, or a list of paths',
    ],
    ['no options', () => Template.initialize('templates', any('x')), 'options is an object, not "x"'],
    [
      'an ending',
      () => selectAutoescape({ enabledExtensions: any('html') }),
      'enabledExtensions is a list of names',
    ],
    ["Python's names", () => selectAutoescape(any({ default_for_string: true })), 'write defaultForString'],
    ['no directory', () => new DirectoryLoader(any(undefined)), 'directory is a path, or a list of paths'],
    [
      'an encoding',
      () => new DirectoryLoader('x', any('utf-16')),
      'encoding is one of utf8, utf16le and latin1',
    ],
    [
      'no templates',
      () => new DictLoader(any(undefined)),
      'templates is an object with the text of each template',
    ],
    ['a number as HTML', () => markup(any(5)), 'markup() takes text, not number'],
    [
      'a promise of a context',
      () => page.render(Promise.resolve({})),
      'a context is an object: await its promise',
    ],
    [
      'the same, to wait',
      () => page.renderAsync(Promise.resolve({})),
      'a context is an object: await its promise',
    ],
    ['a Map', () => page.generateAsync(new Map()), 'a context is an object: give Object.fromEntries(map)'],
  ])('%s', async (_, run, message) => {
    expect(await errorOf(run)).toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringContaining(message),
    });
  });
});

it('reads the directory that is named beside other sources, also the usual one', async () => {
  const before = process.cwd();
  const directory = mkdtempSync(join(tmpdir(), 'jinja-'));
  mkdirSync(join(directory, 'templates'));
  writeFileSync(join(directory, 'templates/b.html'), 'b');
  process.chdir(directory);
  try {
    Template.initialize('templates', { templates: { 'a.html': '{% include "b.html" %}a' } });
    expect(new Template('a.html').render()).toBe('ba');
    Template.initialize(undefined, { templates: {} });
    expect(await errorOf(() => new Template('b.html'))).toMatchObject({ code: 'NOT_FOUND' });
    Template.initialize();
    expect(new Template('b.html').render()).toBe('b');
  } finally {
    process.chdir(before);
  }
});

it('keeps a promise among the globals from ending the process, and gives its error to who uses it', async () => {
  const failure = new Error('no settings');
  const globals = { settings: Promise.reject(failure) };
  const made = new Environment({ globals });
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(await made.fromString('ok').renderAsync()).toBe('ok');
  expect(await errorOf(() => made.fromString('{{ settings }}').renderAsync())).toBe(failure);
});
