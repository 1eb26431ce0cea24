import assert from 'node:assert/strict';
import type { NodeAPI } from 'node-red';
import emailHookIn from '../../nodes/email-hook-in/email-hook-in.ts';
import emailListener from '../../nodes/email-listener/email-listener.ts';
import { hookDirectory } from '../../nodes/shared/runtime/hook-directory.ts';
import { makeCertificate } from '../support/certificate.ts';
import { argumentsOf, tlsConfigNode } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { mailFixture } from '../support/mails.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { SmtpClient } from '../support/smtp-client.ts';
import { until } from '../support/until.ts';

interface Received {
  readonly payload: unknown;
  readonly email: Record<string, unknown>;
  readonly hook: Record<string, unknown>;
}

const sink = { id: 'sink', type: 'helper' };
const ORDERS = 'orders@hooks.example.com';

describe('The node email-hook-in', () => {
  let runtime: FlowRuntime;
  let port: number;
  const statuses = new Map<string, { fill?: string; text?: string }>();

  before(async () => {
    runtime = await FlowRuntime.start();
  });
  beforeEach(async () => {
    port = await freePort();
  });
  after(async () => runtime.stop());

  const listener = (changes: object = {}) => ({
    id: 'listener',
    type: 'email-listener',
    host: '127.0.0.1',
    port,
    domain: 'hooks.example.com',
    maxSize: '10mb',
    tls: '',
    allowedClients: '',
    ...changes,
  });
  const hook = (changes: object = {}) => ({
    id: 'hook',
    type: 'email-hook-in',
    name: 'Orders',
    description: 'Order mails',
    listener: 'listener',
    address: 'orders',
    wires: [['sink']],
    ...changes,
  });

  async function load(flow: Parameters<FlowRuntime['load']>[1], credentials = {}): Promise<void> {
    const watch = (RED: NodeAPI): void => {
      RED.events.removeAllListeners('node-status');
      statuses.clear();
      RED.events.on('node-status', ({ id, status }: { id: string; status: object }) =>
        statuses.set(id, status),
      );
    };
    await runtime.load([watch, tlsConfigNode, emailListener, emailHookIn], flow, credentials);
  }

  /** What reaches the sink; the store keeps mails of earlier tests, which go into the flow again. */
  function messagesOf(isRedelivered: boolean): () => Received[] {
    const all = runtime.messagesAt<Received>('sink');
    return () => all.filter(({ hook: { redelivered } }) => redelivered === isRedelivered);
  }

  async function assertStatus(fill: string, text: string, id = 'hook'): Promise<void> {
    await until(() => statuses.get(id)?.text === `email-hook-in.status.${text}`, {
      what: () => `the status ${text}, not ${JSON.stringify(statuses.get(id))}`,
    });
    assert.equal(statuses.get(id)?.fill, fill);
  }

  const send = async (
    to: readonly string[],
    mail: string | Buffer = 'Subject: a\r\n\r\nb',
  ): Promise<string> => {
    const smtp = await SmtpClient.ready(port);
    const replies = await smtp.send(to, mail);
    smtp.close();
    return replies.at(-1) ?? '';
  };

  it('starts a flow with what a mail carries', async () => {
    await load([listener(), hook(), sink]);
    await assertStatus('green', 'ready');
    const messages = messagesOf(false);
    assert.match(await send(['Orders@hooks.example.com'], mailFixture('order')), /^250 /);
    await until(() => messages().length === 1, { what: () => 'a message' });
    const [message] = messages();
    assert.equal((message?.payload as { orderNumber?: string }[])[0]?.orderNumber, '4711');
    assert.equal(message?.email['messageId'], '<order-4711@example.com>');
    const { requestId, receivedAt, ...rest } = message.hook;
    assert.deepEqual(rest, {
      id: 'hook',
      name: 'Orders',
      path: 'Orders@hooks.example.com',
      method: 'EMAIL',
      remoteAddress: '127.0.0.1',
      contentType: 'multipart/alternative',
      keyName: null,
      verified: false,
      redelivered: false,
    });
    assert.match(String(requestId), /^[\da-f-]{36}$/);
    assert.match(String(receivedAt), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('shares its listener with other hooks', async () => {
    await load([listener(), hook(), hook({ id: 'parcels', address: 'Parcels' }), sink]);
    await assertStatus('green', 'ready', 'parcels');
    const messages = messagesOf(false);
    assert.match(await send([ORDERS, 'parcels@hooks.example.com']), /^250 /);
    assert.match(await send(['nobody@hooks.example.com']), /^550 /);
    await until(() => messages().length === 2, { what: () => 'two messages' });
    assert.deepEqual(
      messages()
        .map((message) => message.hook['id'])
        .toSorted(),
      ['hook', 'parcels'],
    );
  });

  it('is listed among the hooks, with its switches and counts', async () => {
    await load([listener(), hook({ debug: true }), sink]);
    await assertStatus('green', 'ready');
    const listed = hookDirectory.find('hook');
    assert.deepEqual(listed?.facts, {
      id: 'hook',
      name: 'Orders',
      description: 'Order mails',
      kind: 'email',
      url: ORDERS,
      methods: [],
    });
    const { activity } = listed;
    const { received } = activity.counts;
    await send([ORDERS]);
    assert.equal(activity.counts.received, received + 1);
    assert.equal(activity.interactions?.list().length, 1);
    activity.switchTo({ isActive: false });
    await assertStatus('grey', 'inactive');
    assert.match(await send([ORDERS]), /^550 /);
    activity.switchTo({ isActive: true });
    await assertStatus('green', 'ready');
    assert.match(await send([ORDERS]), /^250 /);
  });

  it('refuses mail while it is inactive', async () => {
    await load([listener(), hook({ active: false }), sink]);
    await assertStatus('grey', 'inactive');
    assert.match(await send([ORDERS]), /^550 /);
  });

  it('gives a mail to its flow once more, where a deploy came before it was handled', async () => {
    await load([listener(), hook(), sink]);
    await assertStatus('green', 'ready');
    const before = messagesOf(false);
    await send([ORDERS], mailFixture('json-text'));
    await until(() => before().length === 1, { what: () => 'the message' });
    const [first] = before();
    await runtime.deploy([listener(), hook(), sink], 'full');
    const after = messagesOf(true);
    const again = (): Received | undefined =>
      after().find(({ hook: { requestId } }) => requestId === first?.hook['requestId']);
    await until(() => again() !== undefined, { what: () => 'the message again' });
    assert.deepEqual(again(), {
      ...first,
      _msgid: Reflect.get(again() ?? {}, '_msgid') as unknown,
      hook: { ...first?.hook, redelivered: true },
    });
    assert.deepEqual(again()?.payload, { Email: 'jane@example.com', Score: 9 });
  });

  it('leaves its listener listening through a deploy, and ends it with the flows', async () => {
    await load([listener(), hook(), sink]);
    await assertStatus('green', 'ready');
    const smtp = await SmtpClient.ready(port);
    await runtime.deploy([listener(), hook({ address: 'parcels' }), sink], 'nodes');
    await until(async () => (await smtp.say('NOOP')).startsWith('250'), {
      what: () => 'the same connection',
    });
    assert.match((await smtp.send(['parcels@hooks.example.com'], 'Subject: a')).at(-1) ?? '', /^250 /);
    smtp.close();
    await runtime.unload();
    await until(async () => !(await isOpen(port)), { what: () => 'the port to be free' });
  });

  it('takes over what changes at its listener alone', async () => {
    await load([listener(), hook(), sink]);
    await assertStatus('green', 'ready');
    await runtime.deploy([listener({ domain: 'other.example' }), hook(), sink], 'nodes');
    await until(async () => (await send(['orders@other.example']).catch(() => '')).startsWith('250'), {
      what: () => 'the other domain',
    });
    assert.match(await send([ORDERS]), /^550 /);
  });

  it('is red where its listener is missing, or cannot be understood', async () => {
    await load([hook(), sink]);
    await assertStatus('red', 'listener-missing');
    await load([listener({ maxSize: 'much' }), hook(), sink]);
    await assertStatus('red', 'listener-invalid');
    assert.match(String(argumentsOf(runtime.node('listener'), 'error')[0]), /maxSize: It must be a size/);
  });

  it('is red where its address is none, or another’s', async () => {
    for (const address of ['', 'a b', 'a@b', undefined, null]) {
      await load([listener(), hook({ address }), sink]);
      await assertStatus('red', 'address-invalid');
    }
    await load([listener(), hook(), hook({ id: 'second', address: 'ORDERS' }), sink]);
    await assertStatus('red', 'address-taken', 'second');
    await assertStatus('green', 'ready');
  });

  it('is red where its port is taken, once for each reason', async () => {
    await load([
      listener(),
      hook(),
      listener({ id: 'other' }),
      hook({ id: 'second', listener: 'other' }),
      sink,
    ]);
    const isTaken = (id: string): boolean => statuses.get(id)?.text === 'email-hook-in.status.port-taken';
    await until(() => isTaken('hook') || isTaken('second'), { what: () => 'one to be red' });
    const [red] = ['hook', 'second'].filter(isTaken);
    assert.equal(argumentsOf(runtime.node(red ?? ''), 'error').length, 1);
  });

  it('offers encryption with the certificate of a tls-config, and does not listen without it', async () => {
    const { key, cert } = await makeCertificate();
    const tls = {
      id: 'tls',
      type: 'tls-config',
      name: '',
      cert: '',
      key: '',
      ca: '',
      verifyservercert: true,
    };
    const flow = [listener({ tls: 'tls' }), hook(), sink];
    await load([tls, ...flow], { tls: { certdata: cert, keydata: key } });
    await assertStatus('green', 'ready');
    const smtp = await SmtpClient.connect(port);
    assert.match(await smtp.ask('EHLO x.example'), /^250[- ]STARTTLS\r$/m);
    smtp.close();
    for (const without of [flow, [tls, ...flow]]) {
      await load(without);
      await assertStatus('red', 'certificate-missing');
      assert.equal(await isOpen(port), false);
    }
  });

  it('takes what environment variables say', async () => {
    Object.assign(process.env, { MAIL_ADDRESS: 'from-env', MAIL_PORT: String(port) });
    try {
      await load([listener({ port: '${MAIL_PORT}' }), hook({ address: '${MAIL_ADDRESS}' }), sink]);
      await assertStatus('green', 'ready');
      assert.match(await send(['from-env@hooks.example.com']), /^250 /);
    } finally {
      delete process.env['MAIL_ADDRESS'];
      delete process.env['MAIL_PORT'];
    }
  });
});
