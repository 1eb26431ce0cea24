/** Speed beside Node-RED's own nodes, in one run on one machine: `npm run bench`. Only the ratios say something. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { basicAuth, call } from '../test/support/http.ts';
import { NodeRed, type FlowNode } from '../test/support/node-red.ts';
import { makeUserDir, removeUserDir } from '../test/support/packed.ts';
import { until } from '../test/support/until.ts';
import { load, ReceiverProcess } from './child.ts';
import { benchLog } from './log.ts';
import { interleave, table } from './ratios.ts';
import { benchRecords } from './records.ts';
import { benchRetention } from './retention.ts';
import { sample } from './sample.ts';
import { benchSigning } from './signing.ts';

const ROUNDS = 5;
const LOAD_SECONDS = 2;
const DELIVERIES = 5000;
const login = { username: 'user', password: 'pass' };

const peers = async (name: string): Promise<FlowNode[]> =>
  JSON.parse(await readFile(path.join(import.meta.dirname, 'peers', name), 'utf8')) as FlowNode[];

/** The pack's own part: a hook that answers by itself, one that core `http response` answers, and an out node fed like the peer. */
function ownFlow(outbound: readonly FlowNode[], target: string): FlowNode[] {
  const feed = outbound.find(({ id }) => id === 'q2');
  const tab = { id: 'own', type: 'tab', label: 'own' };
  const at = { z: 'own', x: 100, y: 100 };
  const hook = { ...at, type: 'inbound-hook-in', methods: ['POST'], kind: 'webhook', auth: 'basic' };
  return [
    tab,
    { ...hook, id: 'o1', path: '/own', respond: 'received', durable: false, wires: [[]] },
    { ...hook, id: 'o8', path: '/own-kept', respond: 'received', durable: true, wires: [[]] },
    { ...hook, id: 'o2', path: '/own-flow', respond: 'flow', wires: [['o3']] },
    { ...at, id: 'o3', type: 'http response', statusCode: '200', headers: {}, wires: [] },
    { ...at, id: 'o4', type: 'http in', url: '/go-own', method: 'get', wires: [['o5']] },
    { ...feed, ...at, id: 'o5', type: 'function', wires: [['o6']] },
    { ...at, id: 'o6', type: 'survey-webhook-out', endpoints: ['o7'], wires: [[], [], []] },
    { id: 'o7', type: 'webhook-endpoint', name: 'target', url: target, concurrency: 32, retry: 'none' },
  ];
}

async function bareServer(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString());
      response.setHeader('content-type', 'application/json');
      response.end('{"accepted":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop: () => server.close() };
}

async function deliver(nodeRed: NodeRed, receiver: ReceiverProcess, go: string): Promise<number> {
  receiver.reset();
  await call(`${nodeRed.url}/${go}?n=${DELIVERIES}`);
  await until(async () => (await receiver.count()).count >= DELIVERIES, {
    timeoutMs: 60_000,
    everyMs: 100,
    what: () => `${DELIVERIES} deliveries by ${go}`,
  });
  return DELIVERIES / (await receiver.count()).seconds;
}

console.log(await benchSigning());
console.log(await benchRecords());
console.log(await benchRetention());
console.log(await benchLog());

const receiver = await ReceiverProcess.start();
const userDir = await makeUserDir();
const bare = await bareServer();
const [inbound, outbound] = await Promise.all([peers('inbound-core.json'), peers('outbound-core.json')]);
const nodeRed = await NodeRed.start({
  userDir,
  flows: [...inbound, ...outbound.filter(({ type }) => type !== 'tab'), ...ownFlow(outbound, receiver.url)],
  credentials: { o1: login, o2: login, o8: login },
  settings: { functionGlobalContext: { body: sample, target: receiver.url } },
});

try {
  const authorization = basicAuth(login);
  const at = (url: string) => () => load(url, LOAD_SECONDS, authorization);
  const received = await interleave(
    {
      'core http in, http response': at(`${nodeRed.url}/core`),
      'core http in (raw), function, http response': at(`${nodeRed.url}/core-auth`),
      'inbound-hook-in, answers itself': at(`${nodeRed.url}/own`),
      'inbound-hook-in, kept on disk first': at(`${nodeRed.url}/own-kept`),
      'inbound-hook-in, core http response': at(`${nodeRed.url}/own-flow`),
      'bare node:http': at(bare.url),
    },
    ROUNDS,
  );
  const sent = await interleave(
    {
      'core http request, nothing stored': () => deliver(nodeRed, receiver, 'go'),
      'survey-webhook-out, durable': () => deliver(nodeRed, receiver, 'go-own'),
    },
    ROUNDS,
  );
  console.log(table('Inbound', received, 'core http in (raw), function, http response'));
  console.log(table('Outbound', sent, 'core http request, nothing stored'));
} finally {
  bare.stop();
  receiver.stop();
  await nodeRed.stop();
  await removeUserDir(userDir);
}
