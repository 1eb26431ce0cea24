import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import hmacSign from '../../nodes/hmac-sign/hmac-sign.ts';
import hmacVerify from '../../nodes/hmac-verify/hmac-verify.ts';
import { newSecret } from '../../nodes/shared/editor/new-secret.ts';
import { signingSecrets } from '../../nodes/shared/runtime/signing-secrets.ts';
import signingSecret from '../../nodes/signing-secret/signing-secret.ts';
import { SCHEME_FACTS, type SchemeId } from '../../src/signature/scheme-facts.ts';
import { parseSigningSecret } from '../../src/signature/signing-secret-settings.ts';
import {
  catchNode,
  completeNode,
  globalConfigNode,
  httpRequestNode,
  showsStatuses,
  statusesOf,
} from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import type { FlowNode } from '../support/node-red.ts';
import { WHSEC, secretNode } from '../support/signing-secrets.ts';
import type { SignatureReport } from '../support/signing.ts';
import { until } from '../support/until.ts';

interface SignedMessage {
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly webhookId: string;
  readonly signature?: SignatureReport;
}
interface CaughtMessage {
  readonly error: { readonly message: string };
}

const NODES = [
  hmacSign,
  hmacVerify,
  signingSecret,
  catchNode,
  completeNode,
  globalConfigNode,
  httpRequestNode,
];

const tab = { id: 'tab', type: 'tab' };
const sign: FlowNode = { id: 's', z: 'tab', type: 'hmac-sign', secret: 'key', wires: [['signed']] };
const around: FlowNode[] = [
  { id: 'signed', z: 'tab', type: 'helper', wires: [] },
  { id: 'errors', z: 'tab', type: 'catch', scope: ['s'], wires: [['caught']] },
  { id: 'caught', z: 'tab', type: 'helper', wires: [] },
  { id: 'ends', z: 'tab', type: 'complete', scope: ['s'], wires: [['completed']] },
  { id: 'completed', z: 'tab', type: 'helper', wires: [] },
];
const standard = [secretNode('key', 'standard-webhooks'), sign];
const withSecret = { key: { secret: WHSEC } };

