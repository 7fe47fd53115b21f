import { BoundTemplate } from './boundTemplate.ts';
import { Environment } from './environment.ts';
import type { TemplateOptions } from './settings.ts';

/** The environment of all `Template`s; with the defaults until `initialize` is called. */
let environment: Environment | undefined;

/**
 * A template of the application. Microdot's `Template` for utemplate.
 *
 * ```ts
 * Template.initialize('templates');
 * app.get('/', () => new Template('index.html').generate({ title: 'Home' }));
 * ```
 */
export class Template extends BoundTemplate {
  /**
   * Says where the templates are; in `templates` by default, relative to the working directory.
   *
   * @param directory several are searched in their order.
   * @throws TemplateError `INVALID_OPTION`
   */
  static initialize(
    directory: string | readonly string[] = 'templates',
    options: TemplateOptions = {},
  ): void {
    environment = new Environment({ ...options, directory });
  }

  /**
   * Loads a template, and compiles it where it has not been yet.
   *
   * @param name of its file, relative to the directory.
   * @throws TemplateError `TEMPLATE_NOT_FOUND`, `TEMPLATE_OUTSIDE`, `TEMPLATE_SYNTAX`, `UNSUPPORTED_PYTHON`
   */
  constructor(name: string) {
    environment ??= new Environment();
    super(...environment['~load'](name));
  }
}
