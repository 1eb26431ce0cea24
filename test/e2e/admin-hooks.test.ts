import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { openStore } from '../../src/store/open-store.ts';
import { ADMIN_USERS, adminAuth, AdminClient, type AdminUser } from '../support/admin-users.ts';
import { basicAuth, call, type Response } from '../support/http.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { secretNode } from '../support/signing-secrets.ts';
import { until } from '../support/until.ts';

const HOOKS = 'survey-hooks/hooks';
const KEYS = 'survey-hooks/keys';
const login = { username: 'sender', password: 'password-of-the-hook' };
const SIGNING_SECRET = 'secret-of-the-signatures';

interface HookRow {
  readonly id: string;
  readonly active: boolean;
  readonly debug: boolean;
  readonly received: number;
  readonly refused: number;
  readonly parked: number | null;
  readonly lastReceivedAt: string | null;
}

interface InteractionRow {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: { readonly name: string; readonly value: string }[];
    readonly body: { readonly content: string } | null;
  };
  readonly decision: {
    readonly outcome: string;
    readonly code: string | null;
    readonly reason: string | null;
  };
  readonly answer: { readonly statusCode: number; readonly body: { readonly content: string } | null } | null;
}

const hook = (id: string, changes: Record<string, unknown> = {}): FlowNode => ({
  id,
  z: 'tab',
  type: 'inbound-hook-in',
  name: `Hook ${id}`,
  path: `/hooks/${id}`,
  x: 100,
  y: 100,
  wires: [[]],
  ...changes,
});

const flows: readonly FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'Hooks' },
  hook('basic', { description: 'Of the shop', debug: true }),
  hook('signed', { auth: 'none', signing: 'secret', debug: true }),
  hook('form', { kind: 'form', debug: true }),
  hook('echo', { auth: 'none', respond: 'flow', debug: true, wires: [['answer']] }),
  { id: 'answer', z: 'tab', type: 'http response', x: 300, y: 100, wires: [] },
  hook('once', { auth: 'none', dedupe: 'header:x-id', debug: true }),
  hook('keyed', { auth: 'api-key', apiKeyHeader: 'x-client', role: 'org.hooks', debug: true }),
  hook('plain', { auth: 'none', methods: ['POST'] }),
  hook('off', { auth: 'none', active: false }),
  secretNode('secret', 'github'),
];
const API_KEY = 'old-key-without-a-known-beginning';
const apiKeys = [
  {
    id: '1',
    name: 'shop',
    hash: `sha256:${createHash('sha256').update(API_KEY).digest('hex')}`,
    roles: ['org.hooks'],
  },
];
const credentials = {
  basic: login,
  secret: { secret: SIGNING_SECRET },
  keyed: { apiKeys: JSON.stringify(apiKeys) },
};

/** As a process leaves it that died with these events three times. */
async function parkEvents(userDir: string, hookId: string, count: number): Promise<void> {
  const file = path.join(userDir, 'survey-hooks.db');
  const store = await openStore({ backend: 'sqlite', file, clock: systemClock, logger: silentLogger });
  const ids = Array.from({ length: count }, (_, at) => `parked-${hookId}-${at}`);
  for (const id of ids) {
    const event = { id, hookId, receivedAt: Date.now(), head: '{}', body: Buffer.from('{}') };
    await store.inbox.keep({ event, mark: undefined, now: Date.now() });
  }
  await store.inbox.park(ids);
  await store.close();
}

