import { Microdot } from '@microdot/core';
import type { Tour } from './layout.ts';

export const hello = new Microdot<Tour>();

// #region hello
hello.get('/hello/<name>', (_request, { name }) => `Hello, ${name}!`);

hello.get('/square/<int:n>', (_request, { n }) => ({ n, square: n * n }));
// #endregion
