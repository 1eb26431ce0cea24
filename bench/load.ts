/** A process that sends as fast as it is answered: `load.ts <url> <seconds> <authorization>`; prints requests a second. */
import { Agent, request } from 'node:http';
import { sample } from './sample.ts';

const [url = '', seconds = '3', authorization = ''] = process.argv.slice(2);
const CONNECTIONS = 32;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const body = JSON.stringify(sample);
const headers = {
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
  authorization,
};

function send(): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const end = performance.now() + Number(seconds) * 1000;
let count = 0;
async function loop(): Promise<void> {
  while (performance.now() < end) {
    const status = await send();
    if (status !== 200) throw new Error(`${url} answered ${status}.`);
    count++;
  }
}
await Promise.all(Array.from({ length: CONNECTIONS }, loop));
agent.destroy();
process.stdout.write(String(count / Number(seconds)));
