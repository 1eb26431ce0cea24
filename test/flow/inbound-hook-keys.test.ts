import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NodeAPI } from 'node-red';
import inboundHookIn from '../../nodes/inbound-hook-in/inbound-hook-in.ts';
import { newApiKey } from '../../src/inbound/authenticators/new-api-key.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { call } from '../support/http.ts';
import { until } from '../support/until.ts';

/** A key, and the entry that its hook keeps of it. */
function make(name: string, roles: readonly string[]) {
  const { id, key, hash } = newApiKey();
  return { key: key.reveal(), entry: { id, name, hash, roles } };
}
const shop = make('shop', ['org.hooks']);
const crm = make('crm', ['org.hooks', 'org.users']);
const reader = make('reader', ['org.read']);
const nothing = make('nothing', []);
const all = [shop, crm, reader, nothing];

const hook = (id: string, changes: Record<string, unknown>) => ({
  id,
  type: 'inbound-hook-in',
  path: '/hooks/a',
  auth: 'api-key',
  role: 'org.hooks',
  wires: [['sink']],
  ...changes,
});
const sink = { id: 'sink', type: 'helper' };
const kept = (keys: readonly { entry: object }[]) => ({
  apiKeys: JSON.stringify(keys.map(({ entry }) => entry)),
});

interface Received {
  readonly req: IncomingMessage;
  readonly hook: { readonly keyName: string | null };
}

describe('The node inbound-hook-in with API keys', () => {
  let runtime: FlowRuntime;
  let RED: NodeAPI;
  let status: { fill?: string; text?: string } | undefined;

  before(async () => {
    runtime = await FlowRuntime.start();
  });
  after(async () => runtime.stop());

  /** Each hook has an id of its own: failures at one count against nobody at the next. */
  let count = 0;

  async function load(
    changes: Record<string, unknown>,
    credentials: Readonly<Record<string, string>>,
  ): Promise<Received[]> {
    const register = (real: NodeAPI): void => {
      RED = real;
      RED.events.removeAllListeners('node-status');
      status = undefined;
      RED.events.on('node-status', (event: { status: object }) => (status = event.status));
      inboundHookIn(RED);
    };
    const id = `hook-${++count}`;
    await runtime.load([register], [hook(id, changes), sink], { [id]: credentials });
    await until(() => status !== undefined, { what: () => 'a status' });
    return runtime.messagesAt<Received>('sink');
  }

  const send = async (headers: Record<string, string>) => {
    const { port } = (RED.server as unknown as { address(): AddressInfo }).address();
    return call(`http://127.0.0.1:${port}/hooks/a`, { body: { a: 1 }, headers });
  };
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

  it('lets in keys with the role, and tells the flow which, but not the key', async () => {
    const messages = await load({}, kept(all));
    assert.equal(status?.fill, 'green');
    for (const { key } of [shop, crm]) assert.equal((await send(bearer(key))).status, 200);
    await until(() => messages.length === 2, { what: () => 'two messages' });
    assert.deepEqual(
      messages.map(({ hook: { keyName } }) => keyName),
      ['shop', 'crm'],
    );
    for (const { req } of messages) {
      assert.equal(req.headers.authorization, '[secret]');
      assert.ok(!JSON.stringify([req.headers, req.rawHeaders, req.headersDistinct]).includes('shk_'));
    }
  });

  it('answers 401 without a key that it knows, and 403 to one without the role', async () => {
    const messages = await load({}, kept(all));
    for (const headers of [{}, bearer('shk_unknown'), { 'x-api-key': shop.key }]) {
      const answer = await send(headers);
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="inbound hook"');
    }
    for (const { key } of [reader, nothing]) {
      const answer = await send(bearer(key));
      assert.equal(answer.status, 403);
      assert.deepEqual((answer.json() as { error: { code: string } }).error.code, 'forbidden');
    }
    assert.equal(messages.length, 0);
  });

  it('takes the key from another header, and hides it there', async () => {
    const messages = await load({ apiKeyHeader: 'X-Client-Id', role: '' }, kept(all));
    assert.equal((await send({ 'x-client-id': reader.key, authorization: 'Bearer other' })).status, 200);
    assert.equal((await send(bearer(shop.key))).status, 401);
    assert.equal((await send({ 'x-client-id': nothing.key })).status, 403);
    await until(() => messages.length === 1, { what: () => 'a message' });
    const [{ req }] = messages as [Received];
    assert.equal(req.headers['x-client-id'], '[secret]');
    assert.ok(!JSON.stringify([req.headers, req.rawHeaders]).includes('shk_'));
  });

  it('forgets a key that was taken out of its list, and no other', async () => {
    await load({}, kept([crm]));
    assert.equal((await send(bearer(shop.key))).status, 401);
    assert.equal((await send(bearer(crm.key))).status, 200);
  });

  const useless: Record<string, Readonly<Record<string, string>>> = {
    'without keys': {},
    'with an empty list': { apiKeys: '[]' },
    'with a list that is no JSON': { apiKeys: '[{"name"' },
    'with one entry that is no key': { apiKeys: JSON.stringify([shop.entry, { name: 'x' }]) },
    'with no key that has the role': kept([reader, nothing]),
    'with the credentials of another kind': { username: 'user', password: 'secret' },
  };
  for (const [what, credentials] of Object.entries(useless))
    it(`is red ${what}, and lets nobody in`, async () => {
      const messages = await load({}, credentials);
      assert.deepEqual([status?.fill, status?.text], ['red', 'inbound-hook-in.status.no-credentials']);
      for (const { key } of all) assert.ok([401, 403].includes((await send(bearer(key))).status));
      for (const headers of [{ authorization: 'Bearer ' }, { authorization: 'Bearer undefined' }])
        assert.equal((await send(headers)).status, 401);
      assert.equal(messages.length, 0);
    });
});
