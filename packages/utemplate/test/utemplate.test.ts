import { describe, expect, it } from '@jest/globals';
import { SafeString } from '@microdot/utemplate';
import { environment, errorOf, rendered, renderedWith } from './rendering.ts';

describe('escaping', () => {
  const html = `<b class="x">Tom & 'Jerry'</b>`;
  const escaped = '&lt;b class=&quot;x&quot;&gt;Tom &amp; &#39;Jerry&#39;&lt;/b&gt;';

  it('makes what is printed harmless, and leaves text alone', async () => {
    expect(await rendered('{% args x %}<i>{{ x }}</i>', html)).toBe(`<i>${escaped}</i>`);
    expect(await rendered('{% args x %}{% for y in x %}<i>{{ y }}</i>{% endfor %}', [html])).toBe(
      `<i>${escaped}</i>`,
    );
    expect(await rendered('{% args x %}{{ x }}', [html])).toContain('&lt;b');
    expect(await rendered('{{ "<" }}')).toBe('&lt;');
  });

  it('is turned off for an environment, or left out for text that is safe', async () => {
    expect(await renderedWith({ autoescape: false }, '{% args x %}{{ x }}', html)).toBe(html);
    expect(await rendered('{% args x %}{{ safe(x) }}', html)).toBe(html);
    const template = environment({}).fromString('{% args x %}{{ x }}{% for y in [x] %}{{ y }}{% endfor %}');
    expect(template.render(new SafeString(html))).toBe(html + html);
  });

  it.each([
    ["{{ safe('<b>') + x }}", '<b>&lt;i&gt;'],
    ["{{ x + safe('<b>') }}", '&lt;i&gt;<b>'],
    ["{{ safe('<b>%s</b>') % x }}", '<b>&lt;i&gt;</b>'],
    ["{{ safe('<b>{}</b>').format(x) }}", '<b>&lt;i&gt;</b>'],
    ["{{ safe('<br>').join([x, safe('<hr>')]) }}", '&lt;i&gt;<br><hr>'],
    ["{{ safe('<b>').upper() }}", '&lt;B&gt;'],
    ['{{ escape(x) }}', '&lt;i&gt;'],
    ['{{ escape(safe(x)) }}', '<i>'],
    ["{{ f'{safe(x)}' }}", '&lt;i&gt;'],
  ])('safe text stays safe as long as nothing unsafe is in it: %s', async (source, text) => {
    expect(await rendered(`{% args x %}${source}`, '<i>')).toBe(text);
  });
});

describe('arguments', () => {
  it('come in order, and by name in an object behind them', async () => {
    const source = "{% args a, b=2, *rest, c='z', **more %}{{ a }} {{ b }} {{ rest }} {{ c }} {{ more }}";
    const run = (...args: unknown[]): Promise<string> => renderedWith({ autoescape: false }, source, ...args);
    expect(await run(1)).toBe('1 2 () z {}');
    expect(await run(1, 5, 6, 7, { c: 'q', d: 0 })).toBe("1 5 (6, 7) q {'d': 0}");
    expect(await run({ a: 1 })).toBe('1 2 () z {}');
  });

  it('a template without {% args %} takes any, as a and d', async () => {
    expect(await renderedWith({ autoescape: false }, '{{ a }} {{ d }}', 1, { x: 2 })).toBe("(1,) {'x': 2}");
  });

  it.each([
    [[], 'is missing 2 required positional arguments: '],
    [[1, 2, 3], 'takes 2 positional arguments but 3 were given'],
    [[1, { a: 1 }], "got multiple values for argument 'a'"],
    [[1, 2, { z: 1 }], "got an unexpected keyword argument 'z'"],
  ])('that do not fit end in a TypeError: %j', async (args, message) => {
    const error = await errorOf(() => rendered('{% args a, b %}', ...args));
    expect(error).toMatchObject({ name: 'TypeError', code: 'PYTHON_ERROR', templateName: 'main', line: 1 });
    expect(error.message).toContain(message);
  });

  it('an object that is an argument itself is followed by {}, and the error says so', async () => {
    const source = "{% args user %}{{ user['name'] }}";
    expect(await rendered(source, { name: 'Ida' }, {})).toBe('Ida');
    expect((await errorOf(() => rendered(source, { name: 'Ida' }))).message).toContain('{}');
  });

  it('a default is computed anew for every page', async () => {
    const template = environment({}).fromString('{% args l=[] %}{% set l.append(1) %}{{ l }}');
    expect([template.render(), template.render()]).toEqual(['[1]', '[1]']);
  });

  it('{% args %} behind anything else is refused', async () => {
    expect(await errorOf(() => rendered('\n{% args x %}'))).toMatchObject({
      code: 'TEMPLATE_SYNTAX',
      line: 2,
      column: 4,
    });
  });
});

