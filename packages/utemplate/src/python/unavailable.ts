import { TemplateError } from '../errors.ts';

const GIVE = 'give the template what it needs as an argument, or in the option globals';

/** Functions of Python that templates do without, and what to write instead. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  type: 'use isinstance()',
  print: 'write {{ ... }}',
  open: GIVE,
  input: GIVE,
  eval: GIVE,
  exec: GIVE,
  compile: GIVE,
  __import__: GIVE,
  id: 'compare with is',
  hash: 'compare with ==',
  slice: 'write [start:stop]',
  complex: 'use two numbers',
  bytes: 'use a str',
  bytearray: 'use a str',
  memoryview: 'use a str',
  locals: 'write {% args **more %}',
  globals: GIVE,
  vars: 'use a dict',
  dir: 'use a dict, and its keys()',
  setattr: "use a dict: {% set d['name'] = x %}",
  delattr: 'use a dict, and its pop()',
  object: 'use a dict',
  super: GIVE,
  aiter: 'loop over it with {% for %}',
  anext: 'loop over it with {% for %}',
};

/** Methods of Python's own types that templates do without. */
const METHODS: Readonly<Record<string, string>> = {
  encode: 'leave it a str',
  translate: 'use replace()',
  maketrans: 'use replace()',
  isprintable: GIVE,
  fromkeys: 'use a dict comprehension',
  intersection_update: 'use intersection()',
  difference_update: 'use difference()',
  symmetric_difference_update: 'use symmetric_difference()',
  bit_length: GIVE,
  bit_count: GIVE,
  to_bytes: GIVE,
  from_bytes: GIVE,
  as_integer_ratio: GIVE,
  fromhex: GIVE,
  hex: 'use format()',
};

/** What is thrown where a name stands for nothing, but does in Python. */
export function unavailableFunction(name: string): TemplateError | undefined {
  return Object.hasOwn(FUNCTIONS, name) ? unavailable(`${name}()`, FUNCTIONS[name] as string) : undefined;
}

/** The same, of an attribute of one of Python's own types. */
export function unavailableAttribute(typeName: string, name: string): TemplateError | undefined {
  if (/^__\w+__$/.test(name) && !(name in Object.prototype)) return unavailable(`.${name}`, GIVE);
  return Object.hasOwn(METHODS, name)
    ? unavailable(`${typeName}.${name}()`, METHODS[name] as string)
    : undefined;
}

/** A value that Python has and this has not. @param instead what to write in its place. */
export function unavailable(what: string, instead: string): TemplateError {
  return new TemplateError('UNSUPPORTED_PYTHON', `${what} is not translated: ${instead}`);
}
