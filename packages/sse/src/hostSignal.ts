/**
 * The `AbortSignal` of the host, for those who compile with the types of one: the DOM's, or Node's. Without either it is what every
 * host's has, so that the declarations of this package need nothing beyond ECMAScript.
 */
export type HostSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : {
      readonly aborted: boolean;
      readonly reason: unknown;
      throwIfAborted(): void;
      addEventListener(type: 'abort', listener: () => void): void;
      removeEventListener(type: 'abort', listener: () => void): void;
    };
