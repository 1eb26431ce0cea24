import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import surveyWebhookOut from '../../nodes/survey-webhook-out/survey-webhook-out.ts';
import webhookEndpoint from '../../nodes/webhook-endpoint/webhook-endpoint.ts';
import type { OutcomeMessage } from '../../src/delivery/outcome-message.ts';
import { makeCertificate, makePfx } from '../support/certificate.ts';
import { httpProxyNode, tlsConfigNode } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { HttpProxy } from '../support/http-proxy.ts';
import { TlsReceiver } from '../support/tls-receiver.ts';
import { until } from '../support/until.ts';

const NODES = [webhookEndpoint, surveyWebhookOut, tlsConfigNode, httpProxyNode];
const login = { username: 'ops', password: 'sesame' };

type Certificate = Awaited<ReturnType<typeof makeCertificate>>;
type FlowNode = Parameters<FlowRuntime['load']>[1][number];
type Credentials = Parameters<FlowRuntime['load']>[2];

describe('An endpoint with a TLS configuration and a proxy of Node-RED itself', () => {
  let runtime: FlowRuntime;
  let receiver: TlsReceiver;
  let proxy: HttpProxy;
  let server: Certificate;
  let client: Certificate;

  before(async () => {
    [runtime, server, client] = await Promise.all([
      FlowRuntime.start(),
      makeCertificate(),
      makeCertificate(),
    ]);
  });
  after(() => runtime.stop());
  beforeEach(async () => {
    receiver = await TlsReceiver.start({ ...server, ca: client.cert, requestCert: true });
    proxy = await HttpProxy.start({ login });
  });
  afterEach(async () => {
    await runtime.unload();
    await Promise.all([receiver.stop(), proxy.stop()]);
  });

  const tls = (changes: object = {}) => ({
    id: 'tls',
    type: 'tls-config',
    name: '',
    cert: '',
    key: '',
    ca: '',
    certname: 'client.pem',
    keyname: 'client.key',
    caname: 'ca.pem',
    servername: '',
    verifyservercert: true,
    ...changes,
  });
  const files = () => ({ certdata: client.cert, keydata: client.key, cadata: server.cert });
  const proxyNode = (changes: object = {}) => ({
    id: 'proxy',
    type: 'http proxy',
    name: '',
    url: proxy.url,
    noproxy: [],
    ...changes,
  });
  const endpoint = (changes: object = {}) => ({
    id: 'a',
    type: 'webhook-endpoint',
    name: 'Helpdesk',
    url: receiver.url,
    retry: 'none',
    ...changes,
  });
  const out = {
    id: 'out',
    type: 'survey-webhook-out',
    endpoints: ['a'],
    wires: [[], ['succeeded'], ['failed']],
  };
  const sinks = [
    { id: 'succeeded', type: 'helper' },
    { id: 'failed', type: 'helper' },
  ];

  const errors = () => runtime.callsOf('a', 'error').map(String);

  /** Sends a message; answers what it came to: nothing where it was delivered, else the reason. */
  async function deliver(): Promise<string> {
    const messages = (['succeeded', 'failed'] as const).map((id) => runtime.messagesAt<OutcomeMessage>(id));
    runtime.node('out').receive({ payload: { score: 9 } });
    await until(() => messages.flat().length > 0, { what: () => 'an outcome' });
    return messages[1]?.[0]?.delivery.error ?? '';
  }

  it('shows the client certificate and trusts the authority of that node', async () => {
    await runtime.load(NODES, [out, ...sinks, endpoint({ tls: 'tls' }), tls()], { tls: files() });
    assert.equal(await deliver(), '');
    assert.deepEqual(
      receiver.calls.map(({ isClientTrusted }) => isClientTrusted),
      [true],
    );
    assert.deepEqual(errors(), []);
  });

  it('takes certificate and key from variables and from a PKCS #12 file too', async () => {
    const pfx = await makePfx(client, 'sesame');
    const variables = { certType: 'env', certEnv: 'TEST_CERT', keyEnv: 'TEST_KEY', caEnv: 'TEST_CA' };
    Object.assign(process.env, { TEST_CERT: client.cert, TEST_KEY: client.key, TEST_CA: server.cert });
    try {
      await runtime.load(NODES, [out, ...sinks, endpoint({ tls: 'tls' }), tls(variables)]);
      assert.equal(await deliver(), '');
    } finally {
      for (const name of ['TEST_CERT', 'TEST_KEY', 'TEST_CA']) Reflect.deleteProperty(process.env, name);
    }
    // It holds no authority, so none can be trusted but those of Node.js.
    const file = tls({ certType: 'pfx', verifyservercert: false });
    await runtime.load(NODES, [out, ...sinks, endpoint({ tls: 'tls' }), file], {
      tls: { p12data: pfx.toString('base64'), passphrase: 'sesame' },
    });
    assert.equal(await deliver(), '');
    assert.deepEqual(
      receiver.calls.map(({ isClientTrusted }) => isClientTrusted),
      [true, true],
    );
  });

  it('goes through the proxy of that node, with its login', async () => {
    const flow = [out, ...sinks, endpoint({ tls: 'tls', proxy: 'proxy' }), tls(), proxyNode()];
    await runtime.load(NODES, flow, { tls: files(), proxy: login });
    assert.equal(await deliver(), '');
    assert.deepEqual(
      proxy.asked.map(({ method, target }) => `${method} ${target}`),
      [`CONNECT localhost:${receiver.port}`],
    );
    assert.equal(receiver.calls.length, 1);
  });

  it('goes around the proxy for the hosts that the node lists', async () => {
    const around = proxyNode({ noproxy: ['localhost'] });
    const flow = [out, ...sinks, endpoint({ tls: 'tls', proxy: 'proxy' }), tls(), around];
    await runtime.load(NODES, flow, { tls: files() });
    assert.equal(await deliver(), '');
    assert.equal(proxy.asked.length, 0);
  });

  it('sends nothing, and says why, where the proxy refuses the login', async () => {
    const flow = [out, ...sinks, endpoint({ tls: 'tls', proxy: 'proxy' }), tls(), proxyNode()];
    await runtime.load(NODES, flow, { tls: files(), proxy: { ...login, password: 'wr0ng' } });
    const error = await deliver();
    assert.match(error, /The proxy asks for a user name/);
    assert.doesNotMatch(error, /wr0ng|ops|localhost/);
    assert.equal(receiver.connectionCount, 0);
  });

  const broken: readonly [
    what: string,
    flow: () => FlowNode[],
    credentials: () => Credentials,
    reason: RegExp,
  ][] = [
    [
      'the TLS configuration is not there',
      () => [endpoint({ tls: 'tls' })],
      () => ({}),
      /tls: .*not in the flows/,
    ],
    [
      'its files are missing, as after an import',
      () => [endpoint({ tls: 'tls' }), tls()],
      () => ({}),
      /tls: .*names a file/,
    ],
    [
      'its key is missing',
      () => [endpoint({ tls: 'tls' }), tls()],
      () => ({ tls: { certdata: client.cert, cadata: server.cert } }),
      /tls: .*names a file/,
    ],
    [
      'its authority is missing',
      () => [endpoint({ tls: 'tls' }), tls()],
      () => ({ tls: { certdata: client.cert, keydata: client.key } }),
      /tls: .*names a file/,
    ],
    [
      'its certificate has another key',
      () => [endpoint({ tls: 'tls' }), tls()],
      () => ({ tls: { ...files(), keydata: server.key } }),
      /tls: .*do not belong together/,
    ],
    [
      'its file is not on the disk',
      () => [endpoint({ tls: 'tls' }), tls({ cert: '/nowhere/c.pem', key: '/nowhere/k.pem' })],
      () => ({}),
      /tls: .*names a file/,
    ],
    [
      'its PKCS #12 file is missing',
      () => [endpoint({ tls: 'tls' }), tls({ certType: 'pfx', p12name: 'client.p12' })],
      () => ({}),
      /tls: .*names a file/,
    ],
    [
      'its variable is not set',
      () => [
        endpoint({ tls: 'tls' }),
        tls({ certType: 'env', certEnv: 'NOBODY_SETS_THIS', keyEnv: 'NOR_THIS' }),
      ],
      () => ({}),
      /tls: .*names a file/,
    ],
    [
      'it is a node of another kind',
      () => [endpoint({ tls: 'proxy' }), proxyNode()],
      () => ({}),
      /tls: .*not in the flows/,
    ],
    ['the proxy is not there', () => [endpoint({ proxy: 'proxy' })], () => ({}), /proxy: .*not in the flows/],
    [
      'the proxy has no URL',
      () => [endpoint({ proxy: 'proxy' }), proxyNode({ url: '' })],
      () => ({}),
      /proxy: .*must begin with http/,
    ],
  ];
  for (const [what, flow, credentials, reason] of broken)
    it(`is red and sends nothing where ${what}`, async () => {
      await runtime.load(NODES, [out, ...sinks, ...flow()], credentials());
      assert.match(await deliver(), reason);
      assert.equal(errors().length, 1);
      assert.match(errors()[0]!, reason);
      assert.doesNotMatch(errors()[0]!, /BEGIN|localhost|nowhere/);
      assert.equal(receiver.connectionCount + proxy.asked.length, 0);
    });

  /** A subflow with these config nodes and an out node, and a helper before and after it. */
  const inSubflow = (...configs: FlowNode[]): FlowNode[] => [
    {
      id: 'sub',
      type: 'subflow',
      in: [{ wires: [{ id: 'inner' }] }],
      out: [1, 2].map((port) => ({ wires: [{ id: 'inner', port }] })),
      env: [{ name: 'NAMED', type: 'str', value: '' }],
    },
    ...configs.map((config) => ({ ...config, z: 'sub' })),
    { ...out, id: 'inner', z: 'sub', x: 1, y: 1, wires: [[], [], []] },
    { id: 'flow', type: 'tab' },
    { id: 'out', type: 'subflow:sub', z: 'flow', x: 1, y: 1, wires: [['succeeded'], ['failed']] },
    ...sinks.map((sink) => ({ ...sink, z: 'flow', x: 1, y: 1, wires: [] })),
  ];

  for (const setting of ['tls', 'proxy'])
    it(`sends nothing where its ${setting} is named by a variable that is empty`, async () => {
      await runtime.load(NODES, inSubflow(endpoint({ [setting]: '${NAMED}' })));
      assert.match(await deliver(), new RegExp(`${setting}: .*not in the flows`));
      assert.equal(receiver.connectionCount + proxy.asked.length, 0);
    });

  it('finds the nodes that stand in its subflow', async () => {
    const configs = [endpoint({ tls: 'tls', proxy: 'proxy' }), tls(), proxyNode()];
    await runtime.load(NODES, inSubflow(...configs), { tls: files(), proxy: login });
    assert.equal(await deliver(), '');
    assert.deepEqual([receiver.calls.length, proxy.asked.length], [1, 1]);
  });

  it('takes what a deploy of modified nodes changes, and fails closed once it is deleted', async () => {
    const flow = (...more: FlowNode[]) => [out, ...sinks, endpoint({ tls: 'tls', proxy: 'proxy' }), ...more];
    await runtime.load(NODES, flow(tls(), proxyNode()), { tls: files(), proxy: login });
    assert.equal(await deliver(), '');
    const other = await makeCertificate();
    const replaced = { ...files(), certdata: other.cert, keydata: other.key };
    await runtime.deploy(flow({ ...tls({ name: 'x' }), credentials: replaced }, proxyNode()), 'nodes');
    assert.notEqual(await deliver(), '');
    assert.deepEqual(
      receiver.calls.map(({ isClientTrusted }) => isClientTrusted),
      [true],
    );
    await runtime.deploy(flow({ ...tls({ name: 'y' }), credentials: files() }, proxyNode()), 'nodes');
    assert.equal(await deliver(), '');
    const asked = proxy.asked.length;
    await runtime.deploy(flow(tls({ name: 'y' })), 'nodes');
    assert.match(await deliver(), /proxy: .*not in the flows/);
    assert.deepEqual([proxy.asked.length, receiver.calls.length], [asked, 2]);
  });
});
