/**
 * Whether memory stays flat: 2,000 deliveries a second through one out node for a minute and a half, while two editors show the log.
 * `node bench/memory.ts`, on its own and on a quiet machine.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { call } from '../test/support/http.ts';
import { NodeRed, type FlowNode } from '../test/support/node-red.ts';
import { makeUserDir, removeUserDir } from '../test/support/packed.ts';
import { ReceiverProcess } from './child.ts';
import { sample } from './sample.ts';

const PER_SECOND = 2000;
const SECONDS = 90;
const TICK_MS = 100;
const SAMPLE_MS = 3000;
const EDITORS = 2;

/** Answers at once, and sends as many messages as were asked for. */
const FEED = `msg.res._res.end('ok');
for (let left = Number(msg.req.query.n); left > 0; left--) node.send({ payload: ${JSON.stringify(sample)} });`;

function flowsTo(target: string): FlowNode[] {
  const at = { z: 'own', x: 100, y: 100 };
  return [
    { id: 'own', type: 'tab', label: 'own' },
    { ...at, id: 'o4', type: 'http in', url: '/go-own', method: 'get', wires: [['o5']] },
    { ...at, id: 'o5', type: 'function', func: FEED, outputs: 1, wires: [['o6']] },
    { ...at, id: 'o6', type: 'survey-webhook-out', endpoints: ['o7'], wires: [[], [], []] },
    { id: 'o7', type: 'webhook-endpoint', name: 'target', url: target, concurrency: 32, retry: 'none' },
  ];
}

/** What an editor with an open log does: it hears of changes, and reads the newest page anew, at most each second. */
async function editor(nodeRed: NodeRed, over: AbortSignal): Promise<number> {
  const comms = new WebSocket(`${nodeRed.url.replace('http', 'ws')}/comms`);
  let messages = 0;
  let hasNews = true;
  comms.addEventListener('message', () => {
    messages += 1;
    hasNews = true;
  });
  await new Promise((resolve) => comms.addEventListener('open', resolve, { once: true }));
  comms.send(JSON.stringify({ subscribe: 'survey-hooks/changed' }));
  while (!over.aborted) {
    if (hasNews) await nodeRed.admin('survey-hooks/deliveries?limit=50');
    hasNews = false;
    await pause(1000);
  }
  comms.close();
  return messages;
}

/** Resident memory of a process, MB. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

const receiver = await ReceiverProcess.start();
const userDir = await makeUserDir();
const nodeRed = await NodeRed.start({ userDir, flows: flowsTo(receiver.url) });
const over = new AbortController();
const editors = Array.from({ length: EDITORS }, () => editor(nodeRed, over.signal));
const samples: number[] = [];
const watch = (async () => {
  while (!over.signal.aborted) {
    samples.push(await residentMb(nodeRed.pid));
    await pause(SAMPLE_MS);
  }
})();
receiver.reset();
const begun = performance.now();
let asked = 0;
while (performance.now() - begun < SECONDS * 1000) {
  const due = Math.floor((performance.now() - begun) / TICK_MS) * ((PER_SECOND * TICK_MS) / 1000);
  if (due > asked) await call(`${nodeRed.url}/go-own?n=${due - asked}`);
  asked = Math.max(asked, due);
  await pause(TICK_MS / 4);
}
const { count } = await receiver.count();
const seconds = (performance.now() - begun) / 1000;
over.abort();
const messages = await Promise.all(editors);
await watch;
const third = Math.floor(samples.length / 3);
const [middle, last] = [mean(samples.slice(third, 2 * third)), mean(samples.slice(2 * third))];
console.log(
  `asked ${asked}, delivered ${count} in ${seconds.toFixed(0)} s: ${Math.round(count / seconds)} a second`,
);
console.log(`messages to each editor: ${messages.join(', ')}`);
console.log(`resident MB each ${SAMPLE_MS / 1000} s: ${samples.map(Math.round).join(' ')}`);
console.log(`last third / middle third: ${(last / middle).toFixed(2)}`);
await nodeRed.stop();
receiver.stop();
await removeUserDir(userDir);
