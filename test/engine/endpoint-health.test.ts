import assert from 'node:assert/strict';
import { parseEndpoint, type EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import type { Endpoint } from '../../src/delivery/endpoint/endpoint.ts';
import { EngineBench } from '../support/engine-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let bench: EngineBench;

const start = async (settings: Partial<EndpointSettings> = {}): Promise<void> => {
  bench = await EngineBench.start(settings);
  await bench.joinEvents();
};
const endpoint = (): Endpoint => bench.endpoints.find('a')!;
const health = () => bench.engine.healthOf(endpoint());
const stateOf = async (id: string) => (await bench.find(id)).delivery.state;
const reasonOf = async (id: string) => {
  const state = await stateOf(id);
  return state.kind === 'waiting' ? state.reason : state.kind;
};
const restart = async (): Promise<void> => {
  await bench.crash();
  await bench.startEngine();
  await bench.idle();
};
/** Settings that are not in the flows. */
const draft = (settings: Partial<EndpointSettings>): Endpoint => {
  const entry = bench.endpoints.resolve(parseEndpoint({ id: 'a', url: 'http://a.example/', ...settings }));
  if (entry.kind === 'invalid') assert.fail('The settings are not valid.');
  return entry.endpoint;
};

describe('An endpoint that answers 410', () => {
  afterEach(() => bench.close());

  const goneFor = { retryOn: 'transient', concurrency: 1 } as const;
  const beGone = async (): Promise<void> => {
    bench.transport.answer(() => 410);
    for (let one = 0; one < 3; one++) await bench.acceptOne();
    await bench.idle();
  };

  it('is disabled, tells of it once, and gets nothing more', async () => {
    await start(goneFor);
    await beGone();
    await bench.advance(10 * MINUTE);
    const id = await bench.acceptOne();
    await bench.advance(HOUR);
    assert.equal(bench.transport.sent.length, 1);
    assert.deepEqual(await bench.statuses(), { Failed: 1, 'In Progress': 3 });
    assert.equal(await reasonOf(id), 'endpoint-off');
    const { isEnabled, disabledBecause, waiting } = health();
    assert.deepEqual([isEnabled, disabledBecause, waiting], [false, 'gone', 'endpoint-off']);
    const events = await bench.events();
    assert.deepEqual(
      events.filter(({ kind }) => kind === 'endpoint-disabled'),
      [{ kind: 'endpoint-disabled', isDisabled: true, reason: 'gone' }],
    );
  });

  it('tells of it once where several answers say so', async () => {
    await start({ retryOn: 'transient' });
    bench.transport.answer(() => 'hang');
    for (let one = 0; one < 4; one++) await bench.acceptOne();
    await bench.idle();
    bench.transport.release(410);
    await bench.idle();
    const events = await bench.events();
    assert.equal(events.filter(({ kind }) => kind === 'endpoint-disabled').length, 1);
  });

  it('is disabled after a crash too', async () => {
    await start(goneFor);
    await beGone();
    await restart();
    assert.equal(health().disabledBecause, 'gone');
    await bench.advance(2 * MINUTE);
    assert.equal(bench.transport.sent.length, 0);
  });

  it('is disabled by the answer to a resend too', async () => {
    await start(goneFor);
    const id = await bench.acceptOne();
    await bench.idle();
    bench.transport.answer(() => 410);
    await bench.engine.resend({ delivery: (await bench.find(id)).delivery });
    await bench.idle();
    assert.equal(health().disabledBecause, 'gone');
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('gets what waited when a person enables it, and a resend before that', async () => {
    await start(goneFor);
    await beGone();
    bench.transport.answer(() => 200);
    const waiting = (await bench.store.log.list({ limit: 10 })).items.find(
      ({ state }) => state.kind === 'waiting',
    )!;
    await bench.engine.resend({ delivery: waiting });
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Failed: 1, Succeeded: 1, 'In Progress': 1 });
    assert.equal(health().isEnabled, false);
    assert.equal(await bench.engine.enable('a'), true);
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Failed: 1, Succeeded: 2 });
    assert.deepEqual((await bench.events()).at(-1), {
      kind: 'endpoint-disabled',
      isDisabled: false,
      reason: 'by-hand',
    });
  });

  it('gets what waited when its URL is changed, and not when something else is', async () => {
    await start(goneFor);
    await beGone();
    bench.transport.answer(() => 200);
    bench.endpoint({ ...goneFor, timeout: 1000 });
    await bench.advance(2 * MINUTE);
    assert.equal(bench.transport.sent.length, 1);
    bench.endpoint({ ...goneFor, url: 'http://a.example/new' });
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Failed: 1, Succeeded: 2 });
    assert.deepEqual((await bench.events()).at(-1), {
      kind: 'endpoint-disabled',
      isDisabled: false,
      reason: 'changed',
    });
  });

  it('gets what waited where its URL was changed while Node-RED was off', async () => {
    await start(goneFor);
    await beGone();
    bench.endpoints.remove('a');
    await bench.crash();
    bench.endpoint({ ...goneFor, url: 'http://a.example/new' });
    await bench.startEngine();
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Failed: 1, Succeeded: 2 });
  });

  it('is tried again as after any failure where its rule says so', async () => {
    await start({ retryOn: 'failure', retry: 'custom', retryDelays: '1m' });
    bench.transport.answer((_, earlier) => (earlier === 0 ? 410 : 200));
    const id = await bench.acceptOne();
    await bench.advance(MINUTE);
    assert.equal(await bench.statusOf(id), 'Succeeded');
    assert.equal(health().isEnabled, true);
  });

  it('is not disabled where 410 is a success by its rule', async () => {
    await start({ ...goneFor, success: '200,410' });
    await beGone();
    assert.deepEqual(await bench.statuses(), { Succeeded: 3 });
    assert.equal(health().isEnabled, true);
  });

  it('tells nothing where the delivery descends from an event', async () => {
    await start(goneFor);
    bench.transport.answer(() => 410);
    await bench.acceptOne('a', { fromLogEvent: true });
    await bench.idle();
    assert.equal(health().isEnabled, false);
    assert.deepEqual(await bench.events(), []);
  });

  it('fails what has waited for too long, and says that it waited for the endpoint to be turned on', async () => {
    await start({ ...goneFor, expireAfter: '10m' });
    await beGone();
    const id = await bench.acceptOne();
    await bench.advance(12 * MINUTE);
    const state = await stateOf(id);
    assert.equal(state.kind === 'failed' && state.reason, 'expired');
    assert.match(state.kind === 'failed' ? state.message : '', /turned on/);
  });
});

