import type { Microdot } from '@microdot/core';
import type { VectorRequest } from './vectors.ts';

/** A way to an application. */
export interface Transport {
  readonly name: string;
  /** Why it cannot carry a request, if it cannot. */
  refuses(request: VectorRequest): string | undefined;
  /** The headers that it adds to what an application answers. */
  readonly adds: ReadonlySet<string>;
  connect(app: Microdot): Promise<Connection>;
}

export interface Connection {
  send(request: OutgoingRequest): Promise<Answer>;
  close(): Promise<void>;
}

/** A request as it goes out, with every header that it has. */
export interface OutgoingRequest extends Omit<VectorRequest, 'body'> {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}
