import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RawConnection } from '../support/gate-server.ts';
import { call } from '../support/http.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';

const own = { username: 'sender', password: 'own' };
const nodeRedUser = { username: 'node', password: 'red' };

const hook = (id: string, changes: Record<string, unknown> = {}): FlowNode => ({
  id,
  z: 'tab',
  type: 'inbound-hook-in',
  name: `hook ${id}`,
  path: `/hooks/${id}`,
  respond: 'flow',
  x: 100,
  y: 100,
  wires: [['tell']],
  ...changes,
});

const flows: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'Hooks' },
  hook('own'),
  hook('open', { auth: 'none' }),
  hook('form', { kind: 'form' }),
  hook('office', { allowedIps: '192.0.2.0/24, 2001:db8::/32' }),
  {
    id: 'tell',
    z: 'tab',
    type: 'function',
    func: "msg.payload = { payload: msg.payload, raw: msg.rawBody.toString('base64'), ip: msg.req.ip, url: msg.req.originalUrl }; return msg;",
    x: 300,
    y: 100,
    wires: [['answer']],
  },
  { id: 'answer', z: 'tab', type: 'http response', x: 500, y: 100, wires: [] },
];

/** Node-RED takes an MD5 digest of 32 digits for a password too, which spares the test the time of bcrypt. */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const settings = (changes: string): string => `module.exports = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret: false,
  httpServerOptions: { 'trust proxy': 'loopback' },
  httpNodeAuth: { user: 'node', pass: '${md5('red')}' },
  ${changes}
};`;

