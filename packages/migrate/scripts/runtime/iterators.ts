import { StopIteration } from './errors.ts';

/** What `__next__` gives, until it raises `StopIteration`. */
export function* untilStop<T>(next: () => T): Generator<T, void> {
  try {
    while (true) yield next();
  } catch (error) {
    if (!(error instanceof StopIteration)) throw error;
  }
}

/** What `__anext__` gives, until it raises `StopAsyncIteration`. */
export async function* untilStopAsync<T>(next: () => Promise<T>): AsyncGenerator<T, void> {
  try {
    while (true) yield await next();
  } catch (error) {
    if (!(error instanceof StopIteration)) throw error;
  }
}