describe('An endpoint that a person disables', () => {
  beforeEach(() => start());
  afterEach(() => bench.close());

  it('holds what is open and what comes, over a restart too, until it is enabled', async () => {
    bench.transport.answer(() => 500);
    const first = await bench.acceptOne();
    await bench.idle();
    const heard: string[] = [];
    const unlisten = bench.engine.onHealthChange((id) => heard.push(id));
    assert.equal(await bench.engine.disable('a'), true);
    assert.equal(await bench.engine.disable('a'), true);
    await bench.idle();
    unlisten();
    const second = await bench.acceptOne();
    assert.deepEqual([await reasonOf(first), await reasonOf(second)], ['endpoint-off', 'endpoint-off']);
    await restart();
    await bench.advance(10 * MINUTE);
    assert.equal(bench.transport.sent.length, 0);
    assert.equal(health().disabledBecause, 'by-hand');
    await bench.engine.enable('a');
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 2 });
    assert.deepEqual(heard, ['a']);
    assert.deepEqual(
      (await bench.events()).map((detail) => detail.kind === 'endpoint-disabled' && detail.isDisabled),
      [true, false],
    );
  });

  it('stays off when it is enabled but its setting says that it is off', async () => {
    bench.endpoint({ enabled: false });
    await bench.engine.enable('a');
    const id = await bench.acceptOne();
    await bench.idle();
    assert.equal(await reasonOf(id), 'endpoint-off');
    assert.equal(health().isEnabled, false);
  });

  it('is left alone where it is not in the flows', async () => {
    assert.equal(await bench.engine.disable('nobody'), false);
    assert.equal(await bench.engine.enable('nobody'), false);
  });

  it('is as it was where the store does not take the change', async () => {
    await bench.killWriter();
    await assert.rejects(bench.engine.disable('a'), { code: 'HOOK_STORE_UNAVAILABLE' });
    assert.equal(health().isEnabled, true);
    await bench.storeIsUp();
    await bench.engine.disable('a');
    assert.equal(health().isEnabled, false);
  });

  it('is disabled whatever happens to it while that is written', async () => {
    bench.endpoint({ circuit: true, retry: 'custom', retryDelays: '1m' });
    bench.transport.answer(() => 'hang');
    for (let one = 0; one < 5; one++) await bench.acceptOne();
    await bench.idle();
    const disabled = bench.engine.disable('a');
    bench.transport.release(503);
    await disabled;
    await bench.idle();
    const both = { isEnabled: false, disabledBecause: 'by-hand', circuit: 'open' };
    const { isEnabled, disabledBecause, circuit } = health();
    assert.deepEqual({ isEnabled, disabledBecause, circuit }, both);
    await restart();
    const after = health();
    assert.deepEqual(
      { isEnabled: after.isEnabled, disabledBecause: after.disabledBecause, circuit: after.circuit },
      both,
    );
  });

  it('is in the end as it was asked last, and each change is told once, however fast they follow each other', async () => {
    await Promise.all([bench.engine.disable('a'), bench.engine.disable('a'), bench.engine.enable('a')]);
    assert.equal(health().isEnabled, true);
    assert.deepEqual(
      (await bench.events()).map((detail) => detail.kind === 'endpoint-disabled' && detail.isDisabled),
      [true, false],
    );
  });

  it('leaves nothing in the store once it is enabled and there is nothing else to keep', async () => {
    await bench.engine.disable('a');
    assert.equal((await bench.store.endpointStates.listStates()).length, 1);
    await bench.engine.enable('a');
    assert.deepEqual(await bench.store.endpointStates.listStates(), []);
  });
});

