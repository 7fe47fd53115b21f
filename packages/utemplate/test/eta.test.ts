import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Environment, type EnvironmentOptions, SafeString } from '@microdot/utemplate';
import { Eta } from 'eta';
import { environment, errorOf, joined } from './rendering.ts';

type Templates = Readonly<Record<string, string>>;

/** The text of a template, which all four methods agree on. */
async function page(
  templates: Templates,
  data: object = {},
  options: EnvironmentOptions = {},
): Promise<string> {
  const template = environment(templates, options).getTemplate('@main');
  const text = template.render(data);
  expect([...template.generate(data)].join('')).toBe(text);
  expect(await template.renderAsync(data)).toBe(text);
  expect(await joined(template.generateAsync(data))).toBe(text);
  return text;
}

/** The text of a template that waits. */
async function pageAsync(templates: Templates, data: object = {}): Promise<string> {
  const template = environment(templates).getTemplate('@main');
  const text = await template.renderAsync(data);
  expect(await joined(template.generateAsync(data))).toBe(text);
  return text;
}

/** What eta itself makes of it. */
function etas(templates: Templates, data: object, options: EnvironmentOptions['eta'] = {}): string {
  const eta = new Eta({ ...options });
  for (const [name, text] of Object.entries(templates)) eta.loadTemplate(name, text);
  return eta.render('@main', data);
}

