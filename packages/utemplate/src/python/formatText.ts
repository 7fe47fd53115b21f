import { PythonError } from '../errors.ts';
import { format } from './format.ts';
import { item } from './items.ts';
import { ascii, repr, str } from './text.ts';

/**
 * What `text.format(...)` gives.
 *
 * @param attribute what looks up an attribute, for fields such as `{user.name}`.
 * @throws PythonError `IndexError`, `KeyError`, `ValueError`
 */
export function formatText(
  text: string,
  args: readonly unknown[],
  named: unknown,
  attribute: (object: unknown, name: string) => unknown,
): string {
  let next = 0;
  const field = (body: string): string => {
    const [, path = '', conversion, , spec = ''] = /^([^!:]*)(?:!([rsa]))?(:(.*))?$/s.exec(body) ?? [];
    const [, first = '', rest = ''] = /^([^.[]*)(.*)$/s.exec(path) ?? [];
    const start =
      first === ''
        ? positional(args, next++)
        : /^\d+$/.test(first)
          ? positional(args, Number(first))
          : item(named, first);
    const value = follow(start, rest, attribute);
    return format(converted(value, conversion), fields(spec, field));
  };
  return fields(text, field);
}

function positional(args: readonly unknown[], index: number): unknown {
  if (index < args.length) return args[index];
  throw new PythonError('IndexError', `Replacement index ${index} out of range for positional args tuple`);
}

/** `.name` and `[key]` behind a field. */
function follow(
  start: unknown,
  path: string,
  attribute: (object: unknown, name: string) => unknown,
): unknown {
  let value = start;
  for (const [, name, key] of path.matchAll(/\.(\w+)|\[([^\]]*)\]/g)) {
    if (name !== undefined) value = attribute(value, name);
    else value = item(value, /^\d+$/.test(key ?? '') ? Number(key) : key);
  }
  return value;
}

export function converted(value: unknown, conversion: string | undefined): unknown {
  if (conversion === 'r') return repr(value);
  if (conversion === 'a') return ascii(value);
  return conversion === 's' ? str(value) : value;
}

/** Replaces what is in braces, which may have braces in it. */
function fields(text: string, field: (body: string) => string): string {
  return text.replace(/\{\{|\}\}|\{((?:[^{}]|\{[^{}]*\})*)\}|[{}]/g, (whole, body: string | undefined) => {
    if (whole === '{{' || whole === '}}') return whole[0] as string;
    if (body !== undefined) return field(body);
    throw new PythonError('ValueError', `Single '${whole}' encountered in format string`);
  });
}
