export const SECRET = 'a-secret-of-32-bytes-and-no-more';

/** The cookies of every server have this name, path and flag. */
export const COOKIE = { name: 'session', path: '/', httpOnly: true };

/** What the session holds when the request comes: some properties, as sessions have them. */
export const SESSION = { user: 'ada@example.com', theme: 'dark', cart: [1001, 1002, 1003], count: 41 };
