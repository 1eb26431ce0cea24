import assert from 'node:assert/strict';
import { basicAuth, call } from '../support/http.ts';
import { NodeRed } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { SlowSender } from '../support/slow-sender.ts';
import { median } from '../support/statistics.ts';
import { until } from '../support/until.ts';

const senderCount = Number(process.env['SLOW_SENDERS'] ?? 60);
const isFull = process.env['SLOW_SENDERS'] !== undefined;
/** In the short form there are other tests beside it, so it sees only what holds everything up. */
const MOST_MS = isFull ? 50 : 500;
const REQUESTS = 50;
/** The gate gives a body 30 s, Node.js a head 60 s, and looks every 30 s. */
const CUT_MS = { body: 40_000, head: 100_000 };

const login = { username: 'sender', password: 'password' };
const flows = [
  { id: 'tab', type: 'tab', label: 'Hooks' },
  { id: 'hook', z: 'tab', type: 'inbound-hook-in', path: '/hooks/a', x: 100, y: 100, wires: [[]] },
];
const HEAD = [
  'POST /hooks/a HTTP/1.1',
  'Host: x',
  `Authorization: ${basicAuth(login)}`,
  'Content-Type: application/json',
  'Content-Length: 1000',
];

describe(`${senderCount} senders of a byte a second`, function () {
  this.timeout(isFull ? 200_000 : 60_000);
  let userDir: string;
  let nodeRed: NodeRed;
  let senders: SlowSender[] = [];

  before(async () => {
    userDir = await makeUserDir();
    nodeRed = await NodeRed.start({ userDir, flows, credentials: { hook: login } });
  });
  after(async () => {
    for (const sender of senders) sender.stop();
    await nodeRed.stop();
    await removeUserDir(userDir);
  });

  /** How long an ordinary request takes, in ms. */
  const measure = async (): Promise<number> => {
    const times: number[] = [];
    for (let n = 0; n < REQUESTS; n++) {
      const start = performance.now();
      const { status } = await call(`${nodeRed.url}/hooks/a`, { body: { Score: n }, basic: login });
      times.push(performance.now() - start);
      assert.equal(status, 200);
    }
    return median(times);
  };

  it(`delay an ordinary request by less than ${MOST_MS} ms`, async () => {
    await measure();
    const without = await measure();
    senders = await Promise.all(
      Array.from({ length: senderCount }, async (_, at) =>
        SlowSender.start({
          port: nodeRed.port,
          lines: HEAD,
          isHead: at % 2 === 0,
          afterMs: (at * 1000) / senderCount,
        }),
      ),
    );
    await until(() => senders.every(({ sentCount }) => sentCount >= 2), { what: () => 'all to have sent' });
    const beside = await measure();
    assert.ok(
      senders.every(({ connection }) => !connection.isEnded),
      'they are still sending',
    );
    if (isFull)
      console.log(`Median of ${REQUESTS}: ${without.toFixed(2)} ms, beside them ${beside.toFixed(2)} ms.`);
    assert.ok(beside - without < MOST_MS, `${without} ms without them, ${beside} ms beside them`);
  });

  if (isFull)
    it('are cut off when the time for a body, or for a head, is over', async () => {
      const isHead = (_: unknown, at: number): boolean => at % 2 === 0;
      const bodies = senders.filter((sender, at) => !isHead(sender, at)).map(({ connection }) => connection);
      const heads = senders.filter(isHead).map(({ connection }) => connection);
      await until(() => bodies.every(({ isEnded }) => isEnded), {
        timeoutMs: CUT_MS.body,
        what: () => 'the bodies to be refused',
      });
      for (const { received } of bodies) assert.match(received, /^HTTP\/1\.1 408 [^]*"body_timeout"/);
      await until(() => heads.every(({ isEnded }) => isEnded), {
        timeoutMs: CUT_MS.head,
        what: () => 'the heads to be refused',
      });
      for (const { received } of heads) assert.match(received, /^HTTP\/1\.1 408 /);
      await measure();
    });
});
