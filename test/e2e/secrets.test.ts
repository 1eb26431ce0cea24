import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { call } from '../support/http.ts';
import { HttpProxy } from '../support/http-proxy.ts';
import { NodeRed, type Credentials, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { freePort } from '../support/ports.ts';
import { Receiver, type ReceivedRequest } from '../support/receiver.ts';
import { relayLogin, relayTo } from '../support/relay.ts';
import { until } from '../support/until.ts';

/** What nobody may find again, by what it is. None is part of another, and each could be typed by a person. */
const PLANTED = {
  password: 'Basic-Passw0rd:of-the-endpoint',
  token: 'Bearer-T0ken-of-the-endpoint',
  headerValue: 'Header-Va1ue-of-the-endpoint',
  secretPath: 'Secret-Path-T0-B0-of-the-url',
  secretQuery: 'Secret-Query-of-the-secret-url',
  queryValue: 'Plain-Query-Va1ue',
  bareQuery: 'Query-without-an-equals-sign',
  ownHeader: 'Own-Header-Va1ue',
  ownCookie: 'Own-C00kie-Va1ue',
  envHeader: 'Env-Header-Va1ue',
  envPath: 'Env-Path-Va1ue',
  envQuery: 'Env-Query-Va1ue',
  brokenHeader: 'Env-Va1ue-that-no-header-holds',
  signingKey: Buffer.from('Signing-Key-of-32-characters-ok!').toString('base64'),
  proxyPassword: 'Proxy-Passw0rd',
  userInfo: 'User-Info-Passw0rd',
  setCookie: 'Set-C00kie-of-the-answer',
  locationPath: 'Location-Path-of-the-answer',
  hookPassword: relayLogin.password,
  senderCookie: 'C00kie-of-the-sender',
  messageToken: 'T0ken-at-the-message',
  messageUrl: 'Path-of-a-Slack-url-at-the-message',
  messageLogin: 'Passw0rd-in-a-url-at-the-message',
} as const;

/** A path of a URL that is no secret: the log shows it, and no error does. */
const PATH_OF_CLOSED = 'Path-of-a-p0rt-that-is-closed';

/** As it stands, and as it travels. */
const shapesOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  ...['ops', 'proxy-user', relayLogin.username].map((user) =>
    Buffer.from(`${user}:${secret}`).toString('base64'),
  ),
];

const findIn = (text: string): string[] =>
  Object.entries(PLANTED).flatMap(([name, secret]) =>
    shapesOf(secret).some((shape) => text.includes(shape)) ? [name] : [],
  );

/** What the environment of Node-RED holds. */
const ENV = {
  CANARY_HEADER: PLANTED.envHeader,
  CANARY_PATH: PLANTED.envPath,
  CANARY_QUERY: PLANTED.envQuery,
  CANARY_BROKEN: `${PLANTED.brokenHeader}\nX-Other: 1`,
};

