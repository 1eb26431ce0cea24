import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeAPI, NodeMessage } from 'node-red';
import inboundHookIn from '../../nodes/inbound-hook-in/inbound-hook-in.ts';
import { signingSecrets } from '../../nodes/shared/runtime/signing-secrets.ts';
import signingSecretNode from '../../nodes/signing-secret/signing-secret.ts';
import { REJECTIONS } from '../../src/signature/scheme.ts';
import { parseSigningSecret } from '../../src/signature/signing-secret-settings.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { call } from '../support/http.ts';
import { until } from '../support/until.ts';

const KEY = 'a shared secret';
const LOCALE = '../../nodes/inbound-hook-in/locales/en-US/inbound-hook-in.json';
const json = { 'content-type': 'application/json' };

const hook = (changes: Record<string, unknown> = {}) => ({
  id: 'hook',
  type: 'inbound-hook-in',
  name: 'Hook',
  path: '/hooks/a',
  auth: 'none',
  signing: 'secret',
  wires: [['sink']],
  ...changes,
});
const sink = { id: 'sink', type: 'helper' };
const thermometer = { id: 'secret', type: 'signing-secret', scheme: 'customer-thermometer' };

/** Customer Thermometer's headers for a body that is sent now, or so many seconds ago. */
function sign(body: string, { key = KEY, ageS = 0 } = {}): Record<string, string> {
  const date = new Date(Date.now() - ageS * 1000).toUTCString();
  const signature = createHmac('sha256', key).update(`Date: ${date}\n${body}`).digest('base64');
  return { ...json, date, 'x-ct-hmac-sha256': signature };
}

interface Received extends NodeMessage {
  readonly signature?: unknown;
  readonly hook: { readonly verified: boolean };
}

