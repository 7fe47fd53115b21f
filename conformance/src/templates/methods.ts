/** What the templates of every engine can do. */
export interface Renderable {
  render(context: object): string;
  renderAsync(context: object): Promise<string>;
  generate(context: object): Iterable<string>;
  generateAsync(context: object): AsyncIterable<string>;
}

interface Method {
  readonly name: string;
  run(template: Renderable, context: Readonly<Record<string, unknown>>): string | Promise<string>;
}

const join = async (pieces: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
};

const promised = (context: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(context).map(([name, value]) => [name, Promise.resolve(value)]));

/** The four ways to render, and the asynchronous ones with promises. All of them must give the same text. */
export const methods: readonly Method[] = [
  { name: 'render', run: (template, context) => template.render(context) },
  { name: 'renderAsync', run: (template, context) => template.renderAsync(context) },
  { name: 'generate', run: (template, context) => [...template.generate(context)].join('') },
  { name: 'generateAsync', run: (template, context) => join(template.generateAsync(context)) },
  { name: 'renderAsync of promises', run: (template, context) => template.renderAsync(promised(context)) },
  {
    name: 'generateAsync of promises',
    run: (template, context) => join(template.generateAsync(promised(context))),
  },
];
