// What Node does without a framework: no router, nothing checked, and every answer written by hand. The others are measured
// against it.
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chunks, host, message, port, root, TEXT } from './common.js';

const PLAIN = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const POST = /^\/users\/([^/]+)\/posts\/([^/]+)$/;

createServer((req, res) => {
  if (req.method === 'POST' && req.url === '/echo') return echo(req, res);
  if (req.url === '/') return send(res, PLAIN, TEXT);
  if (req.url === '/json') return send(res, JSON_TYPE, JSON.stringify(message()));
  if (req.url === '/stream') return stream(res);
  if (req.url === '/static/file10k.txt') return sendFile(res, 'file10k.txt');
  const post = POST.exec(req.url);
  if (post) return send(res, PLAIN, `${post[1]}/${post[2]}`);
  res.writeHead(404).end();
}).listen(port, host);

function send(res, type, text) {
  res.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) });
  res.end(text);
}

function echo(req, res) {
  const parts = [];
  req.on('data', (part) => parts.push(part));
  req.on('end', () => send(res, JSON_TYPE, JSON.stringify(JSON.parse(Buffer.concat(parts).toString()))));
}

/** As Node's documentation has it: write until `write` says no, and go on when the peer has read. */
function stream(res) {
  res.writeHead(200, { 'Content-Type': 'application/octet-stream' });
  const source = chunks();
  const pump = () => {
    for (;;) {
      const { value, done } = source.next();
      if (done) return res.end();
      if (!res.write(value)) return;
    }
  };
  res.on('drain', pump);
  pump();
}

function sendFile(res, name) {
  readFile(join(root, name), (error, bytes) => {
    if (error) return res.writeHead(404).end();
    res.writeHead(200, { 'Content-Type': PLAIN, 'Content-Length': bytes.length });
    res.end(bytes);
  });
}
