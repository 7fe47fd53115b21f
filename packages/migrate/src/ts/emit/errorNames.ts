import { type Js, primary } from '../js.ts';
import type { Emitter } from './emitter.ts';

/** The class that stands for an exception of Python's. */
export function errorName(e: Emitter, name: string): Js {
  if (name === 'Exception' || name === 'BaseException') return primary('Error');
  const own = OWN[name];
  if (own) return primary(own);
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
    UnicodeEncodeError: 'ValueError',
    FloatingPointError: 'ZeroDivisionError',
    ConnectionRefusedError: 'OSError',
    ConnectionAbortedError: 'OSError',
    ChildProcessError: 'OSError',
    ProcessLookupError: 'OSError',
    InterruptedError: 'OSError',
    BlockingIOError: 'OSError',
  };
  const helper = known[name] ?? name;
  // Of the others one is as good as the next, and none is everything that can be thrown.
  return e.py(ERRORS.has(helper) ? helper : 'RuntimeError');
}

/** Errors that JavaScript throws by itself, or has a word for. */
const OWN: Readonly<Record<string, string>> = {
  TypeError: 'TypeError',
  AttributeError: 'TypeError',
  SyntaxError: 'SyntaxError',
  NameError: 'ReferenceError',
  UnboundLocalError: 'ReferenceError',
  RecursionError: 'RangeError',
  KeyboardInterrupt: 'Error',
  SystemExit: 'Error',
  GeneratorExit: 'Error',
};

const ERRORS = new Set(
  'KeyError IndexError LookupError ValueError ZeroDivisionError RuntimeError NotImplementedError AssertionError StopIteration OSError FileNotFoundError FileExistsError PermissionError TimeoutError'.split(
    ' ',
  ),
);