describe('What is secret', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let proxy: HttpProxy;
  let nodeRed: NodeRed;
  let comms: WebSocket;
  const toldEditors: string[] = [];
  const answers = new Map<string, string>();

  before(async () => {
    receiver = await Receiver.start(answer);
    proxy = await HttpProxy.start({
      login: { username: 'proxy-user', password: PLANTED.proxyPassword },
      port: receiver.port,
    });
    userDir = await makeUserDir();
    const { flows, credentials } = await plantedFlows(receiver.url, proxy.url);
    nodeRed = await NodeRed.start({
      userDir,
      flows,
      credentials,
      env: ENV,
      settings: { logging: { console: { level: 'trace', metrics: true, audit: true } } },
    });
    await listen();
    await send('event-1');
    const debug = await nodeRed.admin('survey-hooks/hooks/relay-hook/debug', { body: { on: true } });
    assert.equal(debug.status, 200, debug.text);
    await send('event-2');
    await until(async () => (await nodeRed.deliveries()).every(({ status }) => status !== 'In Progress'), {
      what: () => 'all deliveries to end',
      timeoutMs: 15_000,
    });
    await askEverything();
  });
  after(async () => {
    comms.close();
    await nodeRed.stop();
    await Promise.all([receiver.stop(), proxy.stop()]);
    await removeUserDir(userDir);
  });

  /** Echoes what it got but for the header that does not look like a secret, sets a cookie, and redirects once. */
  function answer({ method, path: target, headers, body }: ReceivedRequest) {
    const shown = Object.entries(headers).filter(([name]) => name !== 'x-tenant');
    const echo = { method, url: target, headers: Object.fromEntries(shown), body: body.toString() };
    return {
      status: target.startsWith('/redirected') ? 302 : 200,
      headers: {
        'content-type': 'application/json',
        'set-cookie': `session=${PLANTED.setCookie}`,
        location: `https://elsewhere.example/${PLANTED.locationPath}`,
        'x-echo': String(headers.authorization),
      },
      body: JSON.stringify(echo),
    };
  }

  async function listen(): Promise<void> {
    comms = new WebSocket(`${nodeRed.url.replace('http', 'ws')}/comms`);
    comms.addEventListener('message', ({ data }) => void toldEditors.push(String(data)));
    await new Promise((resolve) => comms.addEventListener('open', resolve, { once: true }));
    for (const topic of ['status/#', 'debug', 'survey-hooks/#', 'notification/#'])
      comms.send(JSON.stringify({ subscribe: topic }));
  }
  async function send(id: string): Promise<void> {
    const { status, text } = await call(`${nodeRed.url}/hooks/relay`, {
      body: { id },
      basic: relayLogin,
      headers: { cookie: `sender=${PLANTED.senderCookie}` },
    });
    assert.equal(status, 200, text);
  }
  async function askEverything(): Promise<void> {
    const rows = await nodeRed.deliveries();
    assert.ok(rows.length > 20);
    const paths = [
      'survey-hooks/deliveries',
      'survey-hooks/deliveries/export',
      'survey-hooks/deliveries/histogram',
      ...rows.map(({ id }) => `survey-hooks/deliveries/${id}`),
      'survey-hooks/hooks',
      'survey-hooks/hooks/relay-hook/interactions',
      'survey-hooks/metrics',
      'survey-hooks/endpoints',
    ];
    for (const one of paths) {
      const { status, text } = await nodeRed.admin(one);
      assert.equal(status, 200, `${one}: ${text}`);
      answers.set(one, text);
    }
    for (const endpoint of new Set(rows.map((row) => row.endpoint))) {
      const test = `survey-hooks/endpoints/${endpoint}/test`;
      answers.set(test, (await nodeRed.admin(test, { body: {} })).text);
    }
  }

  it('was sent to those it is for', () => {
    const sent = receiver.requests
      .map(({ path: target, headers }) => target + JSON.stringify(headers))
      .join();
    const asked = proxy.asked.flatMap(({ rawHeaders }) => rawHeaders).join();
    const found = new Set(findIn(sent + asked));
    const ofEndpoints = [
      'password',
      'token',
      'headerValue',
      'secretPath',
      'secretQuery',
      'queryValue',
      'bareQuery',
    ];
    const others = ['ownHeader', 'ownCookie', 'envHeader', 'envPath', 'envQuery', 'proxyPassword'];
    for (const name of [...ofEndpoints, ...others]) assert.ok(found.has(name), name);
  });
  it('is in no line of the log', () => {
    assert.deepEqual(findIn(nodeRed.output), []);
    assert.ok(!nodeRed.output.includes(PATH_OF_CLOSED));
  });
  it('is in nothing that open editors are told: debug, statuses, changes', () => {
    assert.ok(toldEditors.some((text) => text.includes('"debug"')));
    assert.deepEqual(findIn(toldEditors.join('\n')), []);
  });
  it('is in no answer of the admin API', () => {
    assert.match(answers.get('survey-hooks/endpoints/to-bearer/test') ?? '', /"statusCode":200/);
    for (const [asked, text] of answers) assert.deepEqual(findIn(text), [], `${asked} ${text}`);
  });
  it('is in no byte of the store', async () => {
    const files = (await readdir(userDir)).filter((name) => name.startsWith('survey-hooks.db'));
    assert.ok(files.length >= 2, 'the database and its write-ahead log');
    for (const name of files) {
      const bytes = await readFile(path.join(userDir, name));
      assert.deepEqual(findIn(bytes.toString('latin1')), [], name);
    }
  });
});

