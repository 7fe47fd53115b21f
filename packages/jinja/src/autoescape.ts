import { checkAutoescape } from './checkOptions.ts';

/** Whether the output of a template is escaped, by its name; `undefined` is the name of one that comes from a string. */
export type AutoescapeTest = (name: string | undefined) => boolean;

/** What `selectAutoescape` goes by. */
export interface SelectAutoescapeOptions {
  /** The endings of names whose output is escaped; `html`, `htm` and `xml` by default. */
  enabledExtensions?: readonly string[];
  /** The endings of names whose output is not; none by default. */
  disabledExtensions?: readonly string[];
  /** For templates from strings; true by default. */
  defaultForString?: boolean;
  /** For all others; false by default. */
  default?: boolean;
}

/**
 * Escapes by the ending of a template's name, as Jinja's `select_autoescape()` does. It is the default.
 *
 * @throws JinjaError `INVALID_OPTION`
 */
export function selectAutoescape(options: SelectAutoescapeOptions = {}): AutoescapeTest {
  checkAutoescape(options);
  const {
    enabledExtensions = ['html', 'htm', 'xml'],
    disabledExtensions = [],
    defaultForString = true,
    default: otherwise = false,
  } = options;
  const normalize = (extensions: readonly string[]): string[] =>
    extensions.map((extension) => `.${extension.replace(/^\./, '').toLowerCase()}`);
  const [enabled, disabled] = [normalize(enabledExtensions), normalize(disabledExtensions)];
  return (name) => {
    if (name === undefined) return defaultForString;
    const lower = name.toLowerCase();
    if (enabled.some((extension) => lower.endsWith(extension))) return true;
    return disabled.some((extension) => lower.endsWith(extension)) ? false : otherwise;
  };
}
