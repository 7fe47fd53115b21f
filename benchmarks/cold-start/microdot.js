import { Microdot } from '@microdot/core';

const app = new Microdot();
app.get('/', () => 'Hello, World!');
const server = await app.startServer({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${server.port}\n`);
