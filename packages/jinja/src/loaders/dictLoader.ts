import { checkTemplates } from '../checkOptions.ts';
import type { LoadedSource, Loader } from '../nunjucks.ts';

/** Templates from memory, by their names. What is changed in the object is seen at the next rendering. */
export class DictLoader implements Loader {
  readonly #templates: Readonly<Record<string, string>>;

  /** @throws JinjaError `INVALID_OPTION` */
  constructor(templates: Readonly<Record<string, string>>) {
    checkTemplates('templates', templates);
    this.#templates = templates;
  }

  getSource(name: string): (LoadedSource & { isCurrent(): boolean }) | null {
    if (!Object.hasOwn(this.#templates, name)) return null;
    const src = this.#templates[name] as string;
    return { src, path: name, isCurrent: () => this.#templates[name] === src };
  }
}
