/** The guide that notes refer to, as it is called in the project. */
export const GUIDE = 'docs/migrating.md';

/** A section of the guide. */
export function guideLink(section: string): string {
  return `${GUIDE}#${section}`;
}