/** A relay to endpoints that hold everything that is secret, each in its own way, with a debug node at all that is told. */
async function plantedFlows(url: string, proxyUrl: string) {
  const closed = `http://127.0.0.1:${await freePort()}`;
  const endpoints: Record<string, object> = {
    'to-basic': { auth: 'basic', url: `${url}/basic` },
    'to-bearer': { auth: 'bearer', url: `${url}/bearer` },
    'to-header': { auth: 'header', authHeader: 'X-Custom', url: `${url}/header` },
    'to-secret': { url },
    'to-query': { url: `${url}/query?key=${PLANTED.queryValue}&{{payload.id}}={{payload.id}}` },
    'to-bare': { url: `${url}/bare?${PLANTED.bareQuery}` },
    'to-headers': {
      url: `${url}/headers`,
      headers: [
        { name: 'X-Tenant', value: PLANTED.ownHeader },
        { name: 'Cookie', value: `a=${PLANTED.ownCookie}` },
        { name: 'X-Env', value: 'v {{env.CANARY_HEADER}}' },
      ],
    },
    'to-env': { url: `${url}/{{env.CANARY_PATH}}/x?q={{env.CANARY_QUERY}}` },
    'to-broken': { url: `${url}/broken`, headers: [{ name: 'X-Broken', value: '{{env.CANARY_BROKEN}}' }] },
    'to-signed': { url: `${url}/signed`, signing: 'secret' },
    'to-proxied': { url: `${url}/proxied`, proxy: 'a-proxy' },
    'to-user': { url: `http://ops:${PLANTED.userInfo}@127.0.0.1/` },
    'to-refused': { url: `${closed}/${PATH_OF_CLOSED}?k=${PLANTED.queryValue}`, auth: 'bearer' },
    'to-redirected': { url: `${url}/redirected`, auth: 'bearer' },
  };
  const { flows, credentials } = relayTo(url);
  const nodes: FlowNode[] = Object.entries(endpoints).map(([id, settings]) => ({
    id,
    type: 'webhook-endpoint',
    name: `Endpoint ${id}`,
    retry: 'none',
    ...settings,
  }));
  const all: FlowNode[] = [
    ...flows.map((node) => {
      if (node.id === 'relay-out')
        return { ...node, endpoints: Object.keys(endpoints), wires: [['relay-yes'], ['shown'], ['shown']] };
      return node.id === 'relay-hook' ? { ...node, wires: [['planted']] } : node;
    }),
    ...nodes,
    { id: 'secret', type: 'signing-secret', name: 'Secret', scheme: 'standard-webhooks' },
    { id: 'a-proxy', type: 'http proxy', name: 'Proxy', url: proxyUrl, noproxy: [] },
    {
      id: 'planted',
      type: 'function',
      name: 'Plant',
      z: 'relay-tab',
      x: 1,
      y: 1,
      outputs: 1,
      func: `msg.token = ${JSON.stringify(PLANTED.messageToken)};
msg.url = 'https://hooks.slack.com/services/' + ${JSON.stringify(PLANTED.messageUrl)};
msg.link = 'https://ops:' + ${JSON.stringify(PLANTED.messageLogin)} + '@x.example/';
return msg;`,
      wires: [['relay-out']],
    },
    {
      id: 'shown',
      type: 'debug',
      name: 'Shown',
      z: 'relay-tab',
      x: 1,
      y: 1,
      active: true,
      tosidebar: true,
      console: true,
      tostatus: true,
      complete: 'true',
      statusVal: 'delivery',
      statusType: 'msg',
      wires: [],
    },
  ];
  const secrets: Credentials = {
    ...credentials,
    'to-basic': { username: 'ops', password: PLANTED.password },
    'to-bearer': { token: PLANTED.token },
    'to-header': { headerValue: PLANTED.headerValue },
    'to-secret': { secretUrl: `${url}/${PLANTED.secretPath}?k=${PLANTED.secretQuery}` },
    'to-refused': { token: PLANTED.token },
    'to-redirected': { token: PLANTED.token },
    secret: { secret: `whsec_${PLANTED.signingKey}` },
    'a-proxy': { username: 'proxy-user', password: PLANTED.proxyPassword },
  };
  return { flows: all, credentials: secrets };
}
