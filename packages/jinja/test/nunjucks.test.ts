import { describe, expect, it } from '@jest/globals';
import { Environment, type EnvironmentOptions, type RenderContext } from '@microdot/jinja';
import { errorOf, join } from './collect.ts';

/** The parts of nunjucks' parser that these tags use. */
interface Parser {
  nextToken(): { value: string; lineno: number; colno: number };
  parseSignature(tolerant: boolean | null, noParens?: boolean): { children: unknown[] };
  parseExpression(): unknown;
  parseUntilBlocks(...names: string[]): unknown;
  advanceAfterBlockEnd(name?: string): void;
  skipSymbol(name: string): boolean;
}
interface Nodes {
  CallExtension: new (extension: object, method: string, args: unknown, bodies?: unknown[]) => unknown;
  CallExtensionAsync: Nodes['CallExtension'];
  NodeList: new (...args: unknown[]) => { addChild(node: unknown): void };
}

const render = (source: string, context: object = {}, options: EnvironmentOptions = {}): string =>
  new Environment(options).fromString(source).render(context);

describe("nunjucks' own features are there", () => {
  it('switch, with cases that fall through and a default', () => {
    const source =
      '{% switch x %}{% case 1 %}{% case 2 %}low{% case 3 %}three{% default %}other{% endswitch %}';
    expect([1, 2, 3, 4].map((x) => render(source, { x }))).toEqual(['low', 'low', 'three', 'other']);
    const inLoop =
      '{% for x in [1, 2, 3] %}{% switch x %}{% case 2 %}{% break %}{% default %}{{ x }}{% endswitch %}{% endfor %}';
    expect(render(inLoop, {}, { extensions: ['loopcontrols'] })).toBe('1');
  });

  it('verbatim, === and !==', () => {
    expect(render('{% verbatim %}{{ x }}{% endverbatim %}')).toBe('{{ x }}');
    expect(render('{{ 1 === 1 }} {{ 1 === true }} {{ 1 !== true }}')).toBe('True False True');
  });

  it('asyncEach, asyncAll and ifAsync, which are loops and conditions here', async () => {
    const environment = new Environment();
    const context = () => ({ items: Promise.resolve(['a', 'b']), yes: Promise.resolve(true) });
    const source =
      '{% asyncEach x in items %}{{ loop.index }}{{ x }}{% endeach %}{% asyncAll x in items %}{{ x }}{% else %}none{% endall %}{% ifAsync yes %}y{% endif %}';
    expect(await environment.fromString(source).renderAsync(context())).toBe('1a2baby');
  });

  it('filters of its own: dump, nl2br', () => {
    expect(render('{{ x|dump|safe }} {{ "a\nb"|safe|nl2br }}', { x: { a: [1] } })).toBe(
      '{"a":[1]} a<br />\nb',
    );
  });

  it('filters that get keyword arguments as an object', () => {
    const filters = {
      tag: (text: string, { name, id }: { name: string; id: number }) => `${name}#${id}:${text}`,
    };
    expect(render('{{ "x"|tag(name="p", id=5) }}', {}, { filters })).toBe('p#5:x');
  });

  it('filters that call back, now or later, and those that return a promise', async () => {
    type Callback = (error: Error | null, value?: string) => void;
    const environment = new Environment();
    environment.addFilter('now', (text: string, callback: Callback) => callback(null, `${text}!`), true);
    environment.addFilter(
      'later',
      (text: string, n: number, done: Callback) => void setTimeout(() => done(null, text.repeat(n)), 1),
      true,
    );
    environment.addFilter(
      'bad',
      (_: string, done: Callback) => void setTimeout(() => done(new Error('bad')), 1),
      true,
    );
    environment.addFilter('promised', async (text: string) => `(${text})`);
    expect(environment.fromString('{{ "a"|now|upper }}').render()).toBe('A!');
    const page = environment.fromString(
      '{% if "x"|later(2) == "xx" %}{{ "a"|later(2)|promised|now }}{% endif %}{% set q = "q"|promised %}{{ q }}{{ ["m", "n"]|map("promised")|join }}{% for x in ["m"]|map("promised") %}{{ x }}{% endfor %}',
    );
    expect(await page.renderAsync()).toBe('(aa)!(q)(m)(n)(m)');
    expect((await errorOf(() => environment.fromString('{{ "a"|bad }}').renderAsync())).message).toBe('bad');
  });

  it('functions that see the context as `this`', () => {
    const who = function (this: RenderContext): unknown {
      return `${this.lookup('user')}/${Object.keys(this.getVariables()).join()}`;
    };
    const set = function (this: RenderContext): string {
      this.setVariable('later', 'set');
      return '';
    };
    expect(
      render('{{ who() }} {{ 1|see }}', { user: 'u' }, { globals: { who }, filters: { see: who } }),
    ).toBe('u/user u/user');
    expect(render('{{ set() }}{{ later }}', {}, { globals: { set } })).toBe('set');
  });

  it('macros with keyword arguments and defaults, that are functions for JavaScript', () => {
    const apply = (f: (x: string) => { toString(): string }): string => String(f('<y>'));
    expect(
      render(
        '{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}{{ apply(m)|safe }}',
        { apply },
      ),
    ).toBe('1213&lt;y&gt;2');
  });

  it('tags of one’s own, with arguments and a body', () => {
    const shout = {
      tags: ['shout'],
      parse(parser: Parser, nodes: Nodes): unknown {
        const token = parser.nextToken();
        const args = parser.parseSignature(null, true);
        parser.advanceAfterBlockEnd(token.value);
        const body = parser.parseUntilBlocks('intermission', 'endshout');
        let rest: unknown = null;
        if (parser.skipSymbol('intermission')) {
          parser.advanceAfterBlockEnd('intermission');
          rest = parser.parseUntilBlocks('endshout');
        }
        parser.advanceAfterBlockEnd();
        return new nodes.CallExtension(shout, 'run', args, [body, rest]);
      },
      run(
        _context: RenderContext,
        mark: string,
        options: { times: number },
        body: () => string,
        rest: (() => string) | null,
      ): string {
        return `${body().toUpperCase()}${mark.repeat(options.times)}${rest ? rest() : ''}<`;
      },
    };
    const environment = new Environment().addExtension('shout', shout as object);
    expect(
      environment.fromString('{% shout "!", times=2 %}hi {{ x }}{% endshout %}').render({ x: 'y' }),
    ).toBe('HI Y!!&lt;');
    const two = environment.fromString(
      '{% for x in [1] %}{% shout "!", times=1 %}{{ x }}{% intermission %}{{ x }}{% endshout %}{% endfor %}',
    );
    expect(two.render()).toBe('1!1&lt;');
    Object.assign(shout, { autoescape: false });
    expect(environment.fromString('{% shout "!", times=0 %}{% endshout %}').render()).toBe('<');
  });

  it('tags that call back, and sources that are changed before they are read', async () => {
    const slow = {
      tags: ['slow'],
      preprocess: (source: string): string => source.replace('OLD', 'NEW'),
      parse(parser: Parser, nodes: Nodes): unknown {
        const token = parser.nextToken();
        parser.advanceAfterBlockEnd(token.value);
        const body = parser.parseUntilBlocks('endslow');
        parser.advanceAfterBlockEnd();
        return new nodes.CallExtensionAsync(slow, 'run', null, [body]);
      },
      run(
        _: RenderContext,
        body: (done: (error: unknown, text?: string) => void) => void,
        done: (error: unknown, text?: string) => void,
      ): void {
        body((error, text) => void setTimeout(() => done(error, `[${text}]`), 1));
      },
    };
    const page = new Environment({ extensions: [slow as object] }).fromString(
      'OLD{% slow %}{{ x }}{% endslow %}',
    );
    expect(await page.renderAsync({ x: Promise.resolve('late') })).toBe('NEW[late]');
    expect(await join(page.generateAsync({ x: 'now' }))).toBe('NEW[now]');
  });

  it('loaders of its kind, which say when a template has changed', () => {
    let source = 'one';
    let changed: (name: string) => void = () => {};
    const loader = {
      getSource: (name: string) => ({ src: source, path: name }),
      on(event: string, listener: (name: string) => void): void {
        if (event === 'update') changed = listener;
      },
    };
    const template = new Environment({ loaders: [loader] }).getTemplate('a');
    source = 'two';
    expect(template.render()).toBe('one');
    changed('a');
    expect(template.render()).toBe('two');
  });
});

