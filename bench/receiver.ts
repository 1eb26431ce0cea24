/** A process that answers every request, and says on its channel how many came and how long they took from the first to the last. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let count = 0;
let first = 0;
let last = 0;

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    last = performance.now();
    if (count++ === 0) first = last;
    response.end('{"accepted":true}');
  });
});

process.on('message', (message) => {
  if (message === 'reset') count = 0;
  else process.send?.({ count, seconds: (last - first) / 1000 });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
