import { describe, expect, it } from '@jest/globals';
import { errorOf, join, template } from './collect.ts';

/** What every template here is given, and the templates that it may include, import or extend. */
const context = { title: 'T', x: 'X', y: 'Y', yes: true, no: false };
const templates = {
  inc: '<{{ x }}>',
  setting: '{% set x = "inc" %}<{{ x }}>',
  loops: '<{{ loop.index if loop is defined else "-" }}>',
  lib: '{% set x = "lib" %}{% macro m() %}({{ x }}{{ y }}){% endmacro %}',
  reader: '{% macro m() %}({{ x }}{{ z }}){% endmacro %}',
  base: '[{% block a %}A{{ x }}{% endblock %}]{% set x = "base" %}{% block b %}B{{ x }}{% endblock %}',
  caller: '{% set z = 1 %}{{ m() }}{% set z = 2 %}{{ m() }}{% set x = "base" %}{{ m() }}',
  showing: '{% set x = "base" %}{{ m() }}',
};

/**
 * A template, the text that Jinja2 3.1.2 makes of it, and the name that is undefined where that is an error: the one that is read, also
 * where Jinja names the one that the value has come from.
 */
type Row = readonly [source: string, text: string, undefinedName?: string];

const tables: Readonly<Record<string, readonly Row[]>> = {
  'a block that is captured': [
    ['{% set title %}{{ title }} - Site{% endset %}{{ title }}', ' - Site', 'title'],
    ['{{ title }}|{% set title %}{{ title }} - Site{% endset %}{{ title }}', 'T|T - Site'],
    ['{% set title = title ~ " - Site" %}{{ title }}', 'T - Site'],
    ['{% set x %}{% set x = 1 %}{{ x }}{% endset %}{{ x }}', '1'],
    ['{% set x %}{% set y = 1 %}{{ y }}{% endset %}{{ x }}{{ y }}', '1Y'],
    ['{% set x %}{{ y }}{% endset %}{% set y = 1 %}{{ x }}', '', 'y'],
    ['{% set y = 1 %}{% set x %}{{ y }}{% set y = 2 %}{{ y }}{% endset %}{{ x }}{{ y }}', '121'],
    ['{% filter upper %}{% set x = "a" %}{{ x }}{% endfilter %}{{ x }}', 'AX'],
    ['{% filter replace("a", x) %}{% set x = "b" %}a{% endfilter %}{{ x }}', 'bX'],
    ['{% filter replace("a", z) %}{% set z = "b" %}a{% endfilter %}', 'b'],
    ['{% set x | replace("a", y) %}{% set y = "b" %}a{% endset %}{{ y }}{{ x }}', 'Yb'],
  ],
  'a condition': [
    ['{% if yes %}{% set x = 1 %}{% endif %}{{ x }}', '1'],
    ['{% if no %}{% set x = 1 %}{% endif %}{{ x }}', 'X'],
    ['{% if no %}{% set x = 1 %}{% else %}{% set y = 1 %}{% endif %}{{ x }}{{ y }}', 'X1'],
    ['{% if no %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}', '2'],
    ['{% if x %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}', '1'],
    [
      '{% if no %}{% set x = 1 %}{% elif yes %}{{ x }}{% set x = 2 %}{% else %}{% set x = 3 %}{% endif %}{{ x }}',
      '2',
      'x',
    ],
    ['{% if no %}{{ x }}{% elif no %}{% set x = 2 %}{% else %}{% set x = 3 %}{% endif %}{{ x }}', '3'],
    [
      '{% if no %}{% set x = 1 %}{% elif no %}{% set x = 2 %}{% elif yes %}{{ x }}{% else %}{% set x = 3 %}{% endif %}{{ x }}',
      '',
      'x',
    ],
    [
      '{% if no %}{% set x = 1 %}{% elif no %}{% set x = 2 %}{% else %}{{ x }}{% set x = 3 %}{% endif %}{{ x }}',
      'X3',
    ],
    [
      '{% if no %}{% set x = 1 %}{% elif no %}{% set x = 2 %}{% else %}{% set y %}{{ x }}{% endset %}{% set x = 3 %}{% endif %}{{ y }}{{ x }}',
      '3',
      'x',
    ],
    ['{% if yes %}{% if no %}{% set x = 1 %}{% endif %}{% endif %}{{ x }}', 'X'],
    ['{% if yes %}{% set y %}{{ x }}{% endset %}{% endif %}{% set x = 1 %}{{ y }}', '', 'x'],
  ],
  'a loop': [
    ['{% for i in [1, 2] %}{{ x }}{% set x = i %}{{ x }}{% endfor %}{{ x }}', 'X1X2X'],
    [
      '{% for i in [1, 2] %}{% set y %}{{ x }}{% endset %}{% set x = i %}{{ y }}{{ x }}{% endfor %}{{ x }}',
      'X1X2X',
    ],
    [
      '{% for i in [1, 2] %}{% set y %}{{ x }}{% endset %}{% set x = i %}{{ y }}{{ x }}{% endfor %}',
      '12',
      'x',
    ],
    ['{% for i in [1, 2] %}{% for j in [1] %}{{ x }}{% endfor %}{% set x = i %}{% endfor %}', '', 'x'],
    ['{% for i in [1, 2] %}{% if i == 2 %}{{ x }}{% endif %}{% set x = i %}{% endfor %}', 'X'],
    ['{% for i in [1, 2] %}{{ x }}{% endfor %}{% set x = 1 %}', '', 'x'],
    ['{{ x }}{% for i in [1, 2] %}{{ x }}{% endfor %}{% set x = 1 %}', 'XXX'],
    ['{% for i in [1, 2] %}{% if i == 2 %}{% set x = i %}{% endif %}{{ x }}{% endfor %}{{ x }}', 'X2X'],
    ['{% for x in [x, y] %}{{ x }}{% endfor %}{{ x }}', 'XYX'],
    ['{% for x in [] %}{% else %}{{ x }}{% endfor %}', 'X'],
    ['{% for i in [] %}{% set x = 1 %}{% else %}{{ x }}{% set x = 2 %}{{ x }}{% endfor %}{{ x }}', 'X2X'],
    ['{% for i in [1, 2] if x == "X" %}{% set x = i %}{{ x }}{% endfor %}', '12'],
    ['{% for i in [1, 2] if loop is defined %}{{ loop.index }}{% endfor %}', ''],
    [
      '{% for i in [1, 2] %}{% for j in [5, 6] if loop.first %}{{ i }}{{ j }}{{ loop.index }} {% endfor %}{{ loop.index }}{% endfor %}',
      '151 162 12',
    ],
    ['{% for i in [1] %}{{ loop.index }}{% else %}{% endfor %}{{ loop is defined }}', '1False'],
    ['{% for i in [] %}{{ loop.index }}{% else %}{{ loop is defined }}{% endfor %}', 'False'],
    [
      '{% for i in [[1], [2]] recursive %}{{ x }}{% if i is iterable %}{{ loop(i) }}{% endif %}{% set x = 1 %}{% endfor %}{{ x }}',
      'XXXXX',
    ],
    ['{% for i in [1] %}{% macro loop() %}m{% endmacro %}{{ loop() }}{% endfor %}', 'm'],
    [
      '{% for i in [1, 2] %}{% macro m(loop) %}{{ loop }}{% endmacro %}{{ m(i) }}{{ loop is defined }}{% endfor %}',
      '1False2False',
    ],
  ],
  with: [
    ['{% with x = 1 %}{{ x }}{% endwith %}{{ x }}', '1X'],
    ['{% with x = 1, y = x %}{{ x }}{{ y }}{% endwith %}', '1X'],
    ['{% with %}{% set y %}{{ x }}{% endset %}{% set x = 1 %}{{ y }}{{ x }}{% endwith %}{{ x }}', 'X1X'],
    ['{% with %}{% set y %}{{ x }}{% endset %}{% set x = 1 %}{{ y }}{{ x }}{% endwith %}', '1', 'x'],
    ['{% with z = x %}{{ z }}{% endwith %}{% set x = 1 %}', 'X'],
    ['{% with %}{{ x }}{% endwith %}{% set x = 1 %}', '', 'x'],
    ['{% with %}{% with %}{{ x }}{% endwith %}{% set x = 1 %}{% endwith %}{{ x }}', 'XX'],
    ['{% autoescape x == "X" %}{% set x = "<" %}{{ x }}{% endautoescape %}{% set x = 1 %}', '<', 'x'],
  ],
  'a macro': [
    ['{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% set x = 1 %}{{ m() }}', '1', 'x'],
    ['{% macro m() %}{{ x }}{% endmacro %}{{ x }}{{ m() }}{% set x = 1 %}{{ m() }}', 'XX1'],
    ['{% macro m() %}{{ x }}{% set x = 1 %}{{ x }}{% endmacro %}{{ m() }}{{ m() }}{{ x }}', 'X1X1X'],
    [
      '{% macro m() %}{% set y %}{{ x }}{% endset %}{% set x = 1 %}{{ y }}{{ x }}{% endmacro %}{{ m() }}',
      '1',
      'x',
    ],
    ['{% macro m(a=x) %}{{ a }}{{ x }}{% endmacro %}{{ m() }}{{ m(1) }}', 'XX1X'],
    ['{% macro m(x=x) %}{{ x }}{% endmacro %}{{ m() }}{{ m(1) }}', '1', 'x'],
    ['{% macro m(a=b, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m() }} {{ m(1) }} {{ m(b=3) }}', '2 12 33', 'a'],
    ['{% macro m(a=1, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m() }} {{ m(5) }} {{ m(b=3) }}', '11 55 13'],
    ['{% macro m(a) %}{% set a = 1 %}{{ a }}{% endmacro %}{{ m(2) }}{{ a }}', '1', 'a'],
    ['{% macro m(a=caller) %}{{ a is defined }}{% endmacro %}{{ m() }}', 'False'],
    ['{% macro m() %}{% set caller = 1 %}{{ caller }}{% endmacro %}{{ m() }}', '1'],
    ['{% macro m(caller=none) %}{{ caller is none }}{% endmacro %}{{ m() }}{{ m.caller }}', 'TrueTrue'],
    ['{% macro m(caller) %}{% endmacro %}{{ m.arguments }}', "('caller',)"],
    [
      '{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}{{ x }}{% set x = 1 %}{{ x }}{% endcall %}{{ x }}',
      '<X1>X',
    ],
    [
      '{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}{{ x }}{% endcall %}{% set x = 1 %}',
      '<>',
      'x',
    ],
    ['{% macro m() %}<{{ caller(1) }}>{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}{{ x }}', '<1>X'],
    ['{% macro x() %}m{% endmacro %}{{ x() }}', 'm'],
    ['{% if no %}{% macro x() %}{% endmacro %}{% endif %}{{ x }}', 'X'],
    ['{% macro m() %}{% for x in [1] %}{{ varargs }}{% endfor %}{% endmacro %}{{ m(7) }}', '(7,)'],
  ],
  'a namespace': [
    [
      '{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}',
      '3',
    ],
    ['{% set ns = namespace() %}{% set ns.n = nope %}{{ ns.n is defined }}', 'False'],
  ],
  'another template': [
    ['{% include "inc" %}{% set x = 1 %}{% include "inc" %}', '<X><1>'],
    [
      '{% with %}{% include "inc" %}{% set x = 1 %}{% include "inc" %}{% endwith %}{% include "inc" %}',
      '<X><1><X>',
    ],
    ['{% with %}{% set x = nope %}{% include "inc" %}{% endwith %}', '<>', 'x'],
    ['{% with x = 1 %}{% include "setting" %}{{ x }}{% endwith %}{{ x }}', '<inc>1X'],
    ['{% include "setting" %}{{ x }}', '<inc>X'],
    ['{% with x = 1 %}{% include "inc" without context %}{% endwith %}', '<>', 'x'],
    ['{% for i in [1] %}{% include "loops" %}{% endfor %}', '<->'],
    ['{% for i in [1] %}{{ loop.last }}{% include "loops" %}{% endfor %}', 'True<1>'],
    ['{% macro m(x) %}{% include "inc" %}{% endmacro %}{{ m(1) }}{{ x }}', '<1>X'],
    ['{% from "lib" import x %}{{ x }}', 'lib'],
    ['{{ x }}{% from "lib" import x %}{{ x }}', 'Xlib'],
    ['{% if no %}{% from "lib" import x %}{% endif %}{{ x }}', 'X'],
    ['{% for i in [1] %}{% from "lib" import x %}{{ x }}{% endfor %}{{ x }}', 'libX'],
    ['{% from "lib" import nope as x %}{{ x is defined }}', 'False'],
    ['{% import "lib" as x %}{{ x.x }}{{ x.m() }}', 'lib(lib)', 'y'],
    ['{% import "lib" as l with context %}{{ l.m() }}', '(libY)'],
    ['{% with x = 1, z = 2 %}{% import "reader" as r with context %}{{ r.m() }}{% endwith %}', '(12)'],
    ['{% with %}{% import "reader" as r with context %}{% set x = 1 %}{{ r.m() }}{% endwith %}', '(X)', 'z'],
  ],
  'a block': [
    ['{% block a %}{{ x }}{% set x = 1 %}{{ x }}{% endblock %}{{ x }}', 'X1X'],
    ['{% block a %}{% set y %}{{ x }}{% endset %}{% set x = 1 %}{{ y }}{% endblock %}', '', 'x'],
    ['{% block a %}{{ x }}{% endblock %}{% set x = 1 %}{{ self.a() }}', 'X1'],
    ['{% set x = 1 %}{% block a %}{{ x }}{% endblock %}', '1'],
    [
      '{% with x = 1 %}{% block a %}{{ x }}{% endblock %}{% block b scoped %}{{ x }}{% endblock %}{% endwith %}',
      'X1',
    ],
    ['{% with %}{% block a scoped %}{{ x }}{% endblock %}{% set x = 1 %}{% endwith %}', 'X'],
    [
      '{% for i in [1, 2] %}{% block a scoped %}{{ i }}{{ loop.index }}{{ x }}{% endblock %}{% set x = i %}{% endfor %}',
      '11X22X',
    ],
    ['{% extends "base" %}{% block a %}{{ super() }}{{ x }}{% endblock %}', '[AXX]Bbase'],
    ['{% extends "base" %}{% set x = 1 %}{% block b %}{{ super() }}{% endblock %}', '[A1]Bbase'],
    [
      '{% extends "base" %}{% block b %}{% set s = super %}{{ s() }}{{ super is defined }}{% endblock %}',
      '[AX]BbaseTrue',
    ],
    ['{% block a %}{{ super is defined }}{% endblock %}', 'False'],
    ['{% extends "base" %}{% block b %}{% set super = 1 %}{{ super }}{% endblock %}', '[AX]1'],
    [
      '{% extends "base" %}{% block b %}{{ self.a() }}{% set self = 1 %}{{ self }}{% endblock %}',
      '[AX]Abase1',
    ],
    ['{% block a %}{% set self = 1 %}{{ self }}{% endblock %}{{ self is defined }}', '1True'],
    ['{% set s = self %}{{ s.a() }}{% block a %}{{ x }}{% endblock %}', 'XX'],
    ['{% extends "caller" %}{% macro m() %}{{ z }}{% endmacro %}', '122'],
    ['{% extends "caller" %}{% macro m() %}{{ x }}{% endmacro %}{% if no %}{{ x }}{% endif %}', 'XXX'],
    ['{% extends "caller" %}{% macro m() %}{{ x }}{% endmacro %}', 'XXbase'],
    ['{% extends "caller" %}{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}', '111'],
    ['{% extends "showing" %}{% set x = 1 %}{% macro m() %}{% include "inc" %}{% endmacro %}', '<1>'],
    ['{% extends "showing" %}{% macro m() %}{% include "inc" %}{% endmacro %}', '<base>'],
    [
      '{% extends "base" %}{% for i in [1, 2] recursive %}{{ i }}{% filter upper %}f{% endfilter %}{% endfor %}',
      '[AX]Bbase',
    ],
  ],
};

