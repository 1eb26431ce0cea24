/** Whether the time that a refusal takes tells what was right: `npm run hostile`. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { basicAuth, call } from '../support/http.ts';
import { NodeRed } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { cropTogether, median, welchT } from '../support/statistics.ts';
import { timeBoth, type MakeHead } from '../support/timed-requests.ts';

const count = Number(process.env['TIMING_REQUESTS'] ?? 2000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
/** From here on a difference is more than chance. */
const LIMIT = 4.5;

/** Letters and digits by chance. */
const text = (length: number): string => randomBytes(length).toString('hex').slice(0, length);

const login = { username: text(12), password: text(24) };
const keys = Array.from({ length: 5 }, () => `shk_${text(43)}`);
const apiKeys = keys.map((key, at) => ({
  id: String(at),
  name: `key ${at}`,
  hash: `sha256:${createHash('sha256').update(key).digest('hex')}`,
  roles: ['surveys'],
}));
const hook = (id: string, changes: Record<string, unknown>) => ({
  id,
  z: 'tab',
  type: 'inbound-hook-in',
  path: `/hooks/${id}`,
  x: 100,
  y: 100,
  wires: [[]],
  ...changes,
});
const flows = [
  { id: 'tab', type: 'tab', label: 'Hooks' },
  hook('basic', { auth: 'basic' }),
  hook('keyed', { auth: 'api-key' }),
];

const head =
  (id: string, makeLines: () => readonly string[]): MakeHead =>
  () => [`POST /hooks/${id} HTTP/1.1`, 'Host: x', ...makeLines(), 'Content-Length: 0'];
const asBasic = (makeLogin: () => typeof login): MakeHead =>
  head('basic', () => [`Authorization: ${basicAuth(makeLogin())}`]);
const asKey = (makeKey: () => string): MakeHead =>
  head('keyed', () => [`Authorization: Bearer ${makeKey()}`]);
/** All but the last two characters. */
const nearly = (secret: string): string => `${secret.slice(0, -2)}${text(1)}x`;

const PAIRS: Readonly<Record<string, readonly [MakeHead, MakeHead]>> = {
  'the right user and a wrong one, each with a wrong password': [
    asBasic(() => ({ ...login, password: text(24) })),
    asBasic(() => ({ username: text(12), password: text(24) })),
  ],
  'a password that is nearly right and one that is not': [
    asBasic(() => ({ ...login, password: nearly(login.password) })),
    asBasic(() => ({ ...login, password: text(24) })),
  ],
  'an API key that is nearly right and one that is not': [
    asKey(() => nearly(keys[0]!)),
    asKey(() => `shk_${text(43)}`),
  ],
  'an API key nearly the first and one nearly the last': [
    asKey(() => nearly(keys[0]!)),
    asKey(() => nearly(keys[4]!)),
  ],
};

describe(`The time of ${count} refusals each`, function () {
  this.timeout(120_000);
  let userDir: string;
  let nodeRed: NodeRed;

  before(async () => {
    userDir = await makeUserDir();
    const credentials = { basic: login, keyed: { apiKeys: JSON.stringify(apiKeys) } };
    nodeRed = await NodeRed.start({ userDir, flows, credentials });
    // Who has been let in may fail as often as it takes.
    const let1 = await call(`${nodeRed.url}/hooks/basic`, { method: 'POST', basic: login });
    const let2 = await call(`${nodeRed.url}/hooks/keyed`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys[0]!}` },
    });
    assert.deepEqual([let1.status, let2.status], [200, 200]);
    // Code that runs for the first time takes longer.
    for (const kinds of Object.values(PAIRS))
      await timeBoth({ port: nodeRed.port, kinds, count: 200, seed, expect: /^HTTP\/1\.1 401 / });
  });
  after(async () => {
    await nodeRed.stop();
    await removeUserDir(userDir);
  });

  const compare = async (kinds: readonly [MakeHead, MakeHead]): Promise<number[]> => {
    const times = await timeBoth({ port: nodeRed.port, kinds, count, seed, expect: /^HTTP\/1\.1 401 / });
    const values = [welchT(...times), welchT(...cropTogether(times, 0.9))];
    const [one, other] = times.map((values) => median(values).toFixed(1));
    const [all, cropped] = values.map((value) => value.toFixed(2));
    console.log(`medians ${one} and ${other} µs, t ${all}, without the slowest tenth ${cropped}`);
    return values.map(Math.abs);
  };

  for (const [title, kinds] of Object.entries(PAIRS))
    it(`does not tell ${title} apart`, async () => {
      for (const t of await compare(kinds)) assert.ok(t < LIMIT, `t is ${t} (FUZZ_SEED=${seed})`);
    });

  it('would tell apart what differs: a header of 12 KB', async () => {
    const long = head('basic', () => [`Authorization: ${basicAuth(login)}x`, `X-Long: ${text(12_000)}`]);
    const short = head('basic', () => [`Authorization: ${basicAuth(login)}x`]);
    const [, cropped = 0] = await compare([long, short]);
    assert.ok(cropped > LIMIT, `t is ${cropped} (FUZZ_SEED=${seed})`);
  });
});