describe('An endpoint that has to be tested first', () => {
  afterEach(() => bench.close());

  const secret = { auth: 'bearer', credentials: { token: 'sesame' } } as const;
  const tested: Partial<EndpointSettings> = { requireTestFire: true, ...secret };

  it('holds what comes until a test succeeds, and then lets it go', async () => {
    await start(tested);
    const id = await bench.acceptOne();
    await bench.advance(2 * MINUTE);
    assert.equal(await reasonOf(id), 'endpoint-untested');
    assert.deepEqual([health().isTested, health().waiting], [false, 'endpoint-untested']);
    await bench.engine.noteTested(endpoint());
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
    assert.deepEqual([health().isTested, health().waiting], [true, undefined]);
  });

  it('is tested over a restart and a deploy, and not with another URL, other credentials or another way to send them', async () => {
    await start(tested);
    await bench.engine.noteTested(endpoint());
    await restart();
    assert.equal(health().isTested, true);
    bench.endpoint({ ...tested, timeout: 1000 });
    assert.equal(health().isTested, true);
    for (const other of [
      { ...tested, url: 'http://a.example/other' },
      { ...tested, url: 'http://a.example/?key=other' },
      { ...tested, credentials: { token: 'other' } },
      { ...tested, auth: 'header', authHeader: 'X-Key', credentials: { headerValue: 'sesame' } } as const,
    ]) {
      bench.endpoint(other);
      await bench.idle();
      assert.equal(health().waiting, 'endpoint-untested');
    }
  });

  it('is tested by a test of settings that were deployed after it', async () => {
    await start(tested);
    await bench.engine.noteTested(endpoint());
    const next = { ...tested, url: 'http://next.example/' };
    await bench.engine.noteTested(draft(next));
    // What is in the flows is as it was, also once all is looked at anew.
    await bench.advance(2 * MINUTE);
    bench.endpoint(tested);
    assert.equal(health().isTested, true);
    bench.endpoint(next);
    assert.equal(health().isTested, true);
  });

  it('is tested where it was before it came into the flows', async () => {
    await start({ id: 'b' });
    await bench.engine.noteTested(draft(tested));
    bench.endpoint(tested);
    const id = await bench.acceptOne();
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('keeps what it is at run time while another URL is tested', async () => {
    await start(tested);
    await bench.engine.disable('a');
    await bench.engine.noteTested(draft({ ...tested, url: 'http://next.example/' }));
    assert.equal(health().disabledBecause, 'by-hand');
  });

  it('is disabled, and its circuit opens, though another URL was tested before anything was known of it', async () => {
    await start({ circuit: true, retry: 'custom', retryDelays: '1m' });
    await bench.engine.noteTested(draft({ url: 'http://next.example/' }));
    await bench.engine.disable('a');
    assert.equal(health().disabledBecause, 'by-hand');
    await bench.engine.enable('a');
    bench.transport.answer(() => 503);
    for (let one = 0; one < 5; one++) await bench.acceptOne();
    await bench.idle();
    assert.equal(health().circuit, 'open');
    await bench.advance(MINUTE);
    assert.equal(health().circuit, 'open');
  });

  it('gets a resend all the same', async () => {
    await start(tested);
    const id = await bench.acceptOne();
    await bench.engine.resend({ delivery: (await bench.find(id)).delivery });
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('fails what has waited for too long, and says that it waited for a test', async () => {
    await start({ ...tested, expireAfter: '10m' });
    const id = await bench.acceptOne();
    await bench.advance(12 * MINUTE);
    const state = await stateOf(id);
    assert.equal(state.kind === 'failed' && state.reason, 'expired');
    assert.match(state.kind === 'failed' ? state.message : '', /test/);
  });

  it('leaves neither its URL nor its credentials in the store', async () => {
    await start({ ...tested, url: 'http://a.example/secret-path' });
    await bench.engine.noteTested(endpoint());
    const stored = JSON.stringify(await bench.store.endpointStates.listStates());
    assert.ok(!/example|secret-path|sesame/.test(stored));
  });
});
