import type { Js } from '../js.ts';
import type { Arguments } from './arguments.ts';
import type { Emitter } from './emitter.ts';

/** Writes a call of something of Python's library. */
export type Library = (e: Emitter, args: Arguments) => Js;
