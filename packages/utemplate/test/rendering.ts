import { Environment, type EnvironmentOptions, type TemplateError } from '@microdot/utemplate';

/** Templates in memory, and no others. */
export function environment(
  templates: Readonly<Record<string, string>>,
  options: EnvironmentOptions = {},
): Environment {
  return new Environment({ directory: 'there-is-none', templates, ...options });
}

/** The text of a template in utemplate's syntax, which all four methods agree on. */
export async function rendered(source: string, ...args: unknown[]): Promise<string> {
  return await renderedWith({}, source, ...args);
}

export async function renderedWith(
  options: EnvironmentOptions,
  source: string,
  ...args: unknown[]
): Promise<string> {
  const template = environment({}, options).fromString(source, { name: 'main' });
  const copy = (): unknown[] => args.map((arg) => structuredClone(arg));
  const text = template.render(...copy());
  const others = [
    [...template.generate(...copy())].join(''),
    await template.renderAsync(...copy()),
    await joined(template.generateAsync(...copy())),
  ];
  for (const other of others) {
    if (other !== text) throw new Error(`${JSON.stringify(other)} is not ${JSON.stringify(text)}`);
  }
  return text;
}

export async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** What a function throws, or what it returns a promise of rejects with. */
export async function errorOf(run: () => unknown): Promise<TemplateError> {
  try {
    await run();
  } catch (error) {
    return error as TemplateError;
  }
  throw new Error('there was no error');
}

/** A promise, and what settles it. */
export function deferred<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
