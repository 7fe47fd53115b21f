import { createServer } from 'node:http';

const server = createServer((_req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': 13 });
  res.end('Hello, World!');
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
