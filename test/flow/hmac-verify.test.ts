import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'mocha';
import type { NodeAPI, NodeMessage } from 'node-red';
import hmacVerify from '../../nodes/hmac-verify/hmac-verify.ts';
import { signingSecrets } from '../../nodes/shared/runtime/signing-secrets.ts';
import signingSecret from '../../nodes/signing-secret/signing-secret.ts';
import type { SchemeId } from '../../src/signature/scheme-facts.ts';
import { parseSigningSecret } from '../../src/signature/signing-secret-settings.ts';
import { catchNode, completeNode, globalConfigNode, httpNodes, statusesOf } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { call } from '../support/http.ts';
import type { FlowNode } from '../support/node-red.ts';
import { signatureOf, signingSecret as secretOf, type SignatureReport } from '../support/signing.ts';
import { OTHER_WHSEC, WHSEC, secretNode } from '../support/signing-secrets.ts';
import { until } from '../support/until.ts';

interface VerifiedMessage {
  readonly payload: unknown;
  readonly rawBody?: Buffer;
  readonly statusCode?: number;
  readonly headers?: unknown;
  readonly signature: SignatureReport;
  readonly topic?: string;
}
interface CaughtMessage {
  readonly error: { readonly message: string };
}

let app: Parameters<typeof createServer>[1];

/** Gives the test the Express app on which core `http in` listens. */
const captureApp = (RED: NodeAPI): void => {
  app = RED.httpNode as typeof app;
};

const NODES = [captureApp, hmacVerify, signingSecret, catchNode, completeNode, globalConfigNode, httpNodes];

const tab = { id: 'tab', type: 'tab' };
const verifier: FlowNode = {
  id: 'v',
  z: 'tab',
  type: 'hmac-verify',
  secret: 'key',
  wires: [['verified'], ['rejected']],
};
const around: FlowNode[] = [
  { id: 'verified', z: 'tab', type: 'helper', wires: [] },
  { id: 'rejected', z: 'tab', type: 'helper', wires: [] },
  { id: 'errors', z: 'tab', type: 'catch', scope: ['v'], wires: [['caught']] },
  { id: 'caught', z: 'tab', type: 'helper', wires: [] },
  { id: 'ends', z: 'tab', type: 'complete', scope: ['v'], wires: [['completed']] },
  { id: 'completed', z: 'tab', type: 'helper', wires: [] },
];

interface Signing {
  readonly scheme?: SchemeId;
  readonly secret?: string;
  readonly url?: string;
  readonly ageMs?: number;
}

/** The headers of a signature that was made just now, or some time ago. */
function headersFor(body: string, signing: Signing = {}): Record<string, string> {
  const { scheme = 'standard-webhooks', secret = WHSEC, ageMs = 0 } = signing;
  const url = signing.url ?? 'https://hooks.example.com/x';
  const contentType = 'application/json';
  const now = Date.now() - ageMs;
  return {
    ...signatureOf(secretOf(scheme, secret), {
      body: Buffer.from(body),
      contentType,
      id: 'msg_1',
      method: 'POST',
      url,
      now,
    }),
  };
}

const BODY = '{"a": 1 }';
const UNAUTHORIZED = {
  error: { code: 'unauthorized', message: 'The credentials are missing or wrong.' },
};

