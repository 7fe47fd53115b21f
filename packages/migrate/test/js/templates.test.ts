import { expect, it } from '@jest/globals';
import { js, notes, source } from './migration.ts';

it('renders with a Template, in nested calls, in parts of expressions, under an alias', () => {
  const before = source`
    import { render_template as render, init_templates } from 'microdot_jinja';
    init_templates('views');
    export const page = () => render('page.html', { body: render('body.html', {}).trim() }) + render('foot.html');
  `;
  expect(js(before)).toBe(source`
    import { Template } from '@microdot/jinja';
    Template.initialize('views');
    export const page = () => new Template('page.html').render({ body: new Template('body.html').render({}).trim() }) + new Template('foot.html').render();
  `);
});

it('keeps line breaks and comments of a call', () => {
  const before = source`
    import { renderTemplate } from 'microdot_jinja';
    renderTemplate(
      'page.html',
      {
        title, // the title
      },
    );
    renderTemplate('a.html', /* nothing */ {});
    renderTemplate('a.html',);
  `;
  expect(js(before)).toBe(source`
    import { Template } from '@microdot/jinja';
    new Template('page.html').render(
      {
        title, // the title
      },
    );
    new Template('a.html').render(/* nothing */ {});
    new Template('a.html').render();
  `);
});

it('generates where utemplate gave a stream', () => {
  const before = source`
    const ut = require('microdot_utemplate')
    const render = require('microdot_utemplate').render_template
    module.exports = [ut.render_template('a', 1), render('b'), require('microdot_utemplate').renderTemplate('c', {})]
  `;
  expect(js(before, { file: 'a.cjs' })).toBe(source`
    const ut = require('@microdot/utemplate')
    const Template = require('@microdot/utemplate').Template
    module.exports = [new ut.Template('a').generate(1), new Template('b').generate(), new (require('@microdot/utemplate').Template)('c').generate({})]
  `);
});

it('finds another name for Template where that is taken', () => {
  const before = source`
    import { renderTemplate } from 'microdot_jinja';
    import { Template } from './mine.js';
    renderTemplate('a');
  `;
  expect(js(before)).toBe(source`
    import { Template as MicrodotTemplate } from '@microdot/jinja';
    import { Template } from './mine.js';
    new MicrodotTemplate('a').render();
  `);
  expect(notes(before)).toEqual([
    {
      line: 1,
      column: 10,
      message: 'Something else is called Template here: it is imported as MicrodotTemplate.',
      guide: 'templates',
    },
  ]);
});

it('notes what is no call, and keeps its import so that it fails where one sees it', () => {
  const before = source`
    import { renderTemplate } from 'microdot_jinja';
    names.map(renderTemplate);
    renderTemplate(...names);
    renderTemplate('a');
  `;
  expect(js(before)).toBe(source`
    import { renderTemplate, Template } from '@microdot/jinja';
    names.map(renderTemplate);
    renderTemplate(...names);
    new Template('a').render();
  `);
  expect(notes(before).map(({ line, column }) => [line, column])).toEqual([
    [2, 11],
    [3, 1],
  ]);
});

it('leaves a function of the same name, and one that hides the import', () => {
  const before = source`
    import { renderTemplate } from 'microdot_jinja';
    const own = (renderTemplate) => renderTemplate('a');
    export const page = renderTemplate('b');
  `;
  expect(js(before)).toBe(source`
    import { Template } from '@microdot/jinja';
    const own = (renderTemplate) => renderTemplate('a');
    export const page = new Template('b').render();
  `);
});
