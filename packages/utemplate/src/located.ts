import { type Place, pathOf, TemplateError } from './errors.ts';

/**
 * Says where in a template an error comes from. What the application throws stays what it is, and has the place in its
 * stack alone.
 */
export function located(error: unknown, place: Place): unknown {
  if (error instanceof TemplateError) {
    error['~locate'](place);
    return error;
  }
  const { stack } = Object(error) as { stack?: unknown };
  if (typeof stack !== 'string') return error;
  const frames = stack.search(/\n +at /);
  const at = frames === -1 ? stack.length : frames;
  try {
    (error as Error).stack = `${stack.slice(0, at)}\n    at ${pathOf(place)}${stack.slice(at)}`;
  } catch {
    // A frozen error says nothing of where it was.
  }
  return error;
}
