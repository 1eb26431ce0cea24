import assert from 'node:assert/strict';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import type { Reply } from '../support/scripted-transport.ts';
import { EngineBench, OUT_NODE } from '../support/engine-bench.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** One attempt a minute; none of them is used up before the circuit opens. */
const RETRIES = { retry: 'custom', retryDelays: '1m,1m,1m,1m,1m,1m' } as const;

const asks = (statusCode: number, seconds: number): Reply => ({
  kind: 'response',
  statusCode,
  headers: { 'retry-after': String(seconds) },
  body: Buffer.alloc(0),
  isBodyCut: false,
});

describe('The circuit of an endpoint', () => {
  let bench: EngineBench;
  afterEach(() => bench.close());

  const settings = (more: Partial<EndpointSettings> = {}) => ({ ...RETRIES, circuit: true, ...more });
  const start = async (more: Partial<EndpointSettings> = {}): Promise<void> => {
    bench = await EngineBench.start(settings(more));
    await bench.joinEvents();
  };
  const acceptMany = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let one = 0; one < count; one++) ids.push(await bench.acceptOne());
    await bench.idle();
    return ids;
  };
  /** Five deliveries that fail, one after the other. */
  const open = async (): Promise<string[]> => {
    bench.transport.answer(() => 503);
    const ids = await acceptMany(5);
    assert.equal(health().circuit, 'open');
    return ids;
  };
  const health = () => bench.engine.healthOf(bench.endpoints.find('a')!);
  const stateOf = async (id: string) => (await bench.find(id)).delivery.state;
  const find = (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await bench.find(id)).delivery));
  const isWaiting = async (id: string) => {
    const state = await stateOf(id);
    return state.kind === 'waiting' && state.reason === 'circuit-open';
  };
  const sentSince = (count: number) => bench.transport.sent.slice(count);
  const resend = async (id: string) => {
    await bench.engine.resend({ delivery: (await bench.find(id)).delivery });
    await bench.idle();
  };

  it('opens with the fifth failure in a row, which costs its delivery nothing, and holds what is open', async () => {
    await start();
    const ids = await open();
    assert.deepEqual(
      (await find(ids)).map(({ charged, attempts }) => [charged, attempts]),
      [...Array.from({ length: 4 }, () => [1, 1]), [0, 1]],
    );
    for (const id of [...ids, ...(await acceptMany(2))]) assert.equal(await isWaiting(id), true);
    await bench.advance(29 * SECOND);
    assert.equal(bench.transport.sent.length, 5);
    assert.equal(health().waiting, 'circuit-open');
    assert.deepEqual(await bench.statuses(), { 'In Progress': 7 });
    assert.deepEqual(await bench.events(), [
      {
        kind: 'circuit',
        state: 'open',
        message: "The receiver answered 503, which the endpoint's success rule does not accept.",
        probeAt: bench.clock.now() + SECOND,
      },
    ]);
  });

  it('is off where the setting is: every attempt that is due is made', async () => {
    await start({ circuit: false });
    bench.transport.answer(() => 503);
    const [id = ''] = await acceptMany(6);
    await bench.advance(6 * MINUTE);
    assert.equal(bench.transport.sent.length, 6 * 7);
    assert.equal(await bench.statusOf(id), 'Failed');
    assert.equal(health().circuit, 'off');
  });

  it('is not opened by answers that are about the event', async () => {
    await start();
    bench.transport.answer(() => 422);
    await acceptMany(8);
    assert.equal(health().circuit, 'closed');
  });

  it('tries one delivery at a time, each time another one, after 30 s, 1, 2, 4, 8, 15 and 15 minutes', async () => {
    await start();
    await open();
    const opened = bench.clock.now();
    const ids = await acceptMany(2);
    await bench.advance(HOUR);
    const probes = sentSince(5);
    const waits = probes.map(({ at }, index) => at - (probes[index - 1]?.at ?? opened));
    assert.deepEqual(
      waits.map((ms) => ms / MINUTE),
      [0.5, 1, 2, 4, 8, 15, 15],
    );
    assert.deepEqual(
      probes.slice(0, 4).map(({ webhookId }) => webhookId),
      ['msg_6', 'msg_7', 'msg_1', 'msg_2'],
    );
    assert.deepEqual(
      (await find(ids)).map(({ charged }) => charged),
      [0, 0],
    );
    assert.equal((await bench.events()).length, 1);
  });

  it('tries it in time, though retries were due before that', async () => {
    await start({ retryDelays: '10s,10s,10s,10s,10s,10s' });
    await open();
    await bench.advance(30 * SECOND - 1);
    assert.equal(bench.transport.sent.length, 5);
    await bench.advance(1);
    assert.equal(bench.transport.sent.length, 6);
  });

  it('is half open while a delivery is tried, and nothing else is sent then', async () => {
    await start();
    await open();
    bench.transport.answer(() => 'hang');
    assert.equal(health().nextProbeAt, bench.clock.now() + 30 * SECOND);
    await bench.advance(30 * SECOND);
    assert.equal(health().nextProbeAt, undefined);
    await acceptMany(3);
    bench.endpoint(settings());
    await bench.advance(2 * MINUTE);
    assert.equal(bench.transport.sent.length, 6);
    assert.equal(health().circuit, 'half-open');
    bench.transport.release(503);
    await bench.idle();
    assert.equal(health().circuit, 'open');
    await bench.advance(MINUTE - 1);
    assert.equal(bench.transport.sent.length, 6);
    await bench.advance(1);
    assert.equal(bench.transport.sent.length, 7);
  });

  it('closes with the first success, and lets out one, then twice as many with each success, to the endpoint’s limit', async () => {
    await start({ concurrency: 4 });
    await open();
    const ids = await acceptMany(20);
    bench.transport.answer(() => 'hang');
    await bench.advance(30 * SECOND);
    const inFlight: number[] = [];
    for (let turn = 0; turn < 8; turn++) {
      inFlight.push(bench.transport.inFlight);
      bench.transport.release(200, 1);
      await bench.idle();
    }
    assert.deepEqual(inFlight, [1, 1, 2, 4, 4, 4, 4, 4]);
    bench.transport.answer(() => 200);
    bench.transport.release(200);
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 25 });
    assert.deepEqual(
      (await find(ids)).map(({ attempts }) => attempts),
      ids.map(() => 1),
    );
    assert.deepEqual((await bench.events()).at(-1), { kind: 'circuit', state: 'closed' });
    assert.equal(health().circuit, 'closed');
  });

  it('lets nothing that is accepted as it has just closed pass the limit', async () => {
    await start();
    await open();
    bench.transport.answer(() => 200);
    await bench.advance(29 * SECOND);
    bench.transport.answer(() => 'hang');
    await bench.advance(SECOND);
    bench.transport.release(200);
    await Promise.all(Array.from({ length: 10 }, () => bench.acceptOne()));
    await bench.idle();
    assert.equal(bench.transport.inFlight, 1);
    bench.transport.answer(() => 200);
    bench.transport.release(200);
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 15 });
  });

  it('keeps to the rate, also with what it tries', async () => {
    await start({ ratePerSecond: 0.01 });
    bench.transport.answer(() => 503);
    await acceptMany(5);
    await bench.advance(400 * SECOND);
    assert.equal(bench.transport.sent.length, 5);
    assert.equal(health().circuit, 'open');
    await bench.advance(99 * SECOND);
    assert.equal(bench.transport.sent.length, 5);
    await bench.advance(SECOND);
    assert.equal(bench.transport.sent.length, 6);
  });

  it('obeys Retry-After of what opened it and of what is tried', async () => {
    await start();
    bench.transport.answer((_, earlier) => asks(503, earlier === 0 ? 600 : 7200));
    await acceptMany(5);
    await bench.advance(10 * MINUTE - 1);
    assert.equal(bench.transport.sent.length, 5);
    await bench.advance(1);
    assert.equal(bench.transport.sent.length, 6);
    await bench.advance(2 * HOUR - 1);
    assert.equal(bench.transport.sent.length, 6);
    await bench.advance(1);
    assert.equal(bench.transport.sent.length, 7);
  });

  it('tries the next one that is accepted at once where nothing waits when it is due', async () => {
    await start({ retry: 'none' });
    bench.transport.answer(() => 503);
    const ids = await acceptMany(5);
    // The one that is not charged waits; a person sends it elsewhere.
    bench.endpoint({ id: 'b' });
    bench.transport.answer(({ host }) => (host === 'b.example' ? 200 : 503));
    await bench.engine.resend({ delivery: (await bench.find(ids[4]!)).delivery, endpointId: 'b' });
    await bench.advance(5 * MINUTE);
    assert.equal(health().circuit, 'open');
    assert.equal(bench.transport.sent.length, 6);
    const [next = ''] = await acceptMany(1);
    assert.equal(bench.transport.sent.length, 7);
    assert.equal(await isWaiting(next), true);
    bench.transport.answer(() => 200);
    await bench.advance(MINUTE);
    assert.equal(await bench.statusOf(next), 'Succeeded');
  });

  it('closes with the answer to a probe that is about its event, which is charged', async () => {
    await start();
    await open();
    const [last = ''] = await acceptMany(1);
    bench.transport.answer(({ webhookId }) => (webhookId === 'msg_6' ? 422 : 200));
    await bench.advance(30 * SECOND);
    assert.deepEqual(await bench.statuses(), { Succeeded: 5, 'In Progress': 1 });
    const { charged, state } = (await bench.find(last)).delivery;
    assert.deepEqual([charged, state.kind], [1, 'scheduled']);
  });

  it('tries another one at once where no request could be made of what was tried', async () => {
    await start({ url: 'http://a.example/{{payload.id}}' });
    bench.transport.answer(() => 503);
    for (let one = 0; one < 5; one++) await bench.acceptOne('a', { message: { payload: { id: one } } });
    await bench.idle();
    const broken = await bench.acceptOne('a', { message: {} });
    bench.transport.answer(() => 200);
    await bench.advance(30 * SECOND);
    assert.deepEqual(await bench.statuses(), { Failed: 1, Succeeded: 5 });
    assert.equal(await bench.statusOf(broken), 'Failed');
  });

  it('lets a resend through: its failure changes nothing, its success closes the circuit', async () => {
    await start();
    const [first = '', second = ''] = await open();
    await bench.advance(10 * SECOND);
    await resend(first);
    assert.equal(bench.transport.sent.length, 6);
    assert.equal(await isWaiting(first), true);
    await bench.advance(20 * SECOND - 1);
    assert.equal(bench.transport.sent.length, 6);
    await bench.advance(1);
    assert.equal(bench.transport.sent.length, 7);
    bench.transport.answer(() => 200);
    await resend(second);
    assert.deepEqual(await bench.statuses(), { Succeeded: 5 });
    assert.equal(bench.told.filter(({ delivery }) => delivery.state.kind === 'succeeded').length, 5);
  });

  it('does not charge what was on its way when it opened, and closes if that succeeds', async () => {
    await start();
    bench.transport.answer(() => 'hang');
    const ids = await acceptMany(8);
    bench.transport.release(503, 7);
    await bench.idle();
    assert.deepEqual(
      (await find(ids)).map(({ charged }) => charged),
      [1, 1, 1, 1, 0, 0, 0, 0],
    );
    bench.transport.answer(() => 200);
    bench.transport.release(200);
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 8 });
  });

  it('keeps the order: the oldest one is tried, and the others follow it one by one', async () => {
    await start({ ordered: true });
    bench.transport.answer(() => 503);
    await acceptMany(6);
    await bench.advance(5 * MINUTE);
    assert.equal(health().circuit, 'open');
    await acceptMany(3);
    await bench.advance(10 * MINUTE);
    bench.transport.answer(() => ({ afterMs: 100, reply: 200 }));
    const before = bench.transport.sent.length;
    assert.ok(bench.transport.sent.every(({ webhookId }) => webhookId === 'msg_1'));
    const accepting = bench.advance(15 * MINUTE);
    await acceptMany(3);
    await accepting;
    assert.deepEqual(
      sentSince(before).map(({ webhookId }) => webhookId),
      Array.from({ length: 12 }, (_, index) => `msg_${index + 1}`),
    );
    assert.equal(bench.transport.maxInFlight, 1);
  });

  it('delays no other endpoint', async () => {
    await start();
    bench.endpoint({ id: 'b', ...settings() });
    bench.transport.answer(({ host }) => (host === 'a.example' ? 503 : 200));
    for (let one = 0; one < 8; one++) await bench.accept(['a', 'b']);
    await bench.idle();
    assert.equal(health().circuit, 'open');
    assert.equal(bench.transport.sent.filter(({ host }) => host === 'b.example').length, 8);
  });

  it('closes when it is switched off in the settings', async () => {
    await start();
    await open();
    bench.transport.answer(() => 200);
    bench.endpoint(settings({ circuit: false }));
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 5 });
    bench.endpoint(settings());
    assert.equal(health().circuit, 'closed');
    assert.deepEqual((await bench.events()).at(-1), { kind: 'circuit', state: 'closed' });
  });

  it('stays open while the endpoint is off, and tries it as soon as it is on again', async () => {
    await start();
    await open();
    bench.endpoint(settings({ enabled: false }));
    await bench.advance(20 * MINUTE);
    assert.equal(bench.transport.sent.length, 5);
    assert.equal(health().waiting, 'endpoint-off');
    bench.transport.answer(() => 'hang');
    bench.endpoint(settings());
    await bench.idle();
    assert.equal(bench.transport.sent.length, 6);
    bench.transport.release(503);
    await bench.idle();
    assert.equal(health().circuit, 'open');
  });

  it('closes when a person enables the endpoint', async () => {
    await start();
    await open();
    bench.transport.answer(() => 'hang');
    assert.equal(await bench.engine.enable('a'), true);
    await bench.idle();
    assert.equal(bench.transport.inFlight, 1);
    bench.transport.answer(() => 200);
    bench.transport.release(200);
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 5 });
  });

  it('begins anew with another URL, of which what the old one still answers says nothing', async () => {
    await start({ concurrency: 20 });
    bench.transport.answer(() => 'hang');
    await acceptMany(12);
    bench.transport.release(503, 4);
    await bench.idle();
    bench.endpoint(settings({ url: 'http://other.example/' }));
    bench.transport.release(503);
    await bench.idle();
    assert.equal(health().circuit, 'closed');
    bench.endpoint(settings());
    await open();
    bench.transport.answer(({ host }) => (host === 'other.example' ? 200 : 503));
    bench.endpoint(settings({ url: 'http://other.example/' }));
    await bench.advance(2 * MINUTE);
    assert.deepEqual(await bench.statuses(), { Succeeded: 17 });
  });

  it('fails what has waited for longer than the endpoint allows', async () => {
    await start({ expireAfter: '10m' });
    const ids = await open();
    await bench.advance(10 * MINUTE);
    assert.deepEqual(await bench.statuses(), { 'In Progress': 5 });
    await bench.advance(2 * MINUTE);
    for (const id of ids) {
      const state = await stateOf(id);
      assert.equal(state.kind === 'failed' && state.reason, 'expired');
      assert.match(state.kind === 'failed' ? state.message : '', /kept failing/);
    }
    assert.equal(bench.told.length, 5);
  });

  it('tells of none of its changes that a delivery caused which descends from an event', async () => {
    await start();
    bench.transport.answer(() => 503);
    for (let one = 0; one < 5; one++) await bench.acceptOne('a', { fromLogEvent: true, nodeId: OUT_NODE });
    await bench.idle();
    assert.equal(health().circuit, 'open');
    assert.deepEqual(await bench.events(), []);
  });

  it('waits no longer than a day for its next probe when the clock is set back', async () => {
    await start();
    await open();
    bench.transport.answer(() => 200);
    bench.clock.jump(-400 * 24 * HOUR);
    await bench.advance(2 * MINUTE);
    assert.deepEqual(await bench.statuses(), { Succeeded: 5 });
  });
});
