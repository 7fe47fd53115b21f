import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { dataFolder } from './config.ts';
import { JsonFile } from './jsonFile.ts';
import { checkPassword, hashPassword, type PasswordHash } from './passwords.ts';

/** Somebody with an account. */
export interface User {
  /** Changes with the password: cookies that have the old one log nobody in any more. */
  readonly id: string;
  readonly number: number;
  readonly name: string;
}

interface Account {
  readonly number: number;
  readonly name: string;
  readonly password: PasswordHash;
  readonly passwordVersion: number;
  /** The SHA-256 of the token for the API, which is shown once and kept nowhere. */
  readonly token?: string;
}

export const USER_LIMITS = { users: 1000, name: 40, password: [8, 200] as const };

/** The accounts, in a file. */
export class UserStore {
  readonly #file: JsonFile<readonly Account[]>;

  constructor(file: string) {
    this.#file = new JsonFile<readonly Account[]>(file, []);
  }

  async byId(id: string): Promise<User | undefined> {
    return (await this.#users()).find((user) => user.id === id);
  }

  /** The one whose name and password these are. */
  async byPassword(name: string, password: string): Promise<User | undefined> {
    const account = (await this.#file.read()).find((one) => keyOf(one.name) === keyOf(name));
    return (await checkPassword(password, account?.password)) && account ? toUser(account) : undefined;
  }

  async byToken(token: string): Promise<User | undefined> {
    const hash = sha256(token);
    const account = (await this.#file.read()).find((one) => one.token === hash);
    return account && toUser(account);
  }

  /** Nobody, where the name is taken, or there are too many already. */
  async add(name: string, password: string): Promise<User | undefined> {
    const hash = await hashPassword(password);
    return this.#file.change<User | undefined>((accounts) => {
      const isTaken = accounts.some((one) => keyOf(one.name) === keyOf(name));
      if (isTaken || accounts.length >= USER_LIMITS.users) return [accounts, undefined];
      const account = { number: accounts.length + 1, name, password: hash, passwordVersion: 1 };
      return [[...accounts, account], toUser(account)];
    });
  }

  async changePassword({ number }: User, password: string): Promise<User> {
    const hash = await hashPassword(password);
    return this.#change(number, (account) => ({
      ...account,
      password: hash,
      passwordVersion: account.passwordVersion + 1,
    }));
  }

  /** Makes a token for the API, in the place of the one before. */
  async newToken({ number }: User): Promise<string> {
    const token = randomBytes(24).toString('base64url');
    await this.#change(number, (account) => ({ ...account, token: sha256(token) }));
    return token;
  }

  async #users(): Promise<User[]> {
    return (await this.#file.read()).map(toUser);
  }

  #change(number: number, change: (account: Account) => Account): Promise<User> {
    return this.#file.change((accounts) => {
      const changed = accounts.map((account) => (account.number === number ? change(account) : account));
      return [changed, toUser(changed[number - 1] as Account)];
    });
  }
}

function toUser({ number, name, passwordVersion }: Account): User {
  return { id: `${number}-${passwordVersion}`, number, name };
}

/** One name to those who read it: Ada and ADA, and letters that come in several widths. */
function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** Good enough for what is random: nobody can try out all tokens, as they can passwords. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

export const users = new UserStore(join(dataFolder, 'users.json'));