describe('where nunjucks differs from Jinja2, Jinja2 counts', () => {
  it.each([
    ['{{ none }} {{ true }}', 'None True'],
    ['{{ [] or "empty" }}', 'empty'],
    ['{{ "a" if [] else "b" }}', 'b'],
    ['{% for k, v in {"a": 1}.items() %}{{ k }}{{ v }}{% endfor %}', 'a1'],
    ['{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}', '1'],
    ['{{ [1, 2] }}', '[1, 2]'],
    ['{{ 7 // 2 }} {{ -7 // 2 }} {{ 4 / 2 }}', '3 -4 2.0'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected);
  });
});

it('gives one tag to several environments, under whatever names', () => {
  const tag = (name: string) => ({
    tags: [name],
    parse(parser: Parser, nodes: Nodes): unknown {
      parser.advanceAfterBlockEnd(parser.nextToken().value);
      return new nodes.CallExtension(this, 'run', null);
    },
    run: () => name,
  });
  const [hello, bye] = [tag('hello'), tag('bye')];
  const one = new Environment({ extensions: [hello] });
  const two = new Environment({ extensions: [bye, hello] });
  const three = new Environment().addExtension('Greeting', hello);
  for (const environment of [one, two, three, one]) {
    expect(environment.fromString('{% hello %}').render()).toBe('hello');
  }
});
