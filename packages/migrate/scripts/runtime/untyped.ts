/** A value of which Python says nothing. Give it a type where you know one. */
// biome-ignore lint/suspicious/noExplicitAny: everything may be done with it, as in Python
export type Untyped = any;
