import { checkPassword, hashPassword } from './passwords.ts';

export interface User {
  name: string;
}

const hashes = new Map([
  ['susan', await hashPassword('hello')],
  ['david', await hashPassword('bye')],
]);

const nobody = await hashPassword('nobody knows this one');

/** The user, if name and password belong together. */
export async function findUser(name: string, password: string): Promise<User | undefined> {
  // As slow for names that do not exist: otherwise the time tells which do.
  const isRight = await checkPassword(password, hashes.get(name) ?? nobody);
  return isRight && hashes.has(name) ? { name } : undefined;
}
