import { type Js, primary } from '../js.ts';
import type { Emitter } from './emitter.ts';

/** The class that stands for an exception of Python's. */
export function errorName(e: Emitter, name: string): Js {
  if (name === 'Exception' || name === 'BaseException') return primary('Error');
  if (name === 'TypeError' || name === 'AttributeError') return primary('TypeError');
  const known: Readonly<Record<string, string>> = {
    IOError: 'OSError',
    EnvironmentError: 'OSError',
    UnicodeDecodeError: 'ValueError',
    UnicodeError: 'ValueError',
    ConnectionError: 'OSError',
    ConnectionResetError: 'OSError',
    BrokenPipeError: 'OSError',
    ArithmeticError: 'ZeroDivisionError',
    OverflowError: 'ValueError',
    NotADirectoryError: 'OSError',
    IsADirectoryError: 'OSError',
    StopAsyncIteration: 'StopIteration',
  };
  const helper = known[name] ?? name;
  return ERRORS.has(helper) ? e.py(helper) : primary('Error');
}

const ERRORS = new Set(
  'KeyError IndexError LookupError ValueError ZeroDivisionError RuntimeError NotImplementedError AssertionError StopIteration OSError FileNotFoundError FileExistsError PermissionError TimeoutError'.split(
    ' ',
  ),
);