describe.each(Object.entries(tables))('what a name is in %s', (_, rows) => {
  it.each(rows.map(([source, text]) => [source, text]))('%s', async (source, text) => {
    const page = template(source, { autoescape: false }, templates);
    const promised = Object.fromEntries(
      Object.entries(context).map(([name, value]) => [name, Promise.resolve(value)]),
    );
    expect(page.render(context)).toBe(text);
    expect(await join(page.generate(context))).toBe(text);
    expect(await page.renderAsync(promised)).toBe(text);
    expect(await join(page.generateAsync(promised))).toBe(text);
  });

  it.each(rows.map((row) => ({ source: row[0], row })))('in strict mode: $source', async ({ row }) => {
    const [source, text, undefinedName] = row;
    const page = template(source, { autoescape: false, undefined: 'strict' }, templates);
    if (undefinedName === undefined) expect(page.render(context)).toBe(text);
    else {
      const error = await errorOf(() => page.render(context));
      expect(error).toMatchObject({ name: 'UndefinedError' });
      expect(error.message).toContain(`'${undefinedName}' is undefined`);
    }
  });
});

describe('a name that is no namespace has no attributes to set, whatever the value is', () => {
  it.each([
    '{% for i in [1] %}{% set ns.n = 1 %}{% endfor %}{% set ns = namespace() %}',
    '{% set ns.n = nope() %}',
  ])('%s', async (source) => {
    const error = await errorOf(() => template(source).render(context));
    expect(error).toMatchObject({ name: 'TemplateRuntimeError' });
    expect(error.message).toContain('cannot assign attribute on non-namespace object');
  });
});
