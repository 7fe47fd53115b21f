import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHUNK, CHUNK_COUNT, message, root, TEXT } from '../servers/common.js';

/**
 * A request that is sent over and over, and the answer to it.
 *
 * @typedef {object} Workload
 * @property {string} title
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {string} [body] what is posted; without it the request is a GET
 * @property {string} type the media type of the answer
 * @property {Buffer} answer
 * @property {number} connections how many are open at once
 * @property {number} pipelined how many requests are sent before an answer is waited for
 */

const HEADERS = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
  Accept: 'text/html,application/json;q=0.9,*/*;q=0.8',
  'Accept-Encoding': 'gzip, deflate, br',
  Connection: 'keep-alive',
};

/** Sixteen lines with `Host`, as Chrome sends them. */
const BROWSER_HEADERS = {
  ...HEADERS,
  'User-Agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Accept-Language': 'en-GB,en-US;q=0.9,en;q=0.8',
  'Cache-Control': 'no-cache',
  Pragma: 'no-cache',
  Cookie: 'session=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.abcdefghijklmnop; theme=dark',
  Referer: 'http://127.0.0.1/some/page?x=1',
  'Sec-Fetch-Dest': 'document',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Site': 'same-origin',
  'Upgrade-Insecure-Requests': '1',
  'sec-ch-ua': '"Chromium";v="126", "Not.A/Brand";v="24"',
  'sec-ch-ua-mobile': '?0',
};

/** 1,024 bytes of JSON, and what `JSON.stringify` makes of them once they have been parsed. */
const ORDER = JSON.stringify({
  id: 42,
  name: 'Ada Lovelace',
  tags: ['alpha', 'beta', 'gamma'],
  nested: { a: 1, b: [1, 2, 3], c: { d: true, e: null } },
  items: Array.from({ length: 21 }, (_, i) => ({ sku: `SKU-${1000 + i}`, qty: i, price: i * 1.25 })),
  pad: 'p'.repeat(48),
});

const plain = { headers: HEADERS, type: 'text/plain', connections: 50, pipelined: 1 };
const hello = { ...plain, path: '/', answer: Buffer.from(TEXT) };

/** @type {Record<string, Workload>} */
export const WORKLOADS = {
  a: { ...hello, title: 'a line of text' },
  ab: {
    ...hello,
    title: 'a line of text, asked for with the headers of a browser',
    headers: BROWSER_HEADERS,
  },
  ap: { ...hello, title: 'a line of text, 16 requests at a time', pipelined: 16 },
  b: {
    ...plain,
    title: 'an object as JSON',
    path: '/json',
    type: 'application/json',
    answer: Buffer.from(JSON.stringify(message())),
  },
  c: {
    ...plain,
    title: 'two arguments, in the 51st of 100 routes',
    path: '/users/42/posts/7',
    answer: Buffer.from('42/7'),
  },
  d: {
    ...plain,
    title: '1 KB of JSON, parsed and returned',
    path: '/echo',
    headers: { ...HEADERS, 'Content-Type': 'application/json' },
    body: ORDER,
    type: 'application/json',
    answer: Buffer.from(ORDER),
  },
  e: {
    ...plain,
    title: '1 MiB in 64 chunks from a generator',
    path: '/stream',
    type: 'application/octet-stream',
    answer: Buffer.alloc(CHUNK.length * CHUNK_COUNT, CHUNK),
    connections: 16,
  },
  f: {
    ...plain,
    title: 'a file of 10 KB',
    path: '/static/file10k.txt',
    answer: readFileSync(join(root, 'file10k.txt')),
  },
};

/** Those that are run unless others are asked for. */
export const DEFAULT_WORKLOADS = ['a', 'b', 'c', 'd', 'e', 'f'];
