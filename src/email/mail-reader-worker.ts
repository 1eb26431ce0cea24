/** The thread that reads mails one after the other: a large one takes seconds, in which nothing else could run. */
import { parentPort } from 'node:worker_threads';
import { readMail } from './read-mail.ts';

if (!parentPort) throw new Error('This file runs in a worker thread.');
const port = parentPort;
port.on('message', (bytes: Uint8Array) => {
  void readMail(bytes).then((mail) => port.postMessage(mail));
});
