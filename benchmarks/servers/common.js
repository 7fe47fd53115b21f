// What every server is told, and what it answers with.
import { Buffer } from 'node:buffer';
import { fileURLToPath } from 'node:url';

export const port = Number(process.env.PORT ?? 5000);
export const host = process.env.HOST ?? '127.0.0.1';

export const TEXT = 'Hello, World!';

/** Made anew for every request, as data is. */
export function message() {
  return { message: 'Hello, World!', ok: true, n: 42 };
}

/** 1 MiB in pieces of 16 KiB. */
export const CHUNK_COUNT = 64;
export const CHUNK = Buffer.alloc(16 * 1024, 'x');

export function* chunks() {
  for (let i = 0; i < CHUNK_COUNT; i++) yield CHUNK;
}

/** The folder behind `/static/`. */
export const root = fileURLToPath(new URL('../static', import.meta.url));

/**
 * A hundred paths, 20 of them static. The 51st is the one that is asked for: a router that goes through its routes one by one
 * pays what it pays on average.
 *
 * @param {(name: string) => string} argument how a framework writes an argument
 */
export function hundredPaths(argument = (name) => `:${name}`) {
  const [id, item, name] = ['id', 'item', 'name'].map(argument);
  const paths = Array.from({ length: 20 }, (_, i) => [
    `/api/res${i}`,
    `/api/res${i}/${id}`,
    `/api/res${i}/${id}/items/${item}`,
    `/admin/section${i}/edit`,
    `/u${i}/${name}/profile`,
  ]).flat();
  paths[50] = `/users/${argument('uid')}/posts/${argument('pid')}`;
  return paths;
}