describe('Hooks under the settings of Node-RED', function () {
  this.timeout(60_000);
  let userDir: string;
  let nodeRed: NodeRed;
  const start = async (changes: string): Promise<void> => {
    await writeFile(path.join(userDir, 'settings.js'), settings(changes));
    nodeRed = await NodeRed.start({ userDir, flows, credentials: { own, office: own } });
  };
  const send = (where: string, request: Parameters<typeof call>[1] = {}) =>
    call(`${nodeRed.url}${where}`, { method: 'POST', ...request });

  before(async () => {
    userDir = await makeUserDir();
  });
  after(async () => removeUserDir(userDir));
  afterEach(async () => {
    await nodeRed.stop();
  });

  it('stand below httpNodeRoot, behind httpNodeMiddleware and httpNodeCors, and behind httpNodeAuth without their own', async () => {
    await start(`
      httpNodeRoot: '/api',
      httpNodeMiddleware: async (req, res, next) => {
        if (req.get('x-stop')) return res.status(418).json({ stopped: true });
        if (req.get('x-throw')) throw new Error('secret');
        res.set('x-middleware', 'ran');
        next();
      },
      httpNodeCors: { origin: ['https://page.example'], methods: 'POST' },`);

    const body = Buffer.from('{ "a" : 1.0 }');
    const json = { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.7' };
    for (const [id, basic] of [
      ['own', own],
      ['open', nodeRedUser],
      ['form', nodeRedUser],
    ] as const) {
      const url = `/api/hooks/${id}`;
      const answer = await send(url, { basic, body, headers: { ...json, origin: 'https://page.example' } });
      assert.equal(answer.status, 200, id);
      assert.deepEqual(answer.json(), {
        payload: { a: 1 },
        raw: body.toString('base64'),
        ip: '192.0.2.7',
        url,
      });
      assert.equal(answer.headers.get('x-middleware'), 'ran');
      assert.equal(answer.headers.get('access-control-allow-origin'), 'https://page.example');
    }
    assert.equal((await send('/hooks/own', { basic: own, body, headers: json })).status, 404);
    assert.equal((await send('/api/hooks/own', { basic: nodeRedUser, body, headers: json })).status, 401);

    for (const id of ['open', 'form']) {
      const connection = await RawConnection.open(nodeRed.port);
      connection.send([
        `POST /api/hooks/${id} HTTP/1.1`,
        'Host: x',
        'Content-Type: application/json',
        'Content-Length: 30000000',
      ]);
      await connection.waitFor('HTTP/1.1 401');
      connection.close();
    }

    const stopped = await send('/api/hooks/own', { body, headers: { ...json, 'x-stop': '1' } });
    assert.deepEqual([stopped.status, stopped.text], [418, '{"stopped":true}']);
    const broken = await send('/api/hooks/own', { basic: own, body, headers: { ...json, 'x-throw': '1' } });
    assert.equal(broken.status, 500);
    assert.ok(!broken.text.includes('secret'));

    const preflight = await send('/api/hooks/own', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://page.example',
        'access-control-request-headers': 'authorization',
        'x-stop': 'as it would stop without credentials',
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-methods'), 'POST');
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'authorization');
    assert.equal((await send('/api/hooks/own', { basic: own, body, headers: json })).status, 200);
    assert.deepEqual(await facts(), {
      root: '/api',
      guardsOpenHooks: true,
      hasPublicForms: false,
      hasMiddleware: true,
      hasCors: true,
      trustsProxy: true,
    });
  });

  /** What the editor is told. */
  const facts = async (root = '') =>
    ((await nodeRed.admin(`${root}settings`)).json() as { inboundHookInHost: unknown }).inboundHookInHost;

  it('go by the address that a trusted proxy names', async () => {
    await start('');
    const from = (id: string, address: string, password = own.password) =>
      send(`/hooks/${id}`, {
        basic: { ...own, password },
        body: {},
        headers: { 'x-forwarded-for': address },
      });
    for (const address of ['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::1', '198.51.100.1, 192.0.2.7'])
      assert.equal((await from('office', address)).status, 200, address);
    // What stands before the address that the proxy saw is what the sender claims.
    for (const address of ['198.51.100.1', '192.0.2.7, 198.51.100.1', 'unknown'])
      assert.equal((await from('office', address)).status, 403, address);

    for (let time = 0; time < 10; time++)
      assert.equal((await from('own', `192.0.2.${time}, 198.51.100.1`, 'wrong')).status, 401);
    const kept = await from('own', '198.51.100.1');
    assert.equal(kept.status, 429);
    assert.equal(kept.headers.get('retry-after'), '6');
    assert.equal((await from('own', '198.51.100.2')).status, 200);

    for (let time = 0; time < 10; time++)
      assert.equal((await send('/hooks/open', { basic: own, body: {} })).status, 401);
    assert.equal((await send('/hooks/open', { basic: nodeRedUser, body: {} })).status, 429);

    assert.deepEqual(await facts(), {
      root: '',
      guardsOpenHooks: true,
      hasPublicForms: false,
      hasMiddleware: false,
      hasCors: false,
      trustsProxy: true,
    });
  });

  it('are public as forms beside httpNodeAuth where the settings say so, with the editor at /admin', async () => {
    await start(`httpAdminRoot: '/admin', surveyHooks: { publicForms: true },`);
    assert.equal((await send('/hooks/form', { body: { a: 1 } })).status, 200);
    assert.equal((await send('/hooks/open', { body: { a: 1 } })).status, 401);
    assert.equal((await send('/hooks/open', { basic: nodeRedUser, body: { a: 1 } })).status, 200);
    assert.equal(((await facts('admin/')) as { hasPublicForms: boolean }).hasPublicForms, true);
  });

  it('are off when httpNodeRoot is', async () => {
    await start('httpNodeRoot: false, httpServerOptions: {}, httpNodeAuth: undefined,');
    assert.equal((await send('/hooks/own', { basic: own, body: {} })).status, 404);
    assert.equal(nodeRed.errors.length, 4);
    const none = { guardsOpenHooks: false, hasPublicForms: false, hasMiddleware: false, hasCors: false };
    assert.deepEqual(await facts(), { root: null, ...none, trustsProxy: false });
  });
});