describe('globals', () => {
  it('are known everywhere, and stand behind what a template has itself', async () => {
    const options = { globals: { site: 'S', len: (x: string) => `${x}!` } };
    expect(await renderedWith(options, "{{ site }} {{ len('a') }}")).toBe('S a!');
    expect(await renderedWith(options, '{% args site %}{{ site }}', 'mine')).toBe('mine');
  });
});

describe('include', () => {
  const run = (templates: Record<string, string>, ...args: unknown[]): string =>
    environment(templates)
      .getTemplate('main.tpl')
      .render(...args);

  it('gives the arguments that are written behind the name', () => {
    const row = '{% args n, label="-" %}[{{ n }}{{ label }}]';
    const main =
      "{% for i in range(2) %}{% include 'row.tpl' i, label='x' %}{% endfor %}{% include \"row.tpl\" 9 %}";
    expect(run({ 'main.tpl': main, 'row.tpl': row })).toBe('[0x][1x][9-]');
  });

  it('without arguments it sees the names around it, at any depth', () => {
    const templates = {
      'main.tpl': "{% args title %}{% set n = 1 %}{% include 'a.tpl' %}",
      'a.tpl': "{{ title }}{% set n2 = n + 1 %}{% include 'b.tpl' %}",
      'b.tpl': '{{ title }}{{ n }}{{ n2 }}{{ len("abc") }}',
    };
    expect(run(templates, 'T')).toBe('TT123');
  });

  it('a name in {{ }} is looked up when it is rendered, and that template sees nothing around it', async () => {
    const main = '{% args page %}{% include {{ page }} 1, 2 %}';
    expect(run({ 'main.tpl': main, 'p.tpl': '{% args a, b %}{{ a + b }}' }, 'p.tpl')).toBe('3');
    const error = await errorOf(() =>
      run({ 'main.tpl': main, 'p.tpl': '{% args a, b %}{{ page }}' }, 'p.tpl'),
    );
    expect(error).toMatchObject({ name: 'NameError', templateName: 'p.tpl' });
    expect(await errorOf(() => run({ 'main.tpl': main }, 5))).toMatchObject({ code: 'TEMPLATE_NOT_FOUND' });
  });

  it('templates may include each other, as trees do', () => {
    const node =
      "{% args node %}{{ node['name'] }}{% if node['children'] %}({% for c in node['children'] %}{% include 'main.tpl' c %}{% endfor %}){% endif %}";
    const leaf = (name: string): object => ({ name, children: [] });
    const tree = { name: 'a', children: [{ name: 'b', children: [leaf('c')] }, leaf('d')] };
    expect(run({ 'main.tpl': node }, tree, {})).toBe('a(b(c)d)');
  });
});

describe('statements', () => {
  it('blocks that are never closed end with the template', async () => {
    expect(await rendered('{% for i in [1, 2] %}{% if i > 1 %}{{ i }}')).toBe('2');
  });

  it('a block may be empty', async () => {
    expect(await rendered('{% if 1 %}{% else %}{% endif %}{% for i in [1] %}{% endfor %}x')).toBe('x');
  });

  it('a backslash in text begins an escape, as in Python', async () => {
    expect(await rendered('a\\tb \\\\ \\d "\\x41"')).toBe('a\tb \\ \\d "A"');
    expect(await errorOf(() => rendered('text\n x\\u12'))).toMatchObject({
      code: 'TEMPLATE_SYNTAX',
      line: 2,
      column: 3,
    });
  });

  it('CRLF is read as LF', async () => {
    expect(await rendered('{% if 1 %}\r\nx\r\n{% endif %}\r\ny\rz')).toBe('x\ny\nz');
  });
});
