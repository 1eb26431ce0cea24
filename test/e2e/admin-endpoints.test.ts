import assert from 'node:assert/strict';
import { ADMIN_USERS, adminAuth, AdminClient, type AdminUser } from '../support/admin-users.ts';
import { makeCertificate } from '../support/certificate.ts';
import { basicAuth, type Response } from '../support/http.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver, type ReceivedRequest } from '../support/receiver.ts';
import { secretNode, WHSEC } from '../support/signing-secrets.ts';
import { TlsReceiver } from '../support/tls-receiver.ts';

const ENDPOINTS = 'survey-hooks/endpoints';
const STORED = '__PWRD__';
const login = { username: 'key-as-user-name', password: 'pässword/of-the-endpoint' };
const SECRETS = {
  ...login,
  encoded: basicAuth(login).slice('Basic '.length),
  path: 'secret-part-of-the-url',
  token: 'token-for-tls',
  variable: 'value-of-the-variable',
};

interface EndpointRow {
  readonly id: string;
  readonly [field: string]: unknown;
}

interface TestAnswer {
  readonly ok: boolean;
  readonly statusCode: number | null;
  readonly durationMs: number;
  readonly body: string;
  readonly error: string;
  readonly format: string;
}

const endpoint = (id: string, url: string, settings: object = {}): FlowNode => ({
  id,
  type: 'webhook-endpoint',
  name: `Endpoint ${id}`,
  url,
  ...settings,
});

/** An echo service, which tells all that it was sent. */
const echo = ({ path, rawHeaders, body }: ReceivedRequest) => ({
  body: JSON.stringify({ path, rawHeaders, text: body.toString() }),
});

