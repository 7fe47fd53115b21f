import { Environment, type EnvironmentOptions, type RenderableTemplate } from '@microdot/jinja';

/** The text of all pieces. */
export async function join(pieces: AsyncIterable<string> | Iterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** The template `main.html` of an environment with these templates. */
export function template(
  source: string,
  options: EnvironmentOptions = {},
  templates: Readonly<Record<string, string>> = {},
): RenderableTemplate {
  return new Environment({ ...options, templates: { ...templates, 'main.html': source } }).getTemplate(
    'main.html',
  );
}

/** What a template makes of a context, by `render()`. */
export function render(source: string, context: object = {}, options: EnvironmentOptions = {}): string {
  return template(source, options).render(context);
}

/** The error that something throws, now or later. */
export async function errorOf(run: () => unknown): Promise<Error & { code?: string; lineno?: number }> {
  try {
    await run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
