import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { call, type Response } from '../support/http.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';

const REFUSED = '{"error":{"code":"unauthorized","message":"The credentials are missing or wrong."}}';
const json = { 'content-type': 'application/json' };
const owner = { username: 'node', password: 'red' };

const hook = (id: string, changes: Record<string, unknown> = {}): FlowNode => ({
  id,
  z: 'tab',
  type: 'inbound-hook-in',
  name: `hook ${id}`,
  path: `/hooks/${id}`,
  auth: 'none',
  respond: 'flow',
  x: 100,
  y: 100,
  wires: [['tell']],
  ...changes,
});

const secret = (id: string, changes: Record<string, unknown> = {}): FlowNode => ({
  id,
  type: 'signing-secret',
  name: `secret ${id}`,
  scheme: 'github',
  tolerance: 300,
  ...changes,
});

const flows: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'Hooks' },
  secret('github-secret'),
  secret('twilio-secret', { scheme: 'twilio', publicUrl: 'https://hooks.example' }),
  hook('signed', { signing: 'github-secret' }),
  hook('called', { signing: 'twilio-secret' }),
  hook('open'),
  hook('lost', { signing: 'nowhere' }),
  {
    id: 'tell',
    z: 'tab',
    type: 'function',
    func: 'msg.payload = { payload: msg.payload, signature: msg.signature, verified: msg.hook.verified }; return msg;',
    x: 300,
    y: 100,
    wires: [['answer']],
  },
  { id: 'answer', z: 'tab', type: 'http response', x: 500, y: 100, wires: [] },
];
const credentials = { 'github-secret': { secret: 'first' }, 'twilio-secret': { secret: 'token' } };
const withoutNodes = (...ids: string[]): FlowNode[] => flows.filter(({ id }) => !ids.includes(id));

/** Flows in which the secret of GitHub was typed anew. */
const typed = (credentials: Record<string, string>): FlowNode[] =>
  flows.map((node) => (node.id === 'github-secret' ? { ...node, credentials } : node));

const sign = (body: string, key: string): Record<string, string> => ({
  ...json,
  'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
});

for (const version of [5, 4] as const)
  describe(`Hooks that verify signatures, on Node-RED ${version} behind a root and httpNodeAuth`, function () {
    this.timeout(60_000);
    let userDir: string;
    let nodeRed: NodeRed;

    before(async () => {
      userDir = await makeUserDir();
      // Node-RED takes an MD5 digest of 32 digits for a password too, which spares the test the time of bcrypt.
      const pass = createHash('md5').update(owner.password).digest('hex');
      const settings = { httpNodeRoot: '/api', httpNodeAuth: { user: owner.username, pass } };
      nodeRed = await NodeRed.start({ userDir, version, flows, credentials, settings });
    });
    after(async () => {
      await nodeRed.stop();
      await removeUserDir(userDir);
    });

    const send = (id: string, body: string, headers: Record<string, string> = json) =>
      call(`${nodeRed.url}/api/hooks/${id}`, { body, headers });
    const complaints = (): number => nodeRed.output.split('The hook refuses everything').length - 1;

    function assertRefused({ status, text, headers }: Response): void {
      assert.deepEqual([status, text, headers.get('www-authenticate')], [401, REFUSED, null]);
    }

    it('ask for nothing but the signature, and refuse without a reason', async () => {
      const body = '{"a": 1 }';
      const answer = await send('signed', body, sign(body, 'first'));
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(answer.json(), {
        payload: { a: 1 },
        signature: { scheme: 'github', verified: true, keyUsed: 'current', reason: null },
        verified: true,
      });
      assertRefused(await send('signed', '{"a":1}', sign(body, 'first')));
      assertRefused(await send('signed', '{', sign(body, 'first')));
      assertRefused(await send('signed', body));
      assertRefused(await call(`${nodeRed.url}/api/hooks/signed`, { basic: owner, body: { a: 1 } }));
    });

    it('are guarded by httpNodeAuth where nothing is signed', async () => {
      assert.equal((await send('open', '{}')).status, 401);
      const answer = await call(`${nodeRed.url}/api/hooks/open`, { basic: owner, body: {} });
      assert.equal(answer.status, 200);
    });

    it('judge the URL that the sender called', async () => {
      const signTwilio = (url: string) => ({
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': createHmac('sha1', 'token').update(`${url}Digits1234`).digest('base64'),
      });
      const right = signTwilio('https://hooks.example/api/hooks/called');
      assert.equal((await send('called', 'Digits=1234', right)).status, 200);
      assertRefused(await send('called', 'Digits=1235', right));
      assertRefused(await send('called', 'Digits=1234', signTwilio(`${nodeRed.url}/api/hooks/called`)));
    });

    it('refuse everything without a secret, and say so once', async () => {
      assert.equal(complaints(), 1, nodeRed.output);
      for (const headers of [json, sign('{}', ''), sign('{}', 'first')])
        assertRefused(await send('lost', '{}', headers));
      assert.equal(complaints(), 1);
    });

    it('know a new secret after a deploy that changes nothing else, and the previous one beside it', async () => {
      await nodeRed.deploy(typed({ secret: 'second', previousSecret: 'first' }), 'nodes');
      const used = async (key: string): Promise<unknown> => {
        const answer = await send('signed', '{}', sign('{}', key));
        assert.equal(answer.status, 200, key);
        return (answer.json() as { signature: { keyUsed: unknown } }).signature.keyUsed;
      };
      assert.deepEqual([await used('second'), await used('first')], ['current', 'previous']);
      await nodeRed.deploy(typed({ secret: 'second', previousSecret: '' }), 'nodes');
      assertRefused(await send('signed', '{}', sign('{}', 'first')));
      assert.equal(await used('second'), 'current');
    });

    it('refuse everything when their secret is deleted or disabled, until it is back', async () => {
      const disabled = flows.map((node) => (node.id === 'github-secret' ? { ...node, d: true } : node));
      for (const changed of [withoutNodes('github-secret'), disabled]) {
        const before = complaints();
        await nodeRed.deploy(changed, 'nodes');
        assertRefused(await send('signed', '{}', sign('{}', 'second')));
        assert.equal(complaints() - before, 1, nodeRed.output);
        await nodeRed.deploy(typed({ secret: 'second' }), 'nodes');
        assert.equal((await send('signed', '{}', sign('{}', 'second'))).status, 200);
      }
    });

    it('complain of nothing when they go together with their secret', async () => {
      const before = complaints();
      await nodeRed.deploy(withoutNodes('github-secret', 'signed', 'lost'), 'full');
      assert.equal(complaints(), before);
    });
  });
