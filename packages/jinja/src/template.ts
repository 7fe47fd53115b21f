import { checkDirectory, checkOptions } from './checkOptions.ts';
import { Environment } from './environment.ts';
import type { EnvironmentOptions } from './options.ts';
import { RenderableTemplate } from './renderableTemplate.ts';

/**
 * A template of the default environment, as in Microdot: `new Template('index.html').render({ title })`. The environment is the one
 * that `Template.initialize()` has made, and reads the directory `templates` where that was not called.
 */
export class Template extends RenderableTemplate {
  static #environment: Environment | undefined;

  /** @throws TemplateNotFound, TemplateSyntaxError */
  constructor(name: string) {
    super(Template.environment, name);
  }

  /**
   * Makes the default environment. Templates that were made before keep theirs.
   *
   * @param directory where templates are, or several places to look through; `templates` by default, and none where the options say
   * where else they come from.
   * @throws JinjaError `INVALID_OPTION`
   */
  static initialize(
    directory?: string | readonly string[] | undefined,
    options: EnvironmentOptions = {},
  ): void {
    checkOptions(options);
    if (directory !== undefined) checkDirectory(directory);
    const isElsewhere = options.templates ?? options.precompiled ?? options.loaders;
    const otherwise = isElsewhere === undefined ? 'templates' : undefined;
    Template.#environment = new Environment({ directory: directory ?? otherwise, ...options });
  }

  /** The default environment, to add filters and the like to. */
  static get environment(): Environment {
    if (!Template.#environment) Template.initialize();
    return Template.#environment as Environment;
  }
}