describe('what eta renders is rendered', () => {
  const data = { name: '<Ida>', items: [1, 2, 3], on: true, off: false, raw: '<b>', none: undefined };

  it.each([
    ['interpolation', '<%= it.name %> <%~ it.raw %> <%= it.none %> <%= 1 + 1 %> <%= `t` + it.name %>'],
    [
      'code',
      '<% const n = it.items.length; let s = 0; for (const i of it.items) s += i; %><%= n %>:<%= s %>',
    ],
    [
      'loops',
      '<% for (let i = 0; i < 3; i++) { %>[<%= i %>]<% } %><% let n = 3; while (n--) { %><%= n %><% } %><% do { %>once<% } while (false) %>',
    ],
    ['loops without braces', '<% for (const i of it.items) %>x<%~ 1 %><% if (it.on) %>y<% else %>z'],
    ['loops over keys', '<% for (const k in { a: 1, b: 2 }) { %><%= k %><% } %>'],
    [
      'continue and break',
      '<% for (const i of it.items) { if (i === 2) continue; %><%= i %><% } %><% for (;;) { %>x<% break; } %>',
    ],
    ['callbacks', '<% it.items.forEach(item => { %><li><%= item %></li>\n<% }) %>end'],
    ['conditions', '<% if (it.off) { %>a<% } else if (it.on) { %>b<% } else { %>c<% } %>'],
    ['switch', '<% switch (it.items.length) { case 3: %>three<% break; default: %>other<% } %>'],
    ['functions', '<% function row(x) { %><i><%= x %></i><% } row(1); row("<"); %>'],
    ['classes', '<% class A { x = 1; get y() { return 2; } } %><%= new A().x + new A().y %>'],
    ['strings with tags in them', '<%= "%>" %><%= \'<%\' %><% /* %> */ %>x<%= `%>` %>'],
    ['quotes and backslashes', `'a' "b" \\n \\\\ \${x} \``],
    ['line breaks', 'a\n<% if (it.on) { %>\nb\n<% } %>\nc\r\nd\n<%= 1 %>\ne'],
    ['whitespace control', 'a \n <%- if (true) { _%> \n b \n <%_ } -%> \n c <%_= 1 -%>\n d'],
    ['output()', '<% output("x"); output(5) %>'],
    ['capture()', '<% const c = capture(() => { %>in <%= it.name %><% }) %>[<%~ c %>|<%~ c %>]'],
    ['raw output of null and numbers', '<%~ null %><%~ 5 %><%~ undefined %>'],
    ['try', '<% try { %>a<% throw new Error("x"); } catch (e) { %><%= e.message %><% } finally { %>z<% } %>'],
    [
      'labels',
      '<% outer: for (const a of it.items) { for (const b of it.items) { if (b === 2) continue outer; %><%= a %><%= b %> <% } } %>',
    ],
    ['a semicolon behind a value', '<%~ it.name; %>'],
    ['comments', 'a<% // nothing %>\nb<%/* nothing */%>c<%= 1 /* one */ %>'],
    [
      'async and generator functions',
      '<% const f = async () => { await 1; }; function* g() { yield 1; } %><%= [...g()] %>',
    ],
  ])('%s', async (_, source) => {
    expect(await page({ '@main': source }, data)).toBe(etas({ '@main': source }, data));
  });

  it.each([
    [
      'include',
      {
        '@main': 'a<%~ include("@row", { n: 1 }) %>b<%~ include("@row") %>',
        '@row': '[<%= it.n %><%= it.name %>]',
      },
    ],
    [
      'include in an expression',
      {
        '@main': '<%~ include("@row").toUpperCase() %><% const s = include("@row") %><%= s %>',
        '@row': 'x<b>',
      },
    ],
    [
      'include in a callback',
      {
        '@main': '<% it.items.forEach((n) => { %><%~ include("@row", { n }) %><% }) %>',
        '@row': '[<%= it.n %>]',
      },
    ],
    [
      'layout',
      {
        '@main': '<% layout("@page", { title: "T" }) %>body <%= it.name %>',
        '@page': '<h1><%= it.title %></h1><%~ it.body %>.',
      },
    ],
    ['layout at the end', { '@main': 'body<% layout("@page") %>', '@page': '[<%~ it.body %>]' }],
    [
      'layout in a condition',
      { '@main': '<% if (it.on) layout("@page") %>body', '@page': '[<%~ it.body %>]' },
    ],
    [
      'two layouts, of which the last holds',
      {
        '@main': '<% layout("@a") %>body<% layout("@b") %>',
        '@a': 'a<%~ it.body %>',
        '@b': 'b<%~ it.body %>',
      },
    ],
    [
      'layout in layout',
      {
        '@main': '<% layout("@inner") %>body',
        '@inner': '<% layout("@outer") %>(<%~ it.body %>)',
        '@outer': '[<%~ it.body %>]',
      },
    ],
    [
      'layout with an include',
      {
        '@main': '<% layout("@page") %>body',
        '@page': '<%~ include("@nav", { on: 1 }) %><%~ it.body %>',
        '@nav': '<nav><%= it.name %></nav>',
      },
    ],
    [
      'a body in an include of the layout',
      {
        '@main': '<% layout("@page") %>body',
        '@page': '<%~ include("@shell") %>',
        '@shell': '<div><%~ it.body %></div>',
      },
    ],
    [
      'a body that is looked at',
      {
        '@main': '<% layout("@page") %>body',
        '@page': '<% if (it.body.length > 3) { %>long: <%~ it.body %><% } %>',
      },
    ],
    [
      'a body that is printed twice',
      { '@main': '<% layout("@page") %>body', '@page': '<%~ it.body %><% const b = it.body %><%~ b %>' },
    ],
    ['a body that is escaped', { '@main': '<% layout("@page") %><b>', '@page': '<%= it.body %>' }],
    [
      'blocks',
      {
        '@main': '<% layout("@page") %>body<% block("head", () => { %><title><%= it.name %></title><% }) %>',
        '@page': '<%~ block("head") %>|<%~ it.body %>|<%~ block("foot", () => { %>default<% }) %>',
      },
    ],
  ])('%s', async (_, templates) => {
    expect(await page(templates, data)).toBe(etas(templates, data));
  });

  it.each<[option: string, source: string, eta: NonNullable<EnvironmentOptions['eta']>]>([
    ['tags', '{{= it.name }}{{ if (it.on) { }}y{{ } }}', { tags: ['{{', '}}'] as [string, string] }],
    [
      'prefixes',
      '<%? const x = 1 %><%! x %><%* it.raw %>',
      { parse: { exec: '?', interpolate: '!', raw: '*' } },
    ],
    ['varName', '<%= data.name %><% layout("@page") %>', { varName: 'data' }],
    ['useWith', '<%= name %><% for (const i of items) { %><%= i %><% } %>', { useWith: true }],
    ['autoEscape', '<%= it.name %>', { autoEscape: false }],
    [
      'autoFilter',
      '<%= it.name %><%~ it.name %><%~ include("@page") %>',
      { autoFilter: true, filterFunction: (v: unknown) => `[${v}]` },
    ],
    ['escapeFunction', '<%= it.name %>', { escapeFunction: (v: unknown) => `{${v}}` }],
    ['autoTrim', 'a \n <% 1 %> \n b', { autoTrim: ['slurp', 'nl'] as ['slurp', 'nl'] }],
    ['autoTrim off', 'a\n<% 1 %>\nb', { autoTrim: false as const }],
    ['rmWhitespace', '  a\n\n\n   b <%= 1 %>\n', { rmWhitespace: true }],
    ['outputFunctionName', '<% print("x") %>', { outputFunctionName: 'print' }],
    ['functionHeader', '<%= upper(it.name) %>', { functionHeader: 'const upper = (s) => s.toUpperCase();' }],
    [
      'customTags',
      '<%# it is ignored %><%@ x %>',
      {
        customTags: {
          '#': () => '',
          '@': (content: string, it: unknown) => content + Object.keys(it as object).length,
        },
      },
    ],
    [
      'plugins',
      'A <%= it.name %>',
      {
        plugins: [
          { processTemplate: (text: string) => text.replace('A', 'B') },
          { processAST: (tags) => [...tags, '!'] },
          { processFnString: (code: string) => `/* seen */ ${code}` },
        ],
      },
    ],
  ])('with its option %s', async (_, source, eta) => {
    const templates = { '@main': source, '@page': 'p' };
    expect(await page(templates, data, { eta })).toBe(etas(templates, data, eta));
  });

  it('await, in all places that it can be', async () => {
    const later = async (value: unknown): Promise<unknown> => value;
    async function* rows(): AsyncIterable<number> {
      yield 1;
      yield 2;
    }
    const templates = {
      '@main': `<% const a = await it.later('a') %><%= a %><%= await it.later('<') %><%~ await it.later('<b>') %>
<% for await (const row of it.rows()) { %>[<%= row %>]<% } %>
<% for (const x of await it.later([1, 2])) { %><%= x %><% if (x === 1) continue; %>!<% } %>
<% if (await it.later(true)) { %>yes<% } %>
<%~ await includeAsync('@row', { n: 1 }) %><%~ include('@row', { n: 2 }) %><%~ includeAsync('@row', { n: 3 }) %>
<% const s = await includeAsync('@row', { n: 4 }) %><%= s %>
<% const c = await captureAsync(async () => { %>(<%= await it.later(1) %>)<% }) %><%~ c %>
<% await Promise.all([1, 2].map(async (x) => { await 0; })) %>`,
      '@row': `r<%= await it.later(it.n) %>`,
    };
    const eta = new Eta();
    for (const [name, text] of Object.entries(templates)) eta.loadTemplate(name, text, { async: true });
    // Eta renders what is included without await synchronously, which fails: this waits.
    const expected = 'a&lt;<b>[1][2]12!yesr1r2r3r4(1)';
    expect(await pageAsync(templates, { later, rows })).toBe(expected);
    eta.loadTemplate(
      '@main',
      `${templates['@main']}`.replace(
        `<%~ include('@row', { n: 2 }) %><%~ includeAsync('@row', { n: 3 }) %>`,
        'r2r3<% 0 %>',
      ),
      { async: true },
    );
    expect(await eta.renderAsync('@main', { later, rows })).toBe(expected);
  });

  it('layouts and blocks that wait', async () => {
    const templates = {
      '@main': `<% layout('@page') %><%= await it.x %><% await blockAsync('b', async () => { %>B<%= await it.x %><% }) %>`,
      '@page': `<%~ await blockAsync('b') %>|<%~ it.body %>|<%~ await blockAsync('c', async () => { %>C<%= await it.x %><% }) %>`,
    };
    expect(await pageAsync(templates, { x: Promise.resolve(1) })).toBe('B1|1|C1');
  });
});

