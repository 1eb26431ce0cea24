import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { HookError } from '../../src/errors.ts';
import { KeptHooks } from '../support/kept-hooks.ts';
import { until } from '../support/until.ts';

const down = new HookError('HOOK_STORE_UNAVAILABLE', 'The store is down.');
const idOf = (response: { json(): unknown }): unknown => (response.json() as { id?: unknown }).id;

describe('A hook that keeps its events', () => {
  let hooks: KeptHooks;
  beforeEach(async () => {
    hooks = await KeptHooks.start();
  });
  afterEach(async () => hooks.stop());

  it('has an event in the store before its flow and its sender hear of it', async () => {
    let openAtStart: Promise<string[]> | undefined;
    hooks.claim({ accept: () => void (openAtStart = hooks.bench.openIds()) });
    const response = await hooks.send({ body: { a: 1 } });
    assert.equal(response.status, 200);
    assert.deepEqual(await openAtStart, [idOf(response)]);
  });

  it('refuses with 503 what the store does not take, and starts no flow', async () => {
    hooks.claim();
    hooks.bench.failures.set('keep', down);
    const refused = await hooks.send({ body: { a: 1 } });
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '5']);
    assert.match(refused.text, /"unavailable"/);
    hooks.bench.failures.clear();
    for (const error of [
      new HookError('HOOK_STORE_OVERLOADED', 'x'),
      new HookError('HOOK_STORE_CORRUPT', 'x'),
      new HookError('HOOK_CONFIG_STORE_FILE', 'x'),
      new HookError('HOOK_STORE_CLOSED', 'x'),
    ]) {
      hooks.openInbox = () => Promise.reject(error);
      assert.equal((await hooks.send({ body: { a: 1 } })).status, 503, error.code);
    }
    assert.deepEqual(hooks.delivered, []);
  });

  it('asks no store where neither is wanted', async () => {
    hooks.claim({ isDurable: false });
    hooks.openInbox = () => Promise.reject(down);
    assert.equal((await hooks.send({ body: { a: 1 } })).status, 200);
  });

  it('answers what was kept while its flow stopped, and starts the flow with it when that runs', async () => {
    hooks.claim();
    hooks.openInbox = async () => {
      hooks.bench.inbox.flowsStop();
      return Promise.resolve(hooks.bench.inbox);
    };
    const response = await hooks.send({ body: { a: 1 } });
    assert.equal(response.status, 200);
    assert.deepEqual(hooks.delivered, []);
    hooks.bench.inbox.flowsRun();
    await hooks.bench.untilRedelivered(1);
    assert.deepEqual(
      hooks.restored.map(({ requestId }) => requestId),
      [idOf(response)],
    );
  });

  it('starts a flow later that could not be started', async () => {
    hooks.claim({ accept: () => Promise.reject(new Error('broken')) });
    const response = await hooks.send({ body: { a: 1 } });
    assert.equal(response.status, 200);
    await hooks.bench.clock.advance(5000);
    await hooks.bench.untilRedelivered(1);
    assert.deepEqual(hooks.bench.redelivered, [idOf(response)]);
  });

  const bodies: Record<string, { headers?: Record<string, string>; body?: string | Uint8Array | FormData }> =
    {
      JSON: { headers: { 'content-type': 'application/json' }, body: '{"a":[1,{"b":"ü"}]}' },
      'compressed JSON': {
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: gzipSync(JSON.stringify({ a: 'x'.repeat(50_000) })),
      },
      'a list': { headers: { 'content-type': 'application/json' }, body: '[1,2]' },
      'a form': {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'a=1&b=%C3%BC&a=2',
      },
      'no body': {},
    };
  for (const [what, request] of Object.entries(bodies))
    it(`reads ${what} again as it was read first`, async () => {
      hooks.claim({ path: '/hooks/hook/:customer' });
      await hooks.send(request, '/hooks/hook/c%201?q=1&a=query');
      await assertRestored();
    });

  it('reads a multipart form again with its files', async () => {
    hooks.claim();
    const form = new FormData();
    form.set('name', 'ü');
    form.set('file', new Blob([new Uint8Array([0, 1, 255])], { type: 'image/png' }), 'a.png');
    const response = await fetch(`${hooks.server.url}/hooks/hook`, { method: 'POST', body: form });
    assert.equal(response.status, 200);
    await assertRestored();
    assert.deepEqual(hooks.restored[0]?.files?.[0]?.buffer, Buffer.from([0, 1, 255]));
  });

  it('keeps nothing that proves the sender', async () => {
    hooks.server.gate.claim(
      hooks.server.hook({
        id: 'hook',
        keeping: { isDurable: true, dedupe: undefined, open: () => hooks.openInbox() },
      }),
    );
    const basic = { username: 'jörg', password: 'pass:wörd' };
    assert.equal((await hooks.send({ basic })).status, 200);
    const [event] = await hooks.bench.open();
    assert.match(event?.head ?? '', /"authorization":"\[secret\]"/);
  });

  async function assertRestored(): Promise<void> {
    await hooks.bench.restart();
    await hooks.bench.untilRedelivered(1);
    await until(() => hooks.restored.length === 1, { what: () => 'the event to be read again' });
    const [first] = hooks.server.events;
    const [again] = hooks.restored;
    assert.ok(first && again);
    const { request, ...rest } = again;
    const { request: original, ...expected } = first;
    assert.deepEqual(rest, expected);
    assert.deepEqual(
      [request.url, request.method, { ...request.headers }],
      [original.url, original.method, { ...original.headers }],
    );
  }

  describe('and knows duplicates', () => {
    it('answers a duplicate as the first, and starts no flow', async () => {
      hooks.claim({ dedupe: 'payload:event.id', answer: { by: 'gate', statusCode: 202 } });
      const first = await hooks.send({ body: { event: { id: 7 } } });
      const second = await hooks.send({ body: { event: { id: 7 } } });
      assert.deepEqual([second.status, second.text], [202, first.text]);
      assert.equal(second.headers.get('content-type'), first.headers.get('content-type'));
      assert.notEqual(idOf(await hooks.send({ body: { event: { id: 8 } } })), idOf(first));
      await hooks.send({ body: { event: {} } });
      await hooks.send({ body: { event: {} } });
      assert.equal(hooks.delivered.length, 4);
      assert.equal((await hooks.bench.open()).length, 4);
    });

    it('starts one flow for a hundred of a kind at the same time', async () => {
      hooks.claim({ dedupe: 'header:x-id' });
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => hooks.send({ headers: { 'x-id': 'a' }, body: {} })),
      );
      assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
      assert.deepEqual(hooks.delivered, [idOf(answers[0]!)]);
    });

    it('knows them after a restart, until their time is over, hook by hook', async () => {
      hooks.claim({ dedupe: 'header:x-id', isDurable: false });
      hooks.claim({ id: 'other', dedupe: 'header:x-id' });
      const headers = { 'x-id': 'a' };
      const first = await hooks.send({ headers });
      await hooks.bench.restart();
      assert.equal((await hooks.send({ headers })).text, first.text);
      assert.notEqual((await hooks.send({ headers }, '/hooks/other')).text, first.text);
      await hooks.bench.clock.advance(3_600_000);
      assert.notEqual((await hooks.send({ headers })).text, first.text);
      assert.equal(hooks.delivered.length, 3);
    });

    it('makes no mark of what it has refused', async () => {
      hooks.claim({ dedupe: 'header:x-id' });
      const headers = { 'x-id': 'a' };
      const json = { ...headers, 'content-type': 'application/json' };
      assert.equal((await hooks.send({ headers: json, body: '{' })).status, 400);
      hooks.bench.failures.set('keep', down);
      assert.equal((await hooks.send({ headers })).status, 503);
      hooks.bench.failures.clear();
      assert.equal((await hooks.send({ headers })).status, 200);
      assert.equal(hooks.delivered.length, 1);
    });

    it('sends a browser on again that has sent a form twice', async () => {
      hooks.claim({ dedupe: 'payload:id', answer: { by: 'gate', statusCode: 200, redirect: '/thanks' } });
      for (let n = 0; n < 2; n++) {
        const response = await hooks.send({ body: { id: 1 } });
        assert.deepEqual([response.status, response.headers.get('location')], [303, '/thanks']);
      }
      assert.equal(hooks.delivered.length, 1);
    });

    it('takes the mark back of what could not start its flow any more', async () => {
      hooks.claim({ dedupe: 'payload:id', isDurable: false });
      hooks.openInbox = async () => {
        hooks.server.gate.shut();
        return Promise.resolve(hooks.bench.inbox);
      };
      assert.equal((await hooks.send({ body: { id: 1 } })).status, 503);
      hooks.server.gate.open();
      hooks.openInbox = () => Promise.resolve(hooks.bench.inbox);
      assert.equal((await hooks.send({ body: { id: 1 } })).status, 200);
      assert.equal(hooks.delivered.length, 1);
    });

    it('takes an event again that is not kept and that a process died with before its flow had it', async () => {
      let hasBegun = false;
      const accept = () => {
        hasBegun = true;
        return new Promise<void>(() => undefined);
      };
      hooks.claim({ dedupe: 'payload:id', isDurable: false, accept });
      const unanswered = hooks.send({ body: { id: 1 } }).catch(() => undefined);
      await until(() => hasBegun, { what: () => 'the flow to begin' });
      await hooks.bench.restart();
      hooks.claim({ dedupe: 'payload:id', isDurable: false });
      assert.equal((await hooks.send({ body: { id: 1 } })).status, 200);
      assert.equal(hooks.delivered.length, 1);
      hooks.server.server.closeAllConnections();
      await unanswered;
    });

    it('takes an event again whose flow could not be started', async () => {
      const accept = () => Promise.reject(new Error('broken'));
      hooks.claim({ dedupe: 'payload:id', isDurable: false, accept });
      assert.equal((await hooks.send({ body: { id: 1 } })).status, 500);
      hooks.claim({ dedupe: 'payload:id', isDurable: false });
      assert.equal((await hooks.send({ body: { id: 1 } })).status, 200);
      assert.equal(hooks.delivered.length, 1);
    });

    it('proves what it is with credentials in the same header as ever', async () => {
      const { server } = hooks;
      server.gate.claim(
        server.hook({
          id: 'hook',
          keeping: {
            isDurable: false,
            dedupe: { rule: { by: 'header', name: 'authorization' }, windowMs: 1000 },
            open: () => hooks.openInbox(),
          },
        }),
      );
      const basic = { username: 'jörg', password: 'pass:wörd' };
      assert.equal((await hooks.send({ basic })).text, (await hooks.send({ basic })).text);
      assert.equal(hooks.delivered.length, 1);
    });
  });
});
