/** Who knows which other origins are trusted: the `CORS` of `@microdot/cors`. */
export interface TrustedOrigins {
  isTrusted(origin: string, options: { allowSubdomains: boolean }): boolean;
}

export interface CSRFOptions {
  /**
   * The `CORS` whose `allowedOrigins` are trusted; the application's own origin alone is by default. `'*'` trusts
   * nobody: who may read is not therefore to be trusted.
   */
  cors?: TrustedOrigins | undefined;
  /** Protects every route, for all methods but GET, HEAD and OPTIONS; `true` by default. */
  protectAll?: boolean | undefined;
  /** Trusts subdomains too: those of the application's own site, and of what `cors` allows. `false` by default. */
  allowSubdomains?: boolean | undefined;
}
