import { JinjaError } from './errors.ts';

/**
 * Of the code of templates, and of what it calls. It is raised when code that was written before would mean something else, or fail:
 * precompiled templates of an older release are refused then.
 */
const FORMAT = 1;

/** What the code of a template depends on. */
export interface Settings {
  readonly format: number;
  readonly autoescape: boolean;
  readonly undefined: string;
  readonly newStyleGettext: boolean;
  readonly maxIterations: boolean;
  readonly maxOutput: boolean;
}

export function settingsOf(settings: Omit<Settings, 'format'>): Settings {
  return { format: FORMAT, ...settings };
}

/**
 * Code that was written with other settings would leave out what these ask for, such as escaping.
 *
 * @throws JinjaError `INVALID_OPTION`
 */
export function checkSettings(name: string, made: Partial<Settings> | undefined, wanted: Settings): void {
  if (made?.format !== FORMAT) {
    throw new JinjaError(
      'INVALID_OPTION',
      `the template '${name}' was precompiled by another version of @microdot/jinja: precompile it again`,
    );
  }
  for (const key of Object.keys(wanted) as (keyof Settings)[]) {
    if (made[key] === wanted[key]) continue;
    throw new JinjaError(
      'INVALID_OPTION',
      `the template '${name}' was precompiled with another option ${key}: precompile it with the options that it is used with`,
    );
  }
}
