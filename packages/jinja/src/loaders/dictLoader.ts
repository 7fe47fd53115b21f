import { checkTemplates, checkText } from '../checkOptions.ts';
import type { LoadedSource, Loader } from '../nunjucks.ts';

/** Templates from memory, by their names. What is changed in the object is seen at the next rendering. */
export class DictLoader implements Loader {
  readonly #templates: Readonly<Record<string, string>>;

  /** @throws JinjaError `INVALID_OPTION` */
  constructor(templates: Readonly<Record<string, string>>) {
    checkTemplates('templates', templates);
    this.#templates = templates;
  }

  /** Whether there is a template of the name: then it comes before one of another loader. */
  '~has'(name: string): boolean {
    return Object.hasOwn(this.#templates, name);
  }

  getSource(name: string): (LoadedSource & { isCurrent(): boolean }) | null {
    if (!Object.hasOwn(this.#templates, name)) return null;
    const src = this.#templates[name] as string;
    checkText(`the template '${name}'`, src);
    return { src, path: name, isCurrent: () => this.#templates[name] === src };
  }
}
