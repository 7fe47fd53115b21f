import type { Eta } from 'eta/core';
import { TemplateError } from '../errors.ts';

/** A tag of a template, as eta has parsed it, or text, which has been escaped for a string in single quotes. */
export type Tag = string | { readonly t: string; readonly val: string };

/** A template as eta parses it. */
export interface ParsedTemplate {
  readonly tags: readonly (string | PlacedTag)[];
  /** The text once plugins have been at it, which is what errors are in. */
  readonly source: string;
}

export interface PlacedTag {
  /** `e` for code, `i` for what is escaped, `r` for what is not, or the prefix of a custom tag. */
  readonly type: string;
  readonly code: string;
  /** Where the code is; -1 where a plugin has made it. */
  readonly offset: number;
}

/**
 * Has eta parse a template, and finds out where its tags are, which it does not say.
 *
 * @throws TemplateError `TEMPLATE_SYNTAX`
 */
export function parseTags(eta: Eta, templateName: string, text: string): ParsedTemplate {
  let source = text;
  const seen = { processTemplate: (processed: string) => (source = processed) };
  const config = { ...eta.config, plugins: [...eta.config.plugins, seen] };
  const tags = parse(eta, config, templateName, text, () => source);
  return { tags: place(tags, source, config.tags[0]), source };
}

function parse(
  eta: Eta,
  config: Eta['config'],
  templateName: string,
  text: string,
  source: () => string,
): Tag[] {
  try {
    return eta.parse.call({ ...eta, config } as Eta, text);
  } catch (error) {
    const { message } = error as Error;
    const [, what, line, column] = /^(.*) at line (\d+) col (\d+):/s.exec(message) ?? [];
    if (what === undefined) throw error;
    const place = { templateName, line: Number(line), column: Number(column), source: source() };
    throw new TemplateError('TEMPLATE_SYNTAX', what, place, { cause: error });
  }
}

function place(tags: readonly Tag[], source: string, open: string): (string | PlacedTag)[] {
  let at = 0;
  return tags.map((tag) => {
    if (typeof tag === 'string') return tag;
    const { t: type, val: code } = tag;
    const tagStart = source.indexOf(open, at);
    const offset = tagStart === -1 ? -1 : source.indexOf(code, tagStart + open.length);
    if (offset !== -1) at = offset + code.length;
    return { type, code, offset };
  });
}