describe('beyond eta', () => {
  it('a promise that is printed is waited for', async () => {
    const templates = { '@main': '<%= it.a %><%~ it.b %><% for (const x of [1]) { %><%= it.a %><% } %>' };
    expect(await pageAsync(templates, { a: Promise.resolve('<'), b: Promise.resolve('<b>') })).toBe(
      '&lt;<b>&lt;',
    );
  });

  it('a promise that is printed is waited for in a template with await, too', async () => {
    const templates = { '@main': 'a<%= await it.a %><%= it.b %><%~ it.c %>' };
    const data = { a: Promise.resolve(1), b: Promise.resolve('<'), c: Promise.resolve('<b>') };
    expect(await pageAsync(templates, data)).toBe('a1&lt;<b>');
  });

  it('a promise in a callback fails, as nothing waits there', async () => {
    const template = environment({ '@main': '<% [1].forEach(() => { %><%= it.a %><% }) %>' }).getTemplate(
      '@main',
    );
    expect(await errorOf(() => template.renderAsync({ a: Promise.resolve(1) }))).toMatchObject({
      code: 'PROMISE',
      line: 1,
    });
  });

  it('safe text is not escaped, and globals are properties of it', async () => {
    const options = { globals: { site: 'S', name: 'other' } };
    expect(await page({ '@main': '<%= it.x %><%= it.site %><%= it.name %>' }, { name: 'n' }, options)).toBe(
      'undefinedSn',
    );
    const template = environment({ '@main': '<%= it.x %>' }).getTemplate('@main');
    expect(template.render({ x: new SafeString('<b>') })).toBe('<b>');
  });

  it('debug shows where an error was, as eta does', async () => {
    const template = environment(
      { '@main': 'one\n<% it.x.y %>\nthree' },
      { eta: { debug: true } },
    ).getTemplate('@main');
    const error = await errorOf(() => template.render({}));
    expect(error.message).toContain('@main:2\n    1| one\n >> 2| <% it.x.y %>\n    3| three');
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it('the syntaxes include each other', async () => {
    const templates = {
      '@main': '<%~ include("row.tpl", { n: 1 }) %>',
      'row.tpl': '{% args n, **more %}[{{ n }}{% include "cell.eta" n=n %}]',
      'cell.eta': '(<%= it.n %>)',
    };
    expect(await page(templates)).toBe('[1(1)]');
  });
});

describe('files', () => {
  it('are found relative to each other, with .eta where there is no ending', () => {
    const directory = mkdtempSync(join(tmpdir(), 'eta-'));
    try {
      mkdirSync(join(directory, 'sub'));
      const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);
      write('main.eta', '<% layout("layouts") %><%~ include("./sub/a") %>');
      write('layouts.eta', '[<%~ it.body %>]');
      write('sub/a.eta', 'a<%~ include("b") %><%~ include("../c") %><%~ include("/c.eta") %>');
      write('sub/b.eta', 'b');
      write('c.eta', 'c');
      const env = new Environment({ directory, syntax: 'eta' });
      expect(env.getTemplate('main').render()).toBe('[abcc]');
      expect(env.getTemplate('main').render()).toBe(new Eta({ views: directory }).render('main', {}));
      expect(new Environment({ directory }).getTemplate('sub/a.eta').render()).toBe('abcc');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
