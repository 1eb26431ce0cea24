import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { movedTo } from '../support/examples.ts';
import { call, type Response } from '../support/http.ts';
import { NodeRed } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver, type ReceivedRequest } from '../support/receiver.ts';
import {
  BODY,
  KEY,
  OPENSSL,
  SCHEMES,
  SECRETS,
  signedFlows,
  timeOf,
  TOLERANCE_S,
  type Scheme,
  type Signature,
} from '../support/signed-flows.ts';

interface Seen {
  readonly at: string;
  readonly raw?: string;
  readonly verified?: boolean;
  readonly signature?: Readonly<Record<string, unknown>>;
}

describe('Signatures on a real Node-RED', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed;

  before(async () => {
    receiver = await Receiver.start();
    userDir = await makeUserDir();
    const flows = signedFlows(receiver.url);
    const credentials = Object.fromEntries(SCHEMES.map((id) => [id, { secret: SECRETS[id] }]));
    nodeRed = await NodeRed.start({ userDir, flows, credentials });
    await nodeRed.deploy(movedTo(nodeRed.url, flows));
    for (const scheme of SCHEMES) assert.equal((await post(`/hooks/send-${scheme}`, {})).status, 200);
    await nodeRed.waitForDeliveries(2 * SCHEMES.length);
  });

  after(async () => {
    await nodeRed.stop();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  const post = (target: string, headers: Signature, body: Buffer = BODY): Promise<Response> =>
    call(`${nodeRed.url}${target}`, {
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const seenAt = async (at: string): Promise<Seen[]> =>
    ((await call(`${nodeRed.url}/seen`)).json() as Seen[]).filter((seen) => seen.at === at);
  const captured = (scheme: Scheme): ReceivedRequest => {
    const request = receiver.requests.find((one) => one.path === `/${scheme}`);
    assert.ok(request);
    return request;
  };
  /** The signature of a captured request, as whoever listened would send it again. */
  const signatureOf = async (scheme: Scheme): Promise<Signature> => {
    const { headers } = captured(scheme);
    const names = Object.keys(await OPENSSL[scheme](0, ''));
    return Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  };
  /** An answer without what differs from one to the next by itself. */
  const told = ({ status, text, headers }: Response): unknown => ({
    status,
    text,
    headers: [...headers].filter(([name]) => name !== 'date'),
  });

  for (const scheme of SCHEMES)
    describe(`by the scheme ${scheme}`, () => {
      const only = `/hooks/only-${scheme}`;

      it('are on a delivery that a hook of the same Node-RED takes, byte for byte', async () => {
        const [row] = await nodeRed.deliveries({ endpoint: `self-${scheme}` });
        assert.equal(row?.lastResponseCode, 200);
        const raws = (await seenAt('took')).filter(({ verified }) => verified).map(({ raw }) => raw);
        assert.ok(raws.length > 0);
        assert.deepEqual([...new Set(raws)], [BODY.toString('base64')]);
      });

      it('are on the wire what openssl makes of the same bytes', async () => {
        assert.deepEqual(captured(scheme).body, BODY);
        const signature = await signatureOf(scheme);
        assert.deepEqual(signature, await OPENSSL[scheme](timeOf(signature), captured(scheme).webhookId));
        assert.ok(Math.abs(captured(scheme).receivedAt - timeOf(signature)) < 10_000);
      });

      it('are verified when openssl made them', async () => {
        const before = (await seenAt('took')).length;
        assert.equal((await post(only, await OPENSSL[scheme](Date.now(), 'by-openssl'))).status, 200);
        assert.equal((await seenAt('took')).length, before + 1);
      });

      it('say nothing of why a captured request with another byte is refused', async () => {
        const signature = await signatureOf(scheme);
        assert.equal((await post(only, signature)).status, 200);
        const before = (await seenAt('took')).length;
        const changed = await post(only, signature, Buffer.from('{"a": 2 }'));
        assert.equal(changed.status, 401);
        assert.deepEqual(changed.json(), {
          error: { code: 'unauthorized', message: 'The credentials are missing or wrong.' },
        });
        assert.deepEqual(told(changed), told(await post(only, {})));
        assert.equal((await seenAt('took')).length, before);
      });

      it('are refused outside the tolerance, before and after', async () => {
        for (const seconds of [-TOLERANCE_S - 5, TOLERANCE_S + 5]) {
          const signature = await OPENSSL[scheme](Date.now() + seconds * 1000, 'late');
          assert.deepEqual(told(await post(only, signature)), told(await post(only, {})));
        }
        const inTime = await OPENSSL[scheme](Date.now() - (TOLERANCE_S - 20) * 1000, 'in-time');
        assert.equal((await post(only, inTime)).status, 200);
      });
    });

  // In one of its own, as mocha runs the tests of a suite before those of the suites in it.
  describe('and what is around them', () => {
    it('are refused by a hook without a secret, whoever made them', async () => {
      for (const hookWithout of ['/hooks/only-lost', '/hooks/only-gone'])
        for (const signature of [
          {},
          await OPENSSL.thermometer(Date.now(), ''),
          await signatureOf('standard'),
        ])
          assert.equal((await post(hookWithout, signature)).status, 401);
      assert.equal((await post('/hooks/only-standard', await signatureOf('thermometer'))).status, 401);
    });

    it('go from hmac-sign through the core nodes to hmac-verify, which tells them apart', async () => {
      assert.equal((await post('/hooks/relay', {})).text, BODY.toString());
      const [verified, ...others] = await seenAt('first');
      assert.deepEqual(verified?.signature, {
        scheme: 'standard-webhooks',
        verified: true,
        keyUsed: 'current',
        reason: null,
      });
      assert.deepEqual(others, []);
      const refused = await post('/raw', await signatureOf('standard'), Buffer.from('{"a": 2 }'));
      assert.equal(refused.status, 401);
      assert.doesNotMatch(refused.text, /mismatch|signature/i);
      const [rejected] = await seenAt('second');
      assert.equal(rejected?.signature?.['reason'], 'mismatch');
    });

    it('leave no secret in flows, in the admin API, in the log or in a file but that of the credentials', async () => {
      const rows = await nodeRed.deliveries();
      const calls = [
        'flows',
        ...SCHEMES.map((id) => `credentials/signing-secret/${id}`),
        'survey-hooks/deliveries',
        ...rows.map(({ id }) => `survey-hooks/deliveries/${id}`),
      ];
      const places = new Map<string, string>();
      for (const relativePath of calls) {
        const headers = { accept: 'application/json', 'node-red-api-version': 'v2' };
        const answer = await nodeRed.admin(relativePath, { headers });
        assert.equal(answer.status, 200, relativePath);
        places.set(relativePath, answer.text);
      }
      await nodeRed.stop();
      const kept = await readFile(path.join(userDir, 'flows_cred.json'), 'utf8');
      for (const text of Object.values(SECRETS)) assert.ok(kept.includes(text));
      places.set('the log', nodeRed.output);
      for (const entry of await readdir(userDir, { withFileTypes: true }))
        if (entry.isFile() && !entry.name.startsWith('flows_cred'))
          places.set(entry.name, (await readFile(path.join(userDir, entry.name))).toString('latin1'));
      assert.ok(places.has('survey-hooks.db') && places.has('flows.json'));
      const forms = [...Object.values(SECRETS), KEY.toString(), KEY.toString('hex'), KEY.toString('base64')];
      for (const form of forms)
        for (const [place, content] of places) assert.ok(!content.includes(form), `${form} is in ${place}`);
    });
  });
});
