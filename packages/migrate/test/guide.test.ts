import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const guide = readFileSync(new URL('../../../docs/migrating.md', import.meta.url), 'utf8');
const sources = new URL('../src/', import.meta.url);

/** As hosts of Markdown make anchors of headings. */
const anchors = [...guide.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-'),
);

function namedIn(text: string): string[] {
  const named = [...text.matchAll(/\b(?:guide: |GUIDE = |guideLink\()'([a-z-]+)'/g)].map(
    ([, name = '']) => name,
  );
  // The union that types the notes about JavaScript.
  const union = /^export type Section =([\s\S]*?);$/m.exec(text)?.[1] ?? '';
  return [...named, ...[...union.matchAll(/'([a-z-]+)'/g)].map(([, name = '']) => name)];
}

it('has a section for every note', () => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const named = new Set(
    files.flatMap((file) => namedIn(readFileSync(new URL(file.replaceAll('\\', '/'), sources), 'utf8'))),
  );
  expect(named.size).toBeGreaterThan(10);
  expect([...named].filter((name) => !anchors.includes(name))).toEqual([]);
});

it('has a section behind each of its own links', () => {
  const links = [...guide.matchAll(/\]\(#([\w-]+)\)/g)].map(([, name = '']) => name);
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((name) => !anchors.includes(name))).toEqual([]);
});
