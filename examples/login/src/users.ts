import { checkPassword, hashPassword, type PasswordHash } from './passwords.ts';

export interface User {
  id: string;
  name: string;
  password: PasswordHash;
}

/** By id: that is how `Login` asks for them. */
export const users = new Map<string, User>();
for (const [id, name, password] of [
  ['user001', 'susan', 'hello'],
  ['user002', 'david', 'bye'],
] as const) {
  users.set(id, { id, name, password: await hashPassword(password) });
}

const nobody = await hashPassword('nobody knows this one');

/** The user, if name and password belong together. */
export async function findUser(name: string, password: string): Promise<User | undefined> {
  const user = [...users.values()].find((one) => one.name === name);
  // As slow for names that do not exist: otherwise the time tells which do.
  const isRight = await checkPassword(password, user?.password ?? nobody);
  return isRight ? user : undefined;
}

export async function changePassword(user: User, password: string): Promise<void> {
  user.password = await hashPassword(password);
}