describe('The admin API for hooks, of a Node-RED with users and another root', function () {
  this.timeout(60_000);
  let userDir: string;
  let nodeRed: NodeRed;
  let client: AdminClient;

  before(async () => {
    userDir = await makeUserDir();
    await parkEvents(userDir, 'plain', 2);
    nodeRed = await NodeRed.start({
      userDir,
      flows,
      credentials,
      settings: { httpAdminRoot: '/admin', adminAuth },
    });
    client = await AdminClient.logIn(nodeRed, 'admin');
  });
  after(async () => {
    await nodeRed.stop();
    await removeUserDir(userDir);
  });

  const ask = (...asked: Parameters<AdminClient['ask']>) => client.ask(...asked);
  const send = (id: string, request: Parameters<typeof call>[1] = {}): Promise<Response> =>
    call(`${nodeRed.url}/hooks/${id}`, { method: 'POST', ...request });

  async function row(id: string): Promise<HookRow> {
    const rows = (await ask('admin', HOOKS)).json() as HookRow[];
    const found = rows.find((one) => one.id === id);
    assert.ok(found);
    return found;
  }
  async function interactionsOf(id: string, count: number): Promise<InteractionRow[]> {
    let rows: InteractionRow[] = [];
    await until(
      async () => {
        rows = (await ask('auditor', `${HOOKS}/${id}/interactions`)).json() as InteractionRow[];
        return rows.length >= count && rows.every(({ answer }) => answer);
      },
      { what: () => `${count} interactions; there are ${JSON.stringify(rows)}` },
    );
    return rows;
  }

  it('lists hooks with what they did', async () => {
    assert.equal((await send('basic', { basic: login, body: {} })).status, 200);
    assert.equal((await send('basic', { basic: { ...login, password: 'wrong' }, body: {} })).status, 401);
    const { lastReceivedAt, ...listed } = await row('basic');
    assert.ok(Math.abs(Date.parse(lastReceivedAt ?? '') - Date.now()) < 60_000);
    assert.deepEqual(listed, {
      id: 'basic',
      name: 'Hook basic',
      description: 'Of the shop',
      kind: 'webhook',
      url: '/hooks/basic',
      methods: ['POST', 'PUT'],
      active: true,
      debug: true,
      received: 1,
      refused: 1,
      parked: 0,
    });
    const { active, debug, parked } = await row('plain');
    assert.deepEqual({ active, debug, parked }, { active: true, debug: false, parked: 2 });
    assert.equal((await row('off')).active, false);
  });

  const calls: readonly [path: string, body: unknown, allowed: readonly AdminUser[]][] = [
    [HOOKS, undefined, ['admin', 'reader', 'auditor']],
    [`${HOOKS}/basic/interactions`, undefined, ['admin', 'auditor']],
    [`${HOOKS}/plain/activate`, {}, ['admin', 'operator']],
    [`${HOOKS}/plain/debug`, { on: false }, ['admin', 'operator']],
    [`${HOOKS}/form/parked`, { action: 'run' }, ['admin', 'operator']],
    [KEYS, { name: 'shop', roles: ['org.hooks'] }, ['admin', 'operator']],
  ];
  for (const [where, body, allowed] of calls)
    it(`answers ${where} to those only who may`, async () => {
      const request = body === undefined ? {} : { body };
      assert.equal((await ask(undefined, where, request)).status, 401);
      for (const user of ADMIN_USERS) {
        const { status } = await ask(user, where, request);
        assert.equal(status, allowed.includes(user) ? 200 : 401, user);
      }
      for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
        assert.equal(
          (await ask('admin', where, { headers, ...(body !== undefined && { body }) })).status,
          403,
        );
      if (body === undefined) return;
      const plain = { method: 'POST', body: 'on=true', headers: { 'content-type': 'text/plain' } };
      assert.equal((await ask('admin', where, plain)).status, 403);
    });

  it('lets nobody switch a hook who may only read', async () => {
    for (const user of ['reader', 'auditor', 'watcher'] as const)
      for (const action of ['deactivate', 'debug'])
        assert.equal((await ask(user, `${HOOKS}/plain/${action}`, { body: { on: true } })).status, 401);
    const { active, debug } = await row('plain');
    assert.deepEqual({ active, debug }, { active: true, debug: false });
  });

  it('shows the last interactions, with the reason of a refusal, and no secret in them', async () => {
    const headers = { cookie: 'id=cookie-of-the-sender', 'x-api-key': 'key-of-the-sender' };
    await send('basic?token=token-of-the-sender', { basic: login, body: { a: 1 }, headers });
    const [newest] = await interactionsOf('basic', 3);
    assert.ok(newest);
    assert.equal(newest.decision.outcome, 'accepted');
    assert.equal(newest.request.url, '/hooks/basic?token=[secret]');
    assert.equal(newest.request.body?.content, '{"a":1}');
    assert.equal(newest.request.headers.find(({ name }) => name === 'cookie')?.value, '[secret]');

    const body = '{"a":1}';
    const signature = (key: string) => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
    for (const key of [SIGNING_SECRET, 'another'])
      await send('signed', {
        body,
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature(key) },
      });
    const [refused] = await interactionsOf('signed', 2);
    assert.ok(refused);
    assert.match(refused.decision.reason ?? '', /^No signature fits/);
    assert.equal(refused.answer?.statusCode, 401);
    assert.ok(!client.answers.join().includes(signature(SIGNING_SECRET)));
  });

  it('shows the interactions of a form and of a flow that answers', async () => {
    await send('form', { body: 'name=A', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    assert.equal((await interactionsOf('form', 1))[0]?.request.body?.content, 'name=A');
    await send('echo', { body: { a: 1 } });
    const [echoed] = await interactionsOf('echo', 1);
    assert.deepEqual([echoed?.decision.outcome, echoed?.answer?.body?.content], ['flow', '{"a":1}']);
  });

  it('shows a duplicate as one, with the first answer', async () => {
    for (const headers of [{ 'x-id': '1' }, { 'x-id': '1' }]) await send('once', { body: {}, headers });
    const [second, first] = await interactionsOf('once', 2);
    assert.deepEqual([first?.decision.outcome, second?.decision.outcome], ['accepted', 'duplicate']);
    assert.deepEqual(second?.answer?.body, first?.answer?.body);
    assert.equal((await row('once')).received, 2);
  });

  it('masks a key in a header of any name, and tells its owner which one was missing', async () => {
    assert.equal((await send('keyed', { body: {}, headers: { 'x-client': API_KEY } })).status, 200);
    assert.equal((await send('keyed', { body: {} })).status, 401);
    const [refused, accepted] = await interactionsOf('keyed', 2);
    assert.match(refused?.decision.reason ?? '', /"x-client".* is missing/);
    assert.equal(accepted?.request.headers.find(({ name }) => name === 'x-client')?.value, '[secret]');
  });

  it('shows none where debug is off, and forgets them when it is switched off', async () => {
    const none = async () => (await ask('admin', `${HOOKS}/plain/interactions`)).json();
    await send('plain', { body: {} });
    assert.deepEqual(await none(), []);
    const switched = await ask('operator', `${HOOKS}/plain/debug`, { body: { on: true } });
    assert.deepEqual(switched.json(), { id: 'plain', active: true, debug: true, until: 'restart' });
    await send('plain', { body: {} });
    await interactionsOf('plain', 1);
    await ask('operator', `${HOOKS}/plain/debug`, { body: { on: false } });
    await ask('operator', `${HOOKS}/plain/debug`, { body: { on: true } });
    assert.deepEqual(await none(), []);
  });

  it('switches a hook off and on, until a deploy starts it anew with its settings', async () => {
    const statuses = async () => [
      (await send('plain', { body: {} })).status,
      (await send('off', { body: {} })).status,
    ];
    assert.deepEqual(await statuses(), [200, 404]);
    await ask('operator', `${HOOKS}/plain/deactivate`, { body: {} });
    await ask('operator', `${HOOKS}/off/activate`, { body: {} });
    assert.deepEqual(await statuses(), [404, 200]);
    const { received } = await row('plain');

    const deployed = ((await ask('admin', 'flows')).json() as FlowNode[]).slice();
    const headers = { 'node-red-deployment-type': 'full' };
    assert.equal((await ask('admin', 'flows', { body: deployed, headers })).status, 204);
    await until(async () => (await statuses()).join() === '200,404', { what: () => 'the settings' });
    const after = await row('plain');
    assert.deepEqual([after.active, after.debug], [true, false]);
    assert.ok(after.received > received);
  });

  it('makes a key that is kept nowhere', async () => {
    const answer = await ask('operator', KEYS, {
      body: { name: ' shop ', roles: ['org.hooks', 'org.hooks'] },
    });
    const { id, key, hash, ...entry } = answer.json() as Record<string, string>;
    assert.deepEqual(entry, { name: 'shop', roles: ['org.hooks'] });
    assert.ok(id);
    assert.match(key ?? '', /^shk_/);
    assert.equal(
      hash,
      `sha256:${createHash('sha256')
        .update(key ?? '')
        .digest('hex')}`,
    );
    for (const name of await readdir(userDir))
      if (name.includes('.')) {
        const text = await readFile(path.join(userDir, name), 'latin1').catch(() => '');
        assert.ok(!text.includes(key ?? '') && !text.includes(hash), name);
      }
    assert.ok(!nodeRed.output.includes(key ?? ''));
  });

  it('lets parked events be dropped', async () => {
    const dropped = await ask('operator', `${HOOKS}/plain/parked`, { body: { action: 'drop' } });
    assert.deepEqual(dropped.json(), { count: 2 });
    assert.equal((await row('plain')).parked, 0);
  });

  const wrong: readonly [path: string, body: object | undefined, status: number, code: string][] = [
    [`${HOOKS}/none/interactions`, undefined, 404, 'unknown_hook'],
    [`${HOOKS}/none/activate`, {}, 404, 'unknown_hook'],
    [`${HOOKS}/__proto__/deactivate`, {}, 404, 'unknown_hook'],
    [`${HOOKS}/none/parked`, { action: 'run' }, 404, 'unknown_hook'],
    [`${HOOKS}/plain/parked`, { action: 'delete' }, 400, 'invalid_body'],
    [`${HOOKS}/plain/parked`, [], 400, 'invalid_body'],
    [`${HOOKS}/plain/debug`, {}, 400, 'invalid_body'],
    [`${HOOKS}/plain/debug`, { on: 'true' }, 400, 'invalid_body'],
    [`${HOOKS}/%E0%A4%A/debug`, { on: true }, 400, 'unreadable'],
    [KEYS, {}, 400, 'invalid_body'],
    [KEYS, { name: 'a', roles: [] }, 400, 'invalid_body'],
    [KEYS, { name: 'a', roles: 'org.hooks' }, 400, 'invalid_body'],
    [KEYS, { name: 'a', roles: [1] }, 400, 'invalid_body'],
    [KEYS, { name: ' ', roles: ['a'] }, 400, 'invalid_body'],
    [KEYS, { name: 'a\nb', roles: ['a'] }, 400, 'invalid_body'],
    [KEYS, { name: 'a'.repeat(101), roles: ['a'] }, 400, 'invalid_body'],
    [KEYS, { name: 'a', roles: Array.from({ length: 51 }, String) }, 400, 'invalid_body'],
    [KEYS, { name: 'a', roles: ['a'], filler: 'x'.repeat(6_000_000) }, 413, 'unreadable'],
  ];
  for (const [where, body, status, code] of wrong)
    it(`answers ${status} to ${where} with ${JSON.stringify(body ?? {}).slice(0, 60)}`, async () => {
      const answer = await ask('admin', where, body === undefined ? {} : { body });
      assert.equal(answer.status, status, answer.text);
      assert.equal((answer.json() as { error: { code: string } }).error.code, code);
    });

  it('tells open editors of changes by id and state alone', async () => {
    const socket = new WebSocket(`${nodeRed.url.replace('http', 'ws')}/admin/comms`);
    const told: string[] = [];
    socket.addEventListener('message', ({ data }) => void told.push(String(data)));
    try {
      await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
      socket.send(JSON.stringify({ auth: client.tokenOf('watcher') }));
      await until(() => told.join().includes('"ok"'), { what: () => 'to be let in' });
      await ask('admin', `${HOOKS}/plain/deactivate`, { body: {} });
      await send('basic', { basic: login, body: { text: 'body-of-the-event' } });
      const expected = ['plain', 'inactive', 'basic', 'active'].map((text) => `"${text}"`);
      await until(() => expected.every((text) => told.join().includes(text)), { what: () => told.join() });
      const messages = told.flatMap((text) => {
        const parsed = JSON.parse(text) as unknown;
        return Array.isArray(parsed) ? (parsed as { topic: string; data: unknown }[]) : [];
      });
      const changes = messages.filter(({ topic }) => topic === 'survey-hooks/changed');
      assert.ok(changes.length > 0);
      for (const { data } of changes) {
        const { items, more } = data as { items: object[]; more: boolean };
        assert.equal(typeof more, 'boolean');
        for (const item of items) assert.deepEqual(Object.keys(item), ['kind', 'id', 'status']);
      }
      assert.ok(!told.join().includes('body-of-the-event'));
    } finally {
      socket.close();
    }
  });

  it('holds a secret neither in an answer nor in the log', () => {
    const places = [client.answers.join(), nodeRed.output];
    for (const secret of [
      login.password,
      basicAuth(login).slice('Basic '.length),
      SIGNING_SECRET,
      API_KEY,
      'cookie-of-the-sender',
      'key-of-the-sender',
      'token-of-the-sender',
    ])
      for (const text of places) assert.ok(!text.includes(secret), secret);
  });
});

describe('The admin API for hooks, of a Node-RED with default roots', function () {
  this.timeout(60_000);
  let userDir: string;
  let nodeRed: NodeRed;
  before(async () => {
    userDir = await makeUserDir();
    nodeRed = await NodeRed.start({ userDir, flows, credentials });
  });
  after(async () => {
    await nodeRed.stop();
    await removeUserDir(userDir);
  });

  it('lists, switches and shows', async () => {
    const rows = (await nodeRed.admin(HOOKS)).json() as HookRow[];
    assert.deepEqual(rows.map(({ id }) => id).sort(), [
      'basic',
      'echo',
      'form',
      'keyed',
      'off',
      'once',
      'plain',
      'signed',
    ]);
    assert.equal((await nodeRed.admin(`${HOOKS}/echo/deactivate`, { body: {} })).status, 200);
    assert.equal((await call(`${nodeRed.url}/hooks/echo`, { body: { a: 1 } })).status, 404);
    const shown = (await nodeRed.admin(`${HOOKS}/echo/interactions`)).json() as InteractionRow[];
    assert.deepEqual(
      shown.map(({ decision }) => [decision.outcome, decision.code]),
      [['refused', 'not_found']],
    );
  });

  it('refuses what a page of another origin or a plain form sends', async () => {
    const origin = { origin: 'http://evil.example' };
    assert.equal((await nodeRed.admin(HOOKS, { headers: origin })).status, 403);
    assert.equal(
      (await nodeRed.admin(KEYS, { body: { name: 'a', roles: ['a'] }, headers: origin })).status,
      403,
    );
    assert.equal((await nodeRed.admin(`${HOOKS}/plain/deactivate`, { method: 'POST' })).status, 403);
    const ours = { 'x-survey-hooks': '1' };
    assert.equal(
      (await nodeRed.admin(`${HOOKS}/plain/deactivate`, { method: 'POST', headers: ours })).status,
      200,
    );
  });
});
