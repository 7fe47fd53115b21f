import { expect, it } from '@jest/globals';
import { highlight } from '../src/highlight.ts';
import { html } from '../src/html.ts';
import { sources } from '../src/source.ts';

it('escapes what is put in, in text and in attributes', () => {
  const evil = `"><script>alert('&')</script>`;
  expect(html`<p title="${evil}">${evil}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>',
  );
});

it('does not escape twice, joins lists, and drops what is nothing', () => {
  const items = ['<a>', 'b'].map((item) => html`<li>${item}</li>`);
  expect(`${html`<ul>${items}</ul>${false}${null}${undefined}${0}`}`).toBe(
    '<ul><li>&lt;a&gt;</li><li>b</li></ul>0',
  );
});

it.each([...sources.keys()])('paints %s, and changes none of it', (file) => {
  const code = sources.get(file) as string;
  const plain = highlight(code)
    .text.replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
  expect(plain).toBe(code);
});

it('knows what is text, what is code in text, and what is a regular expression', () => {
  const painted = highlight(sources.get('html.ts') as string).text;
  expect(painted).toContain('<span class="comment">/** Text that is HTML already');
  expect(painted).toContain('<span class="keyword">export</span> <span class="keyword">class</span> Html');
  expect(painted).toContain('<span class="regexp">/[&amp;&lt;&gt;&quot;&#39;]/g</span>');
  const nested = highlight(sources.get('wall.ts') as string).text;
  expect(nested).toContain('<span class="string">}&lt;/label&gt;');
});