describe('hmac-sign', () => {
  let runtime: FlowRuntime;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  afterEach(() => runtime.unload());

  async function run(flow: readonly FlowNode[] = standard, credentials = withSecret as object) {
    await runtime.load(NODES, [tab, ...flow, ...around], credentials as typeof withSecret);
    const messages = {
      signed: runtime.messagesAt<SignedMessage>('signed'),
      caught: runtime.messagesAt<CaughtMessage>('caught'),
      completed: runtime.messagesAt('completed'),
    };
    const receive = async (message: object): Promise<void> => {
      const before = messages.caught.length + messages.completed.length;
      runtime.node('s').receive(message as NodeMessage);
      await until(() => messages.caught.length + messages.completed.length > before, { what: () => 'done' });
    };
    return { ...messages, receive };
  }

  it('signs with a secret as the dialog makes it, and verifies that, in every scheme', async () => {
    const schemes = Object.keys(SCHEME_FACTS) as SchemeId[];
    await runtime.load(
      NODES,
      [
        tab,
        ...schemes.flatMap((scheme) => [
          secretNode(`${scheme}-key`, scheme),
          { ...sign, id: scheme, secret: `${scheme}-key`, wires: [[`${scheme}-v`]] },
          {
            ...sign,
            id: `${scheme}-v`,
            type: 'hmac-verify',
            secret: `${scheme}-key`,
            wires: [['out'], ['out']],
          },
        ]),
        { id: 'out', z: 'tab', type: 'helper', wires: [] },
      ],
      Object.fromEntries(schemes.map((scheme) => [`${scheme}-key`, { secret: newSecret(scheme) }])),
    );
    const out = runtime.messagesAt<SignedMessage>('out');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const scheme of schemes)
      runtime.node(scheme).receive({
        payload: 'Score=9&Comment=gr%C3%BC%C3%9F',
        headers,
        url: 'https://hooks.example.com/surveys?lang=de',
      });
    await until(() => out.length === schemes.length, { what: () => 'all' });
    assert.deepEqual(
      out.map(({ signature }) => signature),
      schemes.map((scheme) => ({ scheme, verified: true, keyUsed: 'current', reason: null })),
    );
  });

  it('writes JSON, its type and the id, and leaves the rest of the message alone', async () => {
    const { signed, receive } = await run();
    await receive({ payload: { a: 1 }, topic: 'kept' });
    const { payload, headers, webhookId, ...rest } = signed[0]!;
    assert.ok(Buffer.isBuffer(payload));
    assert.equal(payload.toString(), '{"a":1}');
    assert.equal(headers['content-type'], 'application/json');
    assert.match(webhookId, /^msg_/);
    assert.equal(headers['webhook-id'], webhookId);
    assert.match(headers['webhook-signature'] ?? '', /^v1,/);
    assert.equal((rest as { topic?: string }).topic, 'kept');
  });

  it('signs the bytes of a Buffer and of a text as they are', async () => {
    const { signed, receive } = await run();
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x7b]);
    await receive({ payload: bytes });
    await receive({ payload: '{"a": 1 }' });
    await receive({ payload: '' });
    assert.deepEqual(
      signed.map(({ payload }) => payload),
      [bytes, Buffer.from('{"a": 1 }'), Buffer.alloc(0)],
    );
    assert.ok(signed.every(({ headers }) => !('content-type' in headers)));
  });

  it('keeps headers, but not those that the signature or the body makes anew', async () => {
    const { signed, receive } = await run();
    const headers = {
      'Content-Type': 'application/vnd.api+json',
      'X-Tenant': 'a',
      'Content-Length': '99',
      'Webhook-Signature': 'v1,old',
      'WEBHOOK-ID': 'old',
    };
    await receive({ payload: {}, headers, webhookId: 'msg_1' });
    const names = Object.keys(signed[0]!.headers);
    assert.deepEqual(names.toSorted(), [
      'Content-Type',
      'X-Tenant',
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
    ]);
    assert.equal(signed[0]!.headers['webhook-id'], 'msg_1');
    assert.equal(headers['Webhook-Signature'], 'v1,old');
  });

  it('does not send on the headers of an answer that http request left', async () => {
    const { signed, receive } = await run();
    await receive({ payload: 'x', headers: { 'set-cookie': ['a=b'], 'x-node-red-request-node': 'ab12' } });
    assert.deepEqual(Object.keys(signed[0]!.headers).toSorted(), [
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
    ]);
  });

  it('signs another property where that is set, and sends it as the payload', async () => {
    const { signed, receive } = await run([standard[0]!, { ...sign, property: 'survey.raw' }]);
    await receive({ payload: 'other', survey: { raw: { score: 9 } } });
    assert.equal(signed[0]!.payload.toString(), '{"score":9}');
  });

  it('sends on nothing where there is nothing to sign', async () => {
    const { signed, caught, receive } = await run();
    const circular: { self?: unknown } = {};
    circular.self = circular;
    for (const payload of [undefined, null, () => 1, circular]) await receive({ payload });
    assert.equal(signed.length, 0);
    assert.deepEqual(
      caught.map(({ error }) => /There is nothing to sign/.test(error.message)),
      [true, true, true, true],
    );
  });

  it('sends on nothing where the id cannot be a header', async () => {
    const { signed, caught, receive } = await run();
    for (const webhookId of ['a b', 'ü', 'x\r\ny: z', {}, 'x'.repeat(256)])
      await receive({ payload: 'x', webhookId });
    assert.equal(signed.length, 0);
    assert.ok(caught.length === 5 && caught.every(({ error }) => /msg\.webhookId/.test(error.message)));
  });

  it('says that the URL is missing where the scheme signs it', async () => {
    const hubspot = [secretNode('key', 'hubspot-v3'), sign];
    const { signed, caught, receive } = await run(hubspot);
    await receive({ payload: 'x' });
    await receive({ payload: 'x', url: 'hooks.example.com' });
    assert.equal(signed.length, 0);
    assert.ok(caught.length === 2 && caught.every(({ error }) => /signs the URL/.test(error.message)));
    assert.deepEqual(statusesOf(runtime.node('s')), ['hmac-sign.status.error']);
  });

  it('sends on nothing without a secret, shows that, and signs as soon as there is one', async () => {
    const { signed, caught, receive } = await run(standard, {});
    await receive({ payload: 'x' });
    assert.equal(signed.length, 0);
    assert.match(caught[0]!.error.message, /There is no signing secret/);
    assert.deepEqual(statusesOf(runtime.node('s')), ['hmac-sign.status.no-secret']);
    signingSecrets.set(
      parseSigningSecret({ id: 'key', scheme: 'standard-webhooks', credentials: { secret: WHSEC } }),
    );
    await showsStatuses(runtime.node('s'), 'hmac-sign.status.no-secret', '');
    await receive({ payload: 'x' });
    assert.equal(signed.length, 1);
  });

  it('is sent by core http request byte for byte, with its headers', async () => {
    const seen: { headers: object; body: Buffer }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({ headers: request.headers, body: Buffer.concat(chunks) });
        response.end('ok');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const { receive } = await run([
        standard[0]!,
        { ...sign, wires: [['request']] },
        {
          id: 'request',
          z: 'tab',
          type: 'http request',
          method: 'use',
          ret: 'txt',
          url: '',
          wires: [['signed']],
        },
      ]);
      await receive({
        payload: { a: 'ü' },
        method: 'POST',
        url: `http://127.0.0.1:${port}/x`,
        webhookId: 'msg_7',
      });
      await until(() => seen.length === 1, { what: () => 'the request' });
      const { body, headers } = seen[0]!;
      assert.equal(body.toString(), '{"a":"ü"}');
      const expected = { 'webhook-id': 'msg_7', 'content-type': 'application/json' };
      assert.deepEqual({ ...headers, ...expected }, headers);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
