import { Buffer } from 'node:buffer';
import http from 'node:http';

/**
 * Sends the request of a workload once.
 *
 * @param {number} port
 * @param {import('./workloads.js').Workload} workload
 * @returns {Promise<{ status: number | undefined; headers: http.IncomingHttpHeaders; body: Buffer }>}
 */
export function ask(port, { path, headers, body }) {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers, agent: false, timeout: 5000 };
    const request = http.request({ ...options, method: body === undefined ? 'GET' : 'POST' }, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error('no answer within 5 s')));
    request.end(body);
  });
}

/**
 * What is wrong with the answer to the request of a workload; nothing where it is the one that is asked for, byte for byte.
 *
 * @param {number} port
 * @param {import('./workloads.js').Workload} workload
 */
export async function differenceOf(port, workload) {
  const { status, headers, body } = await ask(port, workload);
  const type = headers['content-type']?.split(';')[0];
  if (status !== 200) return `the status is ${status}, not 200: ${excerpt(body)}`;
  if (type !== workload.type) return `the Content-Type is ${type}, not ${workload.type}`;
  if (!headers.date) return 'there is no Date';
  if (body.equals(workload.answer)) return undefined;
  return `the body is ${excerpt(body)}, not ${excerpt(workload.answer)}`;
}

/** @param {Buffer} body */
function excerpt(body) {
  return `${JSON.stringify(body.toString('latin1', 0, 60))} (${body.length} bytes)`;
}
