// For those who write extensions: what each of them would otherwise write again.
export { brand } from './brand.ts';
export { andThen, isThenable, type Maybe } from './maybe.ts';
export { type Ending, endRequest, onEnd } from './requestEnd.ts';
export { addVary } from './vary.ts';
