class LookupError extends Error {}
class KeyError extends LookupError {}
class IndexError extends LookupError {}
class ValueError extends Error {}
class RuntimeError extends Error {}

/** Python's exceptions, by name: these are kinds of one another as those are. */
const errors: Readonly<Record<string, new (message?: string) => Error>> = {
  Exception: Error,
  LookupError,
  KeyError,
  IndexError,
  ValueError,
  RuntimeError,
};

export function errorClass(name: string): new (message?: string) => Error {
  const found = errors[name];
  if (!found) throw new Error(`The driver does not know the error ${name}`);
  return found;
}