describe('The node inbound-hook-in with a signing secret', () => {
  let runtime: FlowRuntime;
  let RED: NodeAPI;
  let statuses: string[] = [];

  before(async () => {
    runtime = await FlowRuntime.start();
  });
  after(async () => runtime.stop());

  afterEach(() => signingSecrets.remove('secret'));

  async function load(flow: Parameters<FlowRuntime['load']>[1], credentials = {}): Promise<void> {
    const register = (real: NodeAPI): void => {
      RED = real;
      statuses = [];
      RED.events.removeAllListeners('node-status');
      // In a subflow the hook has another id.
      RED.events.on('node-status', ({ status }: { status?: { text?: string } }) => {
        const [, text] = /^inbound-hook-in\.status\.(.*)$/.exec(status?.text ?? '') ?? [];
        if (text !== undefined) statuses.push(text);
      });
      inboundHookIn(RED);
    };
    await runtime.load([register, signingSecretNode], flow, credentials);
  }
  const loadSigned = () => load([thermometer, hook(), sink], { secret: { secret: KEY } });
  const send = (body: string, headers: Record<string, string> = json) =>
    call(`http://127.0.0.1:${(RED.server as unknown as { address(): AddressInfo }).address().port}/hooks/a`, {
      body,
      headers,
    });
  const shows = (text: string): Promise<void> =>
    until(() => statuses.at(-1) === text, { what: () => `"${text}" after ${statuses.join(', ')}` });
  /** What the hook has logged; the words are their keys. */
  const errors = (): unknown[] => runtime.callsOf('hook', 'error').map(([words]) => words);

  it('starts a flow with what was signed, and says so', async () => {
    await loadSigned();
    await shows('ready');
    const messages = runtime.messagesAt<Received>('sink');
    assert.equal((await send('{"a": 1 }', sign('{"a": 1 }'))).status, 200);
    await until(() => messages.length === 1, { what: () => 'a message' });
    const [message] = messages;
    assert.deepEqual(message?.payload, { a: 1 });
    assert.equal(message.hook.verified, true);
    assert.deepEqual(message.signature, {
      scheme: 'customer-thermometer',
      verified: true,
      keyUsed: 'current',
      reason: null,
    });
  });

  it('refuses what was changed with the very answer that wrong credentials get', async () => {
    await loadSigned();
    await shows('ready');
    const messages = runtime.messagesAt('sink');
    const tampered = await send('{"a":1}', sign('{"a": 1 }'));
    assert.equal(tampered.status, 401);
    assert.equal(
      tampered.text,
      '{"error":{"code":"unauthorized","message":"The credentials are missing or wrong."}}',
    );
    assert.equal(messages.length, 0);
  });

  it('leaves the message of a hook without a signing secret as it was', async () => {
    await load([hook({ signing: '' }), sink]);
    await shows('ready');
    const messages = runtime.messagesAt<Received>('sink');
    assert.equal((await send('{}')).status, 200);
    await until(() => messages.length === 1, { what: () => 'a message' });
    assert.equal(messages[0]?.hook.verified, false);
    assert.ok(!('signature' in messages[0]));
  });

  it('shows why it refuses, and is ready again with the next that it verifies', async () => {
    await loadSigned();
    await shows('ready');
    for (const [headers, reason] of [
      [json, 'signature-missing'],
      [sign('{}', { ageS: 400 }), 'timestamp-too-old'],
      [sign('{}', { ageS: -400 }), 'timestamp-too-new'],
      [sign('{}', { key: 'another' }), 'mismatch'],
    ] as const) {
      assert.equal((await send('{}', headers)).status, 401);
      await shows(`rejected-${reason}`);
    }
    assert.equal((await send('{}', sign('{}'))).status, 200);
    await shows('ready');
    assert.deepEqual(errors(), []);
  });

  it('changes its status at most four times a second, whatever strangers send', async () => {
    await loadSigned();
    await shows('ready');
    const before = statuses.length;
    const start = performance.now();
    for (let at = 0; at < 100; at++) await send('{}', at % 2 ? json : sign('{}', { key: 'another' }));
    await shows('rejected-signature-missing');
    const most = Math.ceil((performance.now() - start) / 250) + 1;
    assert.ok(statuses.length - before <= most, `${statuses.length - before} of at most ${most}`);
  });

  it('has a word for each reason', async () => {
    const words = JSON.parse(await readFile(path.join(import.meta.dirname, LOCALE), 'utf8')) as Record<
      string,
      { status: Record<string, string> }
    >;
    for (const reason of Object.keys(REJECTIONS))
      assert.ok(words['inbound-hook-in']?.status[`rejected-${reason}`], reason);
  });

  const unusable: Record<string, readonly [secret: object[], credentials: object]> = {
    'is nowhere': [[], {}],
    'came without its credentials': [[thermometer], {}],
    'is disabled': [[{ ...thermometer, d: true }], { secret: { secret: KEY } }],
    'has an unknown scheme': [[{ ...thermometer, scheme: 'rot13' }], { secret: { secret: KEY } }],
  };
  for (const [what, [nodes, credentials]] of Object.entries(unusable))
    it(`is red and refuses everyone where the secret ${what}`, async () => {
      await load([...(nodes as (typeof thermometer)[]), hook(), sink], credentials);
      await shows('no-secret');
      const messages = runtime.messagesAt('sink');
      for (const headers of [sign('{}'), sign('{}', { key: '' }), sign('{}', { key: 'undefined' }), json])
        assert.equal((await send('{}', headers)).status, 401);
      assert.equal(messages.length, 0);
      assert.deepEqual(statuses, ['no-secret']);
      assert.deepEqual(errors(), ['inbound-hook-in.errors.no-secret']);
    });

  for (const [what, signing] of Object.entries({
    'its subflow leaves empty': '${SIGNING}',
    'nobody sets': '${NOBODY_SETS_THIS}',
  }))
    it(`is red and refuses everyone where it names its secret by a variable that ${what}`, async () => {
      await load([
        { id: 'sub', type: 'subflow', in: [], out: [], env: [{ name: 'SIGNING', type: 'str', value: '' }] },
        { ...hook({ signing, wires: [[]] }), z: 'sub', x: 1, y: 1 },
        { id: 'flow', type: 'tab' },
        { id: 'one', type: 'subflow:sub', z: 'flow', x: 1, y: 1, wires: [] },
      ]);
      await shows('no-secret');
      for (const headers of [json, sign('{}', { key: '' })])
        assert.equal((await send('{}', headers)).status, 401);
    });

  it('follows its secret while it stays itself', async () => {
    await load([hook(), sink]);
    await shows('no-secret');
    const set = (secret: string) =>
      signingSecrets.set(
        parseSigningSecret({ id: 'secret', scheme: 'customer-thermometer', credentials: { secret } }),
      );
    set(KEY);
    await shows('ready');
    assert.equal((await send('{}', sign('{}'))).status, 200);
    set('another');
    assert.equal((await send('{}', sign('{}'))).status, 401);
    await shows('rejected-mismatch');
    assert.equal((await send('{}', sign('{}', { key: 'another' }))).status, 200);
    set('');
    await shows('no-secret');
    assert.equal((await send('{}', sign('{}', { key: 'another' }))).status, 401);
    assert.equal(errors().length, 2);
    set(KEY);
    await shows('ready');
    signingSecrets.remove('secret');
    await shows('no-secret');
  });

  it('lets go of its secret when it closes', async () => {
    await loadSigned();
    await shows('ready');
    await runtime.unload();
    const before = [...statuses];
    signingSecrets.set(parseSigningSecret({ id: 'secret', scheme: 'github' }));
    signingSecrets.remove('secret');
    await sleep(300);
    assert.deepEqual(statuses, before);
  });

  it('asks for no signature as a form, which people fill in', async () => {
    await load([hook({ kind: 'form' }), sink]);
    await shows('ready');
    assert.equal((await send('{}')).status, 200);
  });

  it('is red where what it is signed with is no id', async () => {
    for (const signing of [null, {}, 5, ['secret']]) {
      await load([thermometer, hook({ signing }), sink], { secret: { secret: KEY } });
      await shows('setting-invalid');
      assert.match((await send('{}', sign('{}'))).text, /Cannot POST/);
    }
  });
});
