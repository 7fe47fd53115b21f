import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from './options.ts';

/** The guide that notes refer to, as it is called in the project. */
const GUIDE = 'docs/migrating.md';

/** A section of the guide. */
export function guideLink(section: string): string {
  return `${GUIDE}#${section}`;
}

/**
 * The guide, or one section of it.
 *
 * @param section the name in a note, or all of what the note says: `docs/migrating.md#sessions`.
 * @throws UsageError when there is no such section.
 */
export function guideText(section?: string): string {
  const text = readGuide();
  if (section === undefined) return text;
  const wanted = section.slice(section.lastIndexOf('#') + 1);
  const sections = text.split(/^(?=## )/m).slice(1);
  const found = sections.find((each) => anchorOf(each) === wanted);
  if (found === undefined) {
    throw new UsageError(`The guide has no section ${wanted}. It has ${sections.map(anchorOf).join(', ')}.`);
  }
  return `${found.trimEnd()}\n`;
}

/** As hosts of Markdown make anchors of headings. */
function anchorOf(section: string): string {
  const heading = /^## (.+)/.exec(section)?.[1] ?? '';
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

/** It is beside what is built, and in its place in the repository. */
function readGuide(): string {
  const built = new URL('../migrating.md', import.meta.url);
  return readFileSync(existsSync(built) ? built : new URL(`../../../../${GUIDE}`, import.meta.url), 'utf8');
}
