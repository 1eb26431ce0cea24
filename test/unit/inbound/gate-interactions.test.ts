import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { HookActivity } from '../../../src/inbound/hook-activity.ts';
import { bareHost } from '../../../src/inbound/gate-host.ts';
import type { InboundHook } from '../../../src/inbound/hook.ts';
import type { Interaction, ShownBody } from '../../../src/inbound/interactions/interaction.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { credentials, GateServer } from '../../support/gate-server.ts';
import { basicAuth, call } from '../../support/http.ts';
import { aSigningSecret } from '../../support/signing-secrets.ts';
import { until } from '../../support/until.ts';

const codeIn = (body: ShownBody | undefined): string =>
  (JSON.parse(body?.content ?? '') as { error: { code: string } }).error.code;

describe('A hook that shows its interactions', () => {
  const clock = new FakeClock();
  let server: GateServer;
  let activity: HookActivity;

  beforeEach(async () => {
    server = await GateServer.start({ clock, newId: () => 'event-1' });
    activity = new HookActivity();
    activity.switchTo({ isDebugged: true });
  });
  afterEach(async () => server.stop());

  const claim = (changes: Partial<InboundHook> = {}): void => server.claimOpen('a', { activity, ...changes });
  const post = (request: Parameters<typeof call>[1] = {}, where = '/hooks/a') =>
    call(`${server.url}${where}`, { method: 'POST', ...request });
  const shown = (): readonly Interaction[] => activity.interactions?.list() ?? [];

  /** The newest, when its answer has gone out. */
  async function latest(): Promise<Interaction> {
    await until(() => shown()[0]?.answer !== undefined, { what: () => 'an answer to be shown' });
    const [newest] = shown();
    assert.ok(newest);
    return newest;
  }
  const headerOf = (headers: Interaction['request']['headers'], name: string): string | undefined =>
    headers.find(([one]) => one.toLowerCase() === name)?.[1];

  it('shows what was accepted: request, decision and answer', async () => {
    claim();
    await post(
      { body: '{"a":1}', headers: { 'content-type': 'application/json', 'x-event': 'e' } },
      '/hooks/a?b=2',
    );
    const { receivedAt, remoteAddress, request, decision, answer } = await latest();
    assert.equal(receivedAt, clock.now());
    assert.match(remoteAddress ?? '', /127\.0\.0\.1$/);
    assert.deepEqual([request.method, request.url, request.protocol], ['POST', '/hooks/a?b=2', 'HTTP/1.1']);
    assert.equal(headerOf(request.headers, 'x-event'), 'e');
    assert.deepEqual(request.body, { content: '{"a":1}', encoding: 'utf8', size: 7, isCut: false });
    assert.deepEqual(decision, { outcome: 'accepted', eventId: 'event-1' });
    assert.equal(answer?.statusCode, 200);
    assert.equal(headerOf(answer.headers, 'content-type'), 'application/json; charset=utf-8');
    assert.equal(answer.body?.content, '{"accepted":true,"id":"event-1"}');
  });

  it('shows a body as it came over the wire, as base64 where that is no text', async () => {
    claim();
    const body = gzipSync('{"a":1}');
    await post({ body, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } });
    const { request } = await latest();
    assert.deepEqual([request.body?.content, request.body?.encoding], [body.toString('base64'), 'base64']);
  });

  it('keeps nothing of what a sender proves itself with, right or wrong', async () => {
    server.gate.claim(server.hook({ id: 'a', activity }));
    const key = `shk_${'k'.repeat(43)}`;
    for (const password of [credentials.password, 'wrong-password'])
      await post(
        {
          basic: { ...credentials, password },
          headers: { cookie: 'sid=of-the-sender', 'x-api-key': 'key-of-the-sender', 'x-other': key },
          body: { a: 1 },
        },
        `/hooks/a?access_token=token-of-the-sender&x=${key}`,
      );
    await until(() => shown().length === 2 && shown().every(({ answer }) => answer), { what: () => 'both' });
    const kept = JSON.stringify(shown());
    assert.deepEqual(
      shown().map(({ decision }) => decision.outcome),
      ['refused', 'accepted'],
    );
    for (const secret of [
      basicAuth(credentials).slice(6),
      basicAuth({ ...credentials, password: 'wrong-password' }).slice(6),
      'of-the-sender',
      key,
    ])
      assert.ok(!kept.includes(secret), secret);
    assert.ok(kept.includes('Basic [secret]'));
  });

  it('says which header it looked for, and whether that was there', async () => {
    server.gate.claim(server.hook({ id: 'a', activity }));
    await post();
    assert.match((await latest()).decision.reason ?? '', /"authorization".* is missing/);
    await post({ basic: { ...credentials, password: 'wrong' } });
    await until(() => shown().length === 2, { what: () => 'both' });
    assert.match(shown()[0]?.decision.reason ?? '', /"authorization" holds no credentials/);
  });

  it('masks the header of its authentication, whatever its name is', async () => {
    const authenticator = {
      scheme: 'api-key',
      credentialHeader: 'x-client-id',
      authenticate: () => ({ keyName: 'k' }),
    } as const;
    claim({ authenticator });
    await post({ headers: { 'x-client-id': 'the-key' } });
    assert.equal(headerOf((await latest()).request.headers, 'x-client-id'), '[secret]');
  });

  const refusals: readonly [what: string, request: Parameters<typeof call>[1], code: string][] = [
    ['another method', { method: 'DELETE' }, 'method_not_allowed'],
    ['another type', { body: 'a', headers: { 'content-type': 'text/plain' } }, 'unsupported_type'],
    [
      'a body that is no JSON',
      { body: '{', headers: { 'content-type': 'application/json' } },
      'malformed_json',
    ],
    ['a body that is too large', { body: { a: 'x'.repeat(200) } }, 'body_too_large'],
  ];
  for (const [what, request, code] of refusals)
    it(`shows the refusal of ${what}, with its reason`, async () => {
      claim({ bodyLimit: 100 });
      const { status } = await post(request);
      const { decision, answer } = await latest();
      assert.equal(decision.outcome, 'refused');
      assert.equal(decision.code, code);
      assert.ok(decision.reason);
      assert.equal(answer?.statusCode, status);
      assert.equal(codeIn(answer.body), code);
      assert.deepEqual(activity.counts, { received: 0, refused: 1, lastReceivedAt: undefined });
    });

  it('shows what came to it while it was inactive', async () => {
    claim();
    activity.switchTo({ isActive: false });
    assert.equal((await post({ body: { a: 1 } })).status, 404);
    const { decision, request } = await latest();
    assert.equal(decision.code, 'not_found');
    assert.equal(decision.reason, 'The hook is switched off.');
    assert.equal(request.body, undefined);
    assert.equal(activity.counts.refused, 1);
  });

  it('shows what no parameter could be read of', async () => {
    claim({ path: '/hooks/:id' });
    assert.equal((await post({}, '/hooks/%zz')).status, 400);
    assert.equal((await latest()).decision.code, 'malformed_path');
  });

  it('says why a signature was refused, which its sender is not told', async () => {
    const secret = aSigningSecret({ scheme: 'github', credentials: { secret: 'secret' } });
    claim({ signing: { findSecret: () => secret, onChecked: () => undefined } });
    const { text } = await post({
      body: { a: 1 },
      headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
    });
    const { decision, request, answer } = await latest();
    assert.equal(decision.code, 'unauthorized');
    assert.match(decision.reason ?? '', /^No signature fits/);
    assert.equal(answer?.body?.content, text);
    assert.ok(!text.includes('signature'));
    assert.equal(request.body?.content, '{"a":1}');
    assert.equal(headerOf(request.headers, 'x-hub-signature-256'), '[secret]');
  });

  const flow = { by: 'flow', timeoutMs: 1000 } as const;
  const answers: readonly [how: string, give: (response: ServerResponse) => void][] = [
    [
      'at once',
      (response) => void response.writeHead(201, 'Made', { 'X-Flow': 'f', 'Set-Cookie': 'a=1' }).end('done'),
    ],
    [
      'in parts',
      (response) => {
        response.statusCode = 201;
        response.setHeader('x-flow', 'f').setHeader('set-cookie', ['a=1', 'b=2']);
        response.write('do');
        response.write(Buffer.from('n'));
        response.end('65', 'hex');
      },
    ],
    [
      'with a list of headers',
      (response) =>
        void response.writeHead(201, ['X-Flow', 'f', 'Set-Cookie', 'a=1']).end('done', () => undefined),
    ],
  ];
  for (const [how, give] of answers)
    it(`shows what the flow answers ${how}`, async () => {
      claim({ answer: flow, accept: (_, response) => void setImmediate(() => response && give(response)) });
      assert.equal((await post()).text, 'done');
      const { decision, answer } = await latest();
      assert.deepEqual(decision, { outcome: 'flow', eventId: 'event-1' });
      assert.deepEqual([answer?.statusCode, answer?.body?.content], [201, 'done']);
      assert.equal(headerOf(answer?.headers ?? [], 'x-flow'), 'f');
      assert.equal(headerOf(answer?.headers ?? [], 'set-cookie'), '[secret]');
    });

  it('shows what waits for its flow, and then that the flow did not answer', async () => {
    claim({ answer: flow, accept: () => undefined });
    const answering = post();
    await until(() => shown().length === 1, { what: () => 'the waiting one' });
    assert.deepEqual([shown()[0]?.decision.outcome, shown()[0]?.answer], ['flow', undefined]);
    await clock.advance(1000);
    assert.equal((await answering).status, 504);
    const { decision, answer } = await latest();
    assert.deepEqual([decision.outcome, decision.code, answer?.statusCode], ['refused', 'flow_timeout', 504]);
  });

  it('shows a sender that went away', async () => {
    claim();
    const connection = await server.connect();
    connection.send(
      ['POST /hooks/a HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 9'],
      '{',
    );
    await until(() => server.server.connections !== 0, { what: () => 'a connection' }).catch(() => undefined);
    connection.close();
    await until(() => shown().length === 1, { what: () => 'the aborted one' });
    assert.deepEqual([shown()[0]?.decision.outcome, shown()[0]?.answer], ['aborted', undefined]);
    assert.deepEqual(activity.counts, { received: 0, refused: 0, lastReceivedAt: undefined });
  });

  it('shows what the host answers in its place', async () => {
    const stopping = await GateServer.start({
      clock,
      host: {
        ...bareHost,
        admit: ({ response }) => {
          response.writeHead(418).end('host');
          return Promise.resolve('answered');
        },
      },
    });
    try {
      stopping.claimOpen('a', { activity });
      await call(`${stopping.url}/hooks/a`, { method: 'OPTIONS' });
      const { decision, answer } = await latest();
      assert.deepEqual([decision.outcome, answer?.statusCode, answer?.body?.content], ['host', 418, 'host']);
    } finally {
      await stopping.stop();
    }
  });

  it('shows what its error was refused for, without the error', async () => {
    claim({ accept: () => Promise.reject(new Error('of the inside')) });
    assert.equal((await post()).status, 500);
    const interaction = await latest();
    assert.equal(interaction.decision.code, 'internal');
    assert.ok(!JSON.stringify(interaction).includes('of the inside'));
    assert.deepEqual([activity.counts.received, activity.counts.refused], [0, 1]);
  });

  it('is shown the last ten, the newest first, each cut', async () => {
    claim();
    for (let at = 0; at < 12; at++) await post({ body: { at, text: 'x'.repeat(100_000) } });
    await latest();
    assert.equal(shown().length, 10);
    assert.deepEqual(
      shown().map(({ request }) => /^\{"at":(\d+)/.exec(request.body?.content ?? '')?.[1]),
      ['11', '10', '9', '8', '7', '6', '5', '4', '3', '2'],
    );
    assert.ok(shown().every(({ request }) => request.body?.content.length === 64 * 1024));
  });

  it('keeps nothing while it does not show them, and forgets what it had', async () => {
    claim({ answer: flow, accept: (event, response) => void response?.end(event.method) });
    await post();
    await latest();
    activity.switchTo({ isDebugged: false });
    await post();
    activity.switchTo({ isDebugged: true });
    assert.deepEqual(shown(), []);
    await post();
    await latest();
    assert.equal(shown().length, 1);
    activity.switchTo({ isDebugged: true, isActive: true });
    assert.equal(shown().length, 1);
  });

  it('does not show at one hook what came to another at its path', async () => {
    const other = new HookActivity();
    other.switchTo({ isDebugged: true });
    const countAtOther = () => other.interactions?.list().length;
    claim({ methods: ['POST'] });
    server.claimOpen('b', { path: '/hooks/a', methods: ['PUT'], activity: other });
    await post();
    await latest();
    assert.equal(countAtOther(), 0);
    await post({ method: 'PATCH' });
    assert.equal(countAtOther(), 1);
    assert.deepEqual([activity.counts.refused, other.counts.refused], [1, 1]);
  });

  it('counts what it accepts, and when', async () => {
    claim();
    await clock.advance(5000);
    await post();
    await post();
    assert.deepEqual(activity.counts, { received: 2, refused: 0, lastReceivedAt: clock.now() });
  });
});
