import type { Call, Expression } from '../../python/tree.ts';
import type { Doc } from '../doc.ts';
import { type Js, js, LEVEL, object, primary, wrap } from '../js.ts';
import { type FunctionInfo, positional } from '../program.ts';
import type { Emitter } from './emitter.ts';
import { camelCase } from './names.ts';
import { namedProperty } from './properties.ts';

/** The arguments of a call of something known, each by its place or its name. */
export class Arguments {
  readonly e: Emitter;
  readonly node: Call;

  constructor(e: Emitter, node: Call) {
    this.e = e;
    this.node = node;
  }

  /** The argument itself; `undefined` where it is left out. */
  get(at: number, name?: string): Expression | undefined {
    const found = this.node.args[at];
    if (found) return found.nodeType === 'Starred' ? this.e.refuse() : found;
    return name === undefined ? undefined : this.node.keywords.find(({ arg }) => arg === name)?.value;
  }

  has(at: number, name?: string): boolean {
    return this.get(at, name) !== undefined;
  }

  value(at: number, name?: string): Js {
    const node = this.get(at, name);
    return node ? this.e.expression(node) : this.e.refuse();
  }

  present(at: number, name?: string): Js {
    const node = this.get(at, name);
    return node ? this.e.present(node) : this.e.refuse();
  }

  /** Those that are there, up to the first that is not. */
  all(...names: (string | undefined)[]): Js[] {
    const values: Js[] = [];
    for (let i = 0; i < Math.max(this.node.args.length, names.length); i++) {
      const node = this.get(i, names[i]);
      if (!node) {
        // One that is left out before others that are not.
        if (!names.slice(i + 1).some((name, j) => this.has(i + 1 + j, name))) break;
        values.push(primary('undefined'));
      } else values.push(this.e.present(node));
    }
    return values;
  }

  /** Keyword arguments as one object, under the names that they have here. */
  options(renamed: Readonly<Record<string, string>> = {}, skipped: readonly string[] = []): Js | undefined {
    const properties: Doc[] = [];
    for (const { arg, value } of this.node.keywords) {
      if (arg !== undefined && skipped.includes(arg)) continue;
      const doc = wrap(this.e.present(value), LEVEL.arrow);
      properties.push(
        arg === undefined
          ? ['...', wrap(this.e.present(value), LEVEL.unary)]
          : namedProperty(renamed[arg] ?? camelCase(arg), doc),
      );
    }
    return properties.length > 0 ? object(properties) : undefined;
  }
}

/** The arguments of a call of a function of the project, in the order in which it has its parameters here. */
export function argumentsFor(e: Emitter, info: FunctionInfo, node: Call): Js[] {
  const names = positional(info);
  const { vararg, kwarg, kwonlyargs } = info.node.args;
  const plain: (Js | undefined)[] = [];
  const rest: Js[] = [];
  for (const arg of node.args) {
    if (arg.nodeType === 'Starred' || plain.length >= names.length || rest.length > 0)
      rest.push(e.expression(arg));
    else plain.push(passed(e, arg));
  }
  const options: Doc[] = [];
  for (const { arg, value } of node.keywords) {
    if (arg === undefined) {
      if (kwarg) options.push(['...', wrap(e.expression(value), LEVEL.unary)]);
      else spreadMapping(e, value, names, plain);
    } else if (names.includes(arg)) plain[names.indexOf(arg)] = passed(e, value);
    else
      options.push(
        namedProperty(
          kwonlyargs.some((each) => each.arg === arg) ? e.names.get(arg) : arg,
          wrap(e.expression(value), LEVEL.arrow),
        ),
      );
  }
  const args = Array.from(plain, (arg) => arg ?? primary('undefined'));
  if (options.length > 0 || (vararg && rest.length > 0 && (kwarg || kwonlyargs.length > 0))) {
    while (args.length < names.length) args.push(primary('undefined'));
    args.push(object(options));
  }
  return [...args, ...rest];
}

/** A tuple or a list that is given where a variable type is wanted keeps its own. */
function passed(e: Emitter, node: Expression): Js {
  return e.expression(node);
}

/** `f(**{'a': 1})` of a function that takes no mapping: its keys are parameters. */
function spreadMapping(
  e: Emitter,
  value: Expression,
  names: readonly string[],
  plain: (Js | undefined)[],
): void {
  if (value.nodeType === 'Dict') {
    value.keys.forEach((key, i) => {
      const at = key?.nodeType === 'Constant' ? names.indexOf(String(key.value)) : -1;
      if (at < 0) e.refuse();
      plain[at] = e.expression(value.values[i] as Expression);
    });
    return;
  }
  const mapping = e.expression(value);
  if (value.nodeType !== 'Name') e.refuse();
  names.forEach((name, i) => {
    plain[i] ??= js([wrap(mapping, LEVEL.primary), `.${name}`], LEVEL.primary);
  });
}
