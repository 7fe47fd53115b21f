import type { Untyped } from './untyped.ts';

interface ArgumentOptions {
  default?: Untyped;
  type?: (text: string) => unknown;
  action?: string;
  dest?: string;
  required?: boolean;
  help?: string;
}

/** Python's `argparse.ArgumentParser`: options with a value, flags, and arguments by their places. */
export class ArgumentParser {
  readonly #known: { names: string[]; key: string; options: ArgumentOptions }[] = [];

  addArgument(names: string[], options: ArgumentOptions = {}): void {
    const long = names.find((name) => name.startsWith('--')) ?? (names[0] as string);
    const key = options.dest ?? long.replace(/^-+/, '').replaceAll('-', '_');
    this.#known.push({
      names,
      key: key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      options,
    });
  }

  parseArgs(given: readonly string[] = process.argv.slice(2)): Untyped {
    const result: Record<string, unknown> = {};
    const isFlag = ({ action }: ArgumentOptions) => /^store_(true|false)$/.test(action ?? '');
    for (const { key, options } of this.#known)
      result[key] = options.default ?? (isFlag(options) ? options.action === 'store_false' : null);
    const places = this.#known.filter(({ names }) => !names[0]?.startsWith('-'));
    for (let i = 0; i < given.length; i++) {
      const [name, inline] = (given[i] as string).split(/=(.*)/s) as [string, string?];
      const found = name.startsWith('-')
        ? this.#known.find(({ names }) => names.includes(name))
        : places.shift();
      if (!found) this.#fail(`unrecognized arguments: ${given[i]}`);
      const { key, options } = found;
      if (name.startsWith('-') && isFlag(options)) result[key] = options.action === 'store_true';
      else {
        const text = name.startsWith('-') ? (inline ?? given[++i]) : given[i];
        if (text === undefined) this.#fail(`argument ${name}: expected one argument`);
        result[key] = options.type ? options.type(text) : text;
      }
    }
    return result;
  }

  #fail(message: string): never {
    console.error(`error: ${message}`);
    process.exit(2);
  }
}