describe('The admin API for endpoints, of a Node-RED with users and another root', function () {
  this.timeout(60_000);
  let userDir: string;
  let nodeRed: NodeRed;
  let client: AdminClient;
  let receiver: Receiver;
  let other: Receiver;
  let tls: TlsReceiver;

  before(async () => {
    [receiver, other] = await Promise.all([Receiver.start(echo), Receiver.start(echo)]);
    tls = await TlsReceiver.start(await makeCertificate());
    userDir = await makeUserDir();
    nodeRed = await NodeRed.start({
      userDir,
      flows: [
        { id: 'tab', type: 'tab', label: 'Surveys' },
        endpoint('shop', `${receiver.url}/in`, { auth: 'basic', requireTestFire: false }),
        endpoint('hidden', receiver.url),
        endpoint('signed', `${receiver.url}/signed`, { signing: 'secret' }),
        endpoint('secure', tls.url, { auth: 'bearer', tls: 'verifying' }),
        endpoint('inside', receiver.url, { network: 'public' }),
        endpoint('slow', `${receiver.url}/slow`, { timeout: 100 }),
        endpoint('broken', ''),
        secretNode('secret', 'standard-webhooks'),
        secretNode('other-secret', 'standard-webhooks'),
        { id: 'verifying', type: 'tls-config', name: '', verifyservercert: true },
        { id: 'careless', type: 'tls-config', name: '', verifyservercert: false },
        { id: 'proxy', type: 'http proxy', name: '', url: other.url, noproxy: [] },
        {
          id: 'out',
          z: 'tab',
          type: 'survey-webhook-out',
          name: 'To the CRM',
          endpoints: ['shop', 'slow'],
          x: 1,
          y: 1,
          wires: [[], [], []],
        },
      ],
      credentials: {
        shop: login,
        hidden: { secretUrl: `${receiver.url}/hooks/${SECRETS.path}` },
        secure: { token: SECRETS.token },
        secret: { secret: WHSEC },
        'other-secret': { secret: WHSEC },
      },
      env: { SHOP_KEY: SECRETS.variable, RECEIVER: receiver.url },
      settings: { httpAdminRoot: '/admin', adminAuth },
    });
    client = await AdminClient.logIn(nodeRed, 'admin');
  });
  after(async () => {
    await nodeRed.stop();
    await Promise.all([receiver.stop(), other.stop(), tls.stop()]);
    await removeUserDir(userDir);
  });
  beforeEach(() => {
    for (const one of [receiver, other]) {
      one.requests.length = 0;
      one.answer(echo);
    }
  });

  const ask = (...asked: Parameters<AdminClient['ask']>) => client.ask(...asked);
  const test = (config: object, more: object = {}, user: AdminUser = 'admin'): Promise<Response> =>
    ask(user, `${ENDPOINTS}/test`, { body: { config, ...more } });
  const testDeployed = async (id: string, body: object = {}): Promise<TestAnswer> =>
    (await ask('operator', `${ENDPOINTS}/${id}/test`, { body })).json() as TestAnswer;
  const codeOf = (answer: Response): string =>
    (answer.json() as { error?: { code: string } }).error?.code ?? '';
  async function row(id: string): Promise<EndpointRow> {
    const rows = (await ask('reader', ENDPOINTS)).json() as EndpointRow[];
    const found = rows.find((one) => one.id === id);
    assert.ok(found);
    return found;
  }

  it('lists endpoints with how they are and who sends to them', async () => {
    assert.deepEqual(await row('shop'), {
      id: 'shop',
      name: 'Endpoint shop',
      url: `${receiver.url}/in`,
      enabled: true,
      disabledReason: null,
      tested: false,
      circuit: 'off',
      nextProbeAt: null,
      waiting: null,
      pending: 0,
      succeeded: 0,
      failed: 0,
      lastSuccessAt: null,
      failingSince: null,
      linkedNodes: [{ id: 'out', name: 'To the CRM', type: 'survey-webhook-out', flow: 'Surveys' }],
      problems: [],
    });
    assert.equal((await row('hidden'))['url'], `${receiver.url}/[secret]`);
    const broken = await row('broken');
    assert.deepEqual(broken['problems'], [{ setting: 'url', message: 'It is empty.' }]);
    for (const field of ['url', 'enabled', 'tested', 'circuit']) assert.equal(broken[field], null);
    assert.deepEqual((await row('hidden'))['linkedNodes'], []);
  });

  const calls: readonly [path: string, body: object | undefined, allowed: readonly AdminUser[]][] = [
    [ENDPOINTS, undefined, ['admin', 'reader', 'auditor']],
    [`${ENDPOINTS}/shop/test`, {}, ['admin', 'operator']],
    [`${ENDPOINTS}/slow/disable`, {}, ['admin', 'operator']],
    [`${ENDPOINTS}/slow/enable`, {}, ['admin', 'operator']],
    // Neither those who may send nor those who may deploy, but for who may both.
    [`${ENDPOINTS}/test`, { config: { id: 'new', url: 'http://127.0.0.1:9/' } }, ['admin']],
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
        assert.equal((await ask('admin', where, { headers, ...request })).status, 403);
      if (body === undefined) return;
      const plain = { method: 'POST', body: 'a=b', headers: { 'content-type': 'text/plain' } };
      assert.equal((await ask('admin', where, plain)).status, 403);
    });

  it('sends nothing for those who may not', async () => {
    const config = { id: 'new', url: `${other.url}/{{env.SHOP_KEY}}` };
    for (const user of ['operator', 'deployer', 'reader'] as const)
      assert.equal((await test(config, {}, user)).status, 401);
    assert.equal((await ask('deployer', `${ENDPOINTS}/shop/test`, { body: {} })).status, 401);
    assert.equal(other.requests.length + receiver.requests.length, 0);
  });

  it('sends a test as the endpoint is deployed, and shows no secret that comes back', async () => {
    const answer = await testDeployed('shop');
    assert.deepEqual(
      [answer.ok, answer.statusCode, answer.error, answer.format],
      [true, 200, '', 'cio-pulse'],
    );
    assert.ok(answer.durationMs >= 0);
    const { headers, path } = receiver.requests[0]!;
    assert.equal(path, '/in');
    assert.equal(headers['authorization'], basicAuth(login));
    assert.equal(headers['x-survey-hooks-test'], 'true');
    assert.match(String(headers['webhook-id']), /^test_/);
    assert.match(answer.body, /"Authorization","\[secret\]"/);
    assert.equal((await row('shop'))['tested'], true);
    assert.deepEqual((await ask('reader', 'survey-hooks/deliveries')).json(), {
      items: [],
      nextCursor: null,
    });
    assert.equal((await row('shop'))['succeeded'], 0);
  });

  it('sends a test in the format that is asked for', async () => {
    const { format, ok } = await testDeployed('hidden', { format: 'slack' });
    assert.deepEqual([format, ok], ['slack', true]);
    assert.ok('blocks' in (JSON.parse(receiver.requests[0]!.body.toString()) as object));
    assert.equal(receiver.requests[0]?.path, `/hooks/${SECRETS.path}`);
  });

  it('tells why a test failed, without URL and secret', async () => {
    receiver.answer(() => ({ status: 500, body: 'broken' }));
    const refused = await testDeployed('signed');
    assert.deepEqual([refused.ok, refused.statusCode, refused.body], [false, 500, 'broken']);
    receiver.answer(() => ({ kind: 'hang' }));
    const slow = await testDeployed('slow');
    assert.match(slow.error, /in the time allowed/);
    assert.ok(slow.durationMs < 5000);
    const secure = await testDeployed('secure');
    assert.match(secure.error, /no certificate that can be trusted/);
    const inside = await testDeployed('inside');
    assert.match(inside.error, /leads to .*loopback/);
    for (const { statusCode, error } of [slow, secure, inside]) {
      assert.equal(statusCode, null);
      assert.doesNotMatch(error, /http|127\.0|localhost/);
    }
    assert.equal((await row('slow'))['tested'], false);
    assert.equal(tls.calls.length, 0);
  });

  it('lets four tests be under way, and refuses a fifth', async () => {
    receiver.hold();
    const underWay = Array.from({ length: 4 }, () => testDeployed('shop'));
    await receiver.waitFor(4);
    const fifth = await ask('operator', `${ENDPOINTS}/shop/test`, { body: {} });
    assert.deepEqual([fifth.status, codeOf(fifth)], [429, 'too_many_tests']);
    receiver.release();
    assert.ok((await Promise.all(underWay)).every(({ ok }) => ok));
  });

  const basic = (url: string, more: object = {}) => ({ id: 'shop', url, auth: 'basic', ...more });
  type Place = 'receiver' | 'other' | 'nowhere';
  interface TypedCase {
    readonly title: string;
    readonly config: (urls: { here: string; there: string }) => object;
    readonly status: number;
    /** Where the request comes, with which `Authorization`. */
    readonly at?: Place;
    readonly authorization?: string;
  }
  const typed: readonly TypedCase[] = [
    {
      title: 'another path at the same place, with what is stored',
      config: ({ here }) => basic(`${here}/elsewhere`),
      status: 200,
      at: 'receiver',
      authorization: basicAuth(login),
    },
    {
      title: 'the same place, with the marks of an editor',
      config: ({ here }) =>
        basic(here, { credentials: { username: login.username, password: STORED, token: '' } }),
      status: 200,
      at: 'receiver',
      authorization: basicAuth(login),
    },
    {
      title: 'a URL that a variable holds',
      config: () => basic(['$', '{RECEIVER}/in'].join('')),
      status: 200,
      at: 'receiver',
      authorization: basicAuth(login),
    },
    { title: 'another port, with what is stored', config: ({ there }) => basic(there), status: 409 },
    {
      title: 'another scheme, with what is stored',
      config: ({ here }) => basic(here.replace('http:', 'https:')),
      status: 409,
    },
    {
      title: 'another name of the host, with what is stored',
      config: ({ here }) => basic(here.replace('127.0.0.1', 'localhost')),
      status: 409,
    },
    {
      title: 'another port, with the mark of an editor',
      config: ({ there }) => basic(there, { credentials: { username: 'a', password: STORED } }),
      status: 409,
    },
    {
      title: 'another port, with a part of what is stored',
      config: ({ there }) => basic(there, { credentials: { password: 'typed' } }),
      status: 409,
    },
    {
      title: 'another port, with what was typed',
      config: ({ there }) => basic(there, { credentials: { username: 'a', password: 'typed' } }),
      status: 200,
      at: 'other',
      authorization: basicAuth({ username: 'a', password: 'typed' }),
    },
    {
      title: 'another port, where nothing stored is needed',
      config: ({ there }) => basic(there, { auth: 'none' }),
      status: 200,
      at: 'other',
    },
    {
      title: 'the same place over a proxy, with what is stored',
      config: ({ here }) => basic(here, { proxy: 'proxy' }),
      status: 409,
    },
    {
      title: 'another port, with tags that name what is stored',
      config: ({ there }) => ({
        id: 'shop',
        url: there,
        headers: ['password', 'credentials.password', 'endpoint.auth.password', 'delivery.password'].map(
          (tag, at) => ({ name: `X-${at}`, value: `{{${tag}}}` }),
        ),
      }),
      // `delivery` has nothing but its ids.
      status: 400,
    },
    {
      title: 'another port, with tags of the message that look like what is stored',
      config: ({ there }) => ({
        id: 'shop',
        url: `${there}?a={{credentials.password}}`,
        headers: [{ name: 'X-A', value: '{{password}}{{survey.raw}}' }],
      }),
      status: 200,
      at: 'other',
    },
    {
      title: 'a secret URL that is stored, behind its own origin',
      config: ({ here }) => ({ id: 'hidden', url: here, credentials: { secretUrl: STORED } }),
      status: 200,
      at: 'receiver',
    },
    {
      title: 'a secret URL that is stored, behind another origin',
      config: ({ there }) => ({ id: 'hidden', url: there, credentials: { secretUrl: STORED } }),
      status: 409,
    },
    {
      title: 'a secret URL that was typed',
      config: ({ there }) => ({ id: 'hidden', url: there, credentials: { secretUrl: `${there}/typed` } }),
      status: 200,
      at: 'other',
    },
    {
      title: 'a certificate that nobody looks at any more, with what is stored',
      config: () => ({ id: 'secure', url: tls.url, auth: 'bearer', tls: 'careless' }),
      status: 409,
    },
    {
      title: 'TLS without its configuration, with what is stored',
      config: () => ({ id: 'secure', url: tls.url, auth: 'bearer', tls: '' }),
      status: 409,
    },
    {
      title: 'the signing secret that is deployed there',
      config: ({ here }) => ({ id: 'signed', url: `${here}/more`, signing: 'secret' }),
      status: 200,
      at: 'receiver',
    },
    {
      title: 'a signing secret at another place',
      config: ({ there }) => ({ id: 'signed', url: there, signing: 'secret' }),
      status: 409,
    },
    {
      title: 'another signing secret',
      config: ({ here }) => ({ id: 'signed', url: here, signing: 'other-secret' }),
      status: 409,
    },
    {
      title: 'a new endpoint that is said to have something stored',
      config: ({ here }) => basic(here, { id: 'new', credentials: { username: 'a', password: STORED } }),
      status: 409,
    },
    {
      title: 'a new endpoint',
      config: ({ there }) => ({ id: 'new', url: there }),
      status: 200,
      at: 'other',
    },
    {
      title: 'an endpoint with the id of another node',
      config: ({ there }) => ({ id: 'secret', url: there, auth: 'bearer', credentials: { token: STORED } }),
      status: 409,
    },
    { title: 'an endpoint without an id', config: ({ there }) => ({ url: there }), status: 400 },
    { title: 'an endpoint without a URL', config: () => ({ id: 'new' }), status: 400 },
    { title: 'a list', config: () => [], status: 400 },
    {
      title: 'credentials that are none',
      config: ({ there }) => ({ id: 'new', url: there, credentials: 'x' }),
      status: 400,
    },
    {
      title: 'headers that are none',
      config: ({ there }) => ({ id: 'new', url: there, headers: { a: 1 } }),
      status: 400,
    },
  ];
  for (const { title, config, status, at = 'nowhere', authorization } of typed)
    it(`answers ${status} to a test of what is not deployed: ${title}`, async () => {
      const calledBefore = tls.calls.length;
      const answer = await test(config({ here: receiver.url, there: other.url }));
      assert.equal(answer.status, status, answer.text);
      if (status === 409) assert.equal(codeOf(answer), 'credentials_needed');
      if (status === 200) assert.equal((answer.json() as TestAnswer).ok, true, answer.text);
      assert.deepEqual(
        { receiver: receiver.requests.length, other: other.requests.length },
        { receiver: Number(at === 'receiver'), other: Number(at === 'other') },
      );
      assert.equal(tls.calls.length, calledBefore);
      const [request] = [...receiver.requests, ...other.requests];
      if (authorization !== undefined) assert.equal(request?.headers['authorization'], authorization);
      const sent = JSON.stringify(other.requests.map(({ path, rawHeaders }) => [path, rawHeaders]));
      for (const secret of Object.values(SECRETS)) assert.ok(!sent.includes(secret), secret);
    });

  it('fills in a variable for who could deploy it, and shows it to nobody', async () => {
    const headers = [{ name: 'X-Key', value: '{{env.SHOP_KEY}}' }];
    const answer = await test({ id: 'new', url: other.url, headers });
    assert.equal(other.requests[0]?.headers['x-key'], SECRETS.variable);
    assert.ok(!answer.text.includes(SECRETS.variable), answer.text);
  });

  it('does not take a test of what is not deployed for one of what is', async () => {
    const { requests } = other;
    assert.equal((await row('slow'))['tested'], false);
    assert.equal((await test({ id: 'slow', url: other.url })).status, 200);
    assert.equal(requests.length, 1);
    assert.equal((await row('slow'))['tested'], false);
  });

  it('disables and enables an endpoint', async () => {
    const disabled = await ask('operator', `${ENDPOINTS}/shop/disable`, { body: {} });
    assert.deepEqual(disabled.json(), {
      id: 'shop',
      enabled: false,
      disabledReason: 'by-hand',
      tested: true,
      circuit: 'off',
      nextProbeAt: null,
      waiting: 'endpoint-off',
    });
    assert.equal((await row('shop'))['enabled'], false);
    const metrics = async (): Promise<string> => (await ask('reader', 'survey-hooks/metrics')).text;
    assert.match(await metrics(), /^survey_hooks_endpoint_enabled\{endpoint="shop",.*\} 0$/m);
    // What is disabled can be tested.
    assert.equal((await testDeployed('shop')).ok, true);
    const enabled = await ask('operator', `${ENDPOINTS}/shop/enable`, { body: {} });
    assert.equal((enabled.json() as EndpointRow)['enabled'], true);
    assert.match(await metrics(), /^survey_hooks_endpoint_enabled\{endpoint="shop",.*\} 1$/m);
    assert.match(await metrics(), /^survey_hooks_endpoint_circuit_open\{endpoint="shop",.*\} 0$/m);
  });

  const wrong: readonly [path: string, body: object, status: number, code: string][] = [
    [`${ENDPOINTS}/none/test`, {}, 404, 'unknown_endpoint'],
    [`${ENDPOINTS}/none/enable`, {}, 404, 'unknown_endpoint'],
    [`${ENDPOINTS}/none/disable`, {}, 404, 'unknown_endpoint'],
    [`${ENDPOINTS}/__proto__/disable`, {}, 404, 'unknown_endpoint'],
    [`${ENDPOINTS}/broken/test`, {}, 400, 'invalid_endpoint'],
    [`${ENDPOINTS}/broken/disable`, {}, 400, 'invalid_endpoint'],
    [`${ENDPOINTS}/shop/test`, { format: 'jira-request' }, 400, 'invalid_body'],
    [`${ENDPOINTS}/shop/test`, { format: ['slack'] }, 400, 'invalid_body'],
    [`${ENDPOINTS}/test`, {}, 400, 'invalid_body'],
    [`${ENDPOINTS}/%E0%A4%A/test`, {}, 400, 'unreadable'],
  ];
  for (const [where, body, status, code] of wrong)
    it(`answers ${status} to ${where} with ${JSON.stringify(body)}`, async () => {
      const answer = await ask('admin', where, { body });
      assert.deepEqual([answer.status, codeOf(answer)], [status, code]);
      assert.equal(receiver.requests.length, 0);
    });

  it('holds a secret neither in an answer nor in the log', () => {
    for (const secret of [...Object.values(SECRETS), WHSEC])
      for (const text of [client.answers.join(), nodeRed.output]) assert.ok(!text.includes(secret), secret);
  });
});