describe('hmac-verify', () => {
  let runtime: FlowRuntime;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  afterEach(() => runtime.unload());

  async function run(
    settings: object = {},
    credentials: Record<string, string> = { secret: WHSEC },
    scheme: SchemeId = 'standard-webhooks',
  ) {
    const flow = [secretNode('key', scheme, settings), verifier];
    await runtime.load(NODES, [tab, ...flow, ...around], { key: credentials });
    const messages = {
      verified: runtime.messagesAt<VerifiedMessage>('verified'),
      rejected: runtime.messagesAt<VerifiedMessage>('rejected'),
      caught: runtime.messagesAt<CaughtMessage>('caught'),
      completed: runtime.messagesAt('completed'),
    };
    const receive = async (message: object): Promise<void> => {
      const before = messages.caught.length + messages.completed.length;
      runtime.node('v').receive(message as NodeMessage);
      await until(() => messages.caught.length + messages.completed.length > before, { what: () => 'done' });
    };
    return { ...messages, receive };
  }

  it('sends what is signed out of the first output, as it came', async () => {
    const { verified, rejected, receive } = await run();
    const message = { payload: { a: 1 }, rawBody: Buffer.from(BODY), req: { headers: headersFor(BODY) } };
    await receive({ ...message, topic: 'kept', signature: { verified: false } });
    const { payload, rawBody, topic, statusCode, signature } = verified[0]!;
    assert.deepEqual([payload, rawBody, topic], [message.payload, message.rawBody, 'kept']);
    assert.equal(statusCode, undefined);
    assert.deepEqual(signature, {
      scheme: 'standard-webhooks',
      verified: true,
      keyUsed: 'current',
      reason: null,
    });
    assert.equal(rejected.length, 0);
  });

  it('sends what is not out of the second, as an answer that says nothing', async () => {
    const { verified, rejected, receive } = await run();
    const signed = headersFor(BODY);
    const headers = { 'content-length': '9' };
    await receive({ payload: Buffer.from('{"a": 2 }'), req: { headers: signed }, headers });
    const { payload, rawBody, statusCode, signature } = rejected[0]!;
    assert.deepEqual([payload, statusCode], [UNAUTHORIZED, 401]);
    assert.equal(rawBody?.toString(), '{"a": 2 }');
    assert.equal(rejected[0]!.headers, undefined);
    assert.deepEqual(signature, {
      scheme: 'standard-webhooks',
      verified: false,
      keyUsed: null,
      reason: 'mismatch',
    });
    assert.equal(verified.length, 0);
  });

  it('says why, in the message and under the node, until the next one is verified', async () => {
    const { rejected, receive } = await run();
    const good = headersFor(BODY);
    for (const headers of [
      {},
      { ...good, 'webhook-id': undefined },
      { ...good, 'webhook-timestamp': undefined },
      { ...good, 'webhook-id': 'msg_2' },
      headersFor(BODY, { ageMs: 301_000 }),
      headersFor(BODY, { ageMs: -330_000 }),
    ])
      await receive({ payload: BODY, req: { headers } });
    await receive({ payload: BODY, req: { headers: good } });
    const reasons = [
      'signature-missing',
      'id-missing',
      'timestamp-missing',
      'mismatch',
      'timestamp-too-old',
      'timestamp-too-new',
    ];
    assert.deepEqual(
      rejected.map(({ signature }) => signature.reason),
      reasons,
    );
    await until(() => statusesOf(runtime.node('v')).at(-1) === '', { what: () => 'no status' });
    const [first] = statusesOf(runtime.node('v'));
    assert.equal(first, 'hmac-verify.status.signature-missing');
  });

  it('takes a text, and headers of the message where there is no request', async () => {
    const { verified, receive } = await run();
    const headers = Object.entries(headersFor(BODY)).map(([name, value]) => [name.toUpperCase(), [value]]);
    await receive({ payload: BODY, headers: Object.fromEntries(headers) as object });
    assert.equal(verified.length, 1);
  });

  it('judges the raw body where there is one, whatever the payload says', async () => {
    const { rejected, receive } = await run();
    await receive({ payload: BODY, rawBody: Buffer.from('{}'), req: { headers: headersFor(BODY) } });
    assert.equal(rejected[0]!.signature.reason, 'mismatch');
    assert.equal(rejected[0]!.rawBody?.toString(), '{}');
  });

  it('takes the URL as it stands in a request that is sent as to a proxy', async () => {
    const { verified, receive } = await run({}, { secret: WHSEC }, 'hubspot-v3');
    const url = 'https://hooks.example.com/in?a=1';
    const headers = { host: 'other.example.com', ...headersFor(BODY, { scheme: 'hubspot-v3', url }) };
    await receive({ payload: BODY, req: { method: 'POST', headers, url } });
    assert.equal(verified.length, 1);
  });

  it('never writes a parsed body anew: it says what to do, and sends nothing on', async () => {
    const { verified, rejected, caught, receive } = await run();
    const compact = '{"a":1}';
    for (const payload of [{ a: 1 }, [1], 7, null, undefined])
      await receive({ payload, req: { headers: headersFor(compact) } });
    assert.deepEqual([verified.length, rejected.length, caught.length], [0, 0, 5]);
    assert.ok(caught.every(({ error }) => /Do not parse request body/.test(error.message)));
    assert.deepEqual(statusesOf(runtime.node('v')), ['hmac-verify.status.parsed']);
  });

  it('takes the previous secret until its time is over', async () => {
    const credentials = { secret: WHSEC, previousSecret: OTHER_WHSEC };
    const message = { payload: BODY, req: { headers: headersFor(BODY, { secret: OTHER_WHSEC }) } };
    const during = await run({ previousUntil: '2999-12-31' }, credentials);
    await during.receive(message);
    assert.equal(during.verified[0]!.signature.keyUsed, 'previous');
    const after = await run({ previousUntil: '2020-12-31' }, credentials);
    await after.receive(message);
    assert.equal(after.rejected[0]!.signature.reason, 'mismatch');
  });

  it('rejects everything without a secret, shows that, and verifies as soon as there is one', async () => {
    const message = { payload: BODY, req: { headers: headersFor(BODY) } };
    const { verified, rejected, receive } = await run({}, {});
    await receive(message);
    assert.equal(verified.length, 0);
    assert.deepEqual(rejected[0]!.signature, {
      scheme: null,
      verified: false,
      keyUsed: null,
      reason: 'secret-missing',
    });
    assert.deepEqual([rejected[0]!.statusCode, rejected[0]!.payload], [401, UNAUTHORIZED]);
    assert.deepEqual(statusesOf(runtime.node('v')), ['hmac-verify.status.secret-missing']);
    signingSecrets.set(
      parseSigningSecret({ id: 'key', scheme: 'standard-webhooks', credentials: { secret: WHSEC } }),
    );
    await until(() => statusesOf(runtime.node('v')).at(-1) === '', { what: () => 'no status' });
    await receive(message);
    assert.equal(verified.length, 1);
  });

  describe('behind core http in', () => {
    let server: Server;

    afterEach(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    async function listen(httpIn: object, options: { settings?: object; scheme?: SchemeId } = {}) {
      const { settings = {}, scheme = 'standard-webhooks' } = options;
      await runtime.load(
        NODES,
        [
          tab,
          { id: 'in', z: 'tab', type: 'http in', method: 'post', url: '/raw', wires: [['v']], ...httpIn },
          secretNode('key', scheme, settings),
          { ...verifier, wires: [['response'], ['response']] },
          { id: 'response', z: 'tab', type: 'http response', statusCode: '', headers: {}, wires: [] },
          { id: 'errors', z: 'tab', type: 'catch', scope: ['v'], wires: [['caught']] },
          { id: 'caught', z: 'tab', type: 'helper', wires: [] },
        ],
        { key: { secret: WHSEC } },
      );
      server = createServer(app);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/raw?tenant=a%20b`;
      const send = (body: string, headers: Record<string, string>) =>
        call(url, { body, headers: { 'content-type': 'application/json', ...headers } });
      return { url, send };
    }

    it('takes a body that a parser would change, and answers 401 to one that was changed', async () => {
      const { send } = await listen({ skipBodyParsing: true });
      const good = await send(BODY, headersFor(BODY));
      assert.deepEqual([good.status, good.text], [200, BODY]);
      const bad = await send('{"a":1}', headersFor(BODY));
      assert.deepEqual([bad.status, bad.json()], [401, UNAUTHORIZED]);
      assert.match(bad.headers.get('content-type') ?? '', /^application\/json/);
      assert.ok(!/mismatch|whsec/.test(JSON.stringify([...bad.headers])));
    });

    it('takes nothing where http in parses', async () => {
      const { send } = await listen({});
      const caught = runtime.messagesAt<CaughtMessage & { res: { _res: { status(code: number): object } } }>(
        'caught',
      );
      const answer = send('{"a":1}', headersFor('{"a":1}'));
      await until(() => caught.length === 1, { what: () => 'an error' });
      (caught[0]!.res._res.status(500) as { end(): void }).end();
      assert.equal((await answer).status, 500);
      assert.match(caught[0]!.error.message, /Do not parse request body/);
    });

    it('knows the URL as the request says it, and as senders see it where that is set', async () => {
      const direct = await listen({ skipBodyParsing: true }, { scheme: 'hubspot-v3' });
      const signed = headersFor(BODY, { scheme: 'hubspot-v3', url: direct.url });
      assert.equal((await direct.send(BODY, signed)).status, 200);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const proxied = await listen(
        { skipBodyParsing: true },
        { scheme: 'hubspot-v3', settings: { publicUrl: 'https://hooks.example.com/in/' } },
      );
      const url = 'https://hooks.example.com/in/raw?tenant=a%20b';
      assert.equal((await proxied.send(BODY, headersFor(BODY, { scheme: 'hubspot-v3', url }))).status, 200);
      const inner = headersFor(BODY, { scheme: 'hubspot-v3', url: proxied.url });
      assert.equal((await proxied.send(BODY, inner)).status, 401);
    });
  });
});
