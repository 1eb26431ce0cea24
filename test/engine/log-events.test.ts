import assert from 'node:assert/strict';
import { LOG_EVENT_KINDS, type LogEvent, type NewLogEvent } from '../../src/delivery/log-events/log-event.ts';
import { LogEventReaders, type ToldNode } from '../../src/delivery/log-events/log-event-readers.ts';
import { LogEventReading } from '../../src/delivery/log-events/log-event-reading.ts';
import type { LogEventStore } from '../../src/delivery/log-events/log-event-store.ts';
import { EngineBench } from '../support/engine-bench.ts';
import { until } from '../support/until.ts';

const HOUR_MS = 3_600_000;
const opened = (endpointId: string): NewLogEvent => ({
  endpointId,
  endpointName: endpointId,
  at: 1,
  detail: { kind: 'circuit', state: 'open', message: 'No.', probeAt: 2 },
});

describe('The reading of log events', function () {
  this.timeout(20_000);
  let bench: EngineBench;
  let readers: LogEventReaders;
  let reading: LogEventReading;
  let told: LogEvent[];
  let warnings: string[];
  /** Put before the store's own methods. */
  let instead: Partial<LogEventStore>;

  beforeEach(async () => {
    bench = await EngineBench.start({ id: 'a', retry: 'none' });
    readers = new LogEventReaders();
    [told, warnings, instead] = [[], [], {}];
    start();
  });
  afterEach(async () => {
    await reading.stop();
    await bench.close();
  });

  /** As the start of a process does, but that no flows run yet. */
  function start(): void {
    const { logEvents } = bench.store;
    const store: LogEventStore = {
      join: (request) => (instead.join ?? logEvents.join)(request),
      list: (request) => (instead.list ?? logEvents.list)(request),
      markRead: (request) => (instead.markRead ?? logEvents.markRead)(request),
      drop: (request) => logEvents.drop(request),
      onNew: (listener) => logEvents.onNew(listener),
    };
    const warn = (message: string): void => void warnings.push(message);
    reading = new LogEventReading({
      store,
      readers,
      clock: bench.clock,
      logger: { info: warn, warn, error: warn },
    });
    reading.start();
  }

  const node = (fields: Partial<ToldNode> = {}): ToldNode => ({
    kinds: LOG_EVENT_KINDS,
    tell: (event) => void told.push(event),
    ...fields,
  });
  const put = (...events: NewLogEvent[]): Promise<void> =>
    bench.store.endpointStates.putState({ endpointId: 'a', state: undefined, events });
  /** Waits for the store to have answered all that was asked of it so far. */
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) {
      await bench.store.info();
      await bench.store.log.list({ limit: 1 });
      await bench.clock.advance(0);
    }
  };
  const gathered = async (): Promise<void> => {
    await settled();
    await bench.clock.advance(20);
    await settled();
  };
  const names = (): string[] => told.map(({ endpointId }) => endpointId);
  const isTold = (count: number): Promise<void> =>
    until(() => told.length >= count, {
      what: () => `${count} events, not ${told.length}`,
      timeoutMs: 15_000,
    });

  /** A process that is killed, and the next one on the same store, with its flows running. */
  async function crash(): Promise<void> {
    await reading.stop();
    await bench.crash();
    await bench.startEngine();
    start();
    reading.open();
  }

  it('tells a node soon after a delivery has failed', async () => {
    readers.set('n', node());
    reading.open();
    await settled();
    bench.transport.answer(() => 500);
    const id = await bench.acceptOne('a');
    await bench.idle();
    await gathered();
    assert.deepEqual(
      told.map(({ detail }) => detail.kind === 'failed' && detail.delivery.id),
      [id],
    );
    await gathered();
    assert.equal(told.length, 1);
  });

  it('keeps events for a node until the flows run, and while they are stopped', async () => {
    readers.set('n', node());
    await settled();
    await put(opened('1'));
    await gathered();
    assert.deepEqual(names(), []);
    reading.open();
    await isTold(1);
    reading.pause();
    await put(opened('2'));
    await gathered();
    assert.deepEqual(names(), ['1']);
    reading.open();
    await isTold(2);
    assert.deepEqual(names(), ['1', '2']);
  });

  it('tells a node that comes late only of what comes after it', async () => {
    readers.set('n', node());
    reading.open();
    await settled();
    await put(opened('1'));
    await gathered();
    const late: LogEvent[] = [];
    readers.set('late', node({ tell: (event) => void late.push(event) }));
    await settled();
    await put(opened('2'));
    await gathered();
    assert.deepEqual(names(), ['1', '2']);
    assert.deepEqual(
      late.map(({ endpointId }) => endpointId),
      ['2'],
    );
  });

  it('tells each node of its own kinds', async () => {
    const others: LogEvent[] = [];
    readers.set('n', node({ kinds: ['circuit'] }));
    readers.set(
      'm',
      node({ kinds: ['failed', 'endpoint-disabled'], tell: (event) => void others.push(event) }),
    );
    reading.open();
    await settled();
    await put(opened('1'), {
      ...opened('2'),
      detail: { kind: 'endpoint-disabled', isDisabled: true, reason: 'gone' },
    });
    await gathered();
    assert.deepEqual(names(), ['1']);
    assert.deepEqual(
      others.map(({ endpointId }) => endpointId),
      ['2'],
    );
  });

  it('tells after a restart what was written before the process was killed', async () => {
    readers.set('n', node());
    await settled();
    await put(opened('1'), opened('2'));
    await crash();
    await isTold(2);
    assert.deepEqual(names(), ['1', '2']);
    await settled();
    await crash();
    await gathered();
    assert.equal(told.length, 2);
  });

  it('tells again what was told but not marked when the process was killed', async () => {
    readers.set('n', node());
    await settled();
    reading.open();
    await settled();
    let kill = (): void => undefined;
    instead.markRead = () => new Promise((_, reject) => (kill = () => reject(new Error('It is gone.'))));
    await put(opened('1'));
    await bench.clock.advance(20);
    await isTold(1);
    kill();
    instead = {};
    await crash();
    await isTold(2);
    assert.deepEqual(names(), ['1', '1']);
  });

  it('goes on when the store does, says so once, and tells nothing twice', async () => {
    readers.set('n', node());
    reading.open();
    await settled();
    instead.markRead = () => Promise.reject(new Error('The disk is full.'));
    await put(opened('1'));
    await gathered();
    for (let turn = 0; turn < 3; turn++) {
      await bench.clock.advance(5000);
      await settled();
    }
    assert.deepEqual(names(), ['1']);
    assert.deepEqual(
      warnings.map((warning) => /The disk is full/.test(warning)),
      [true],
    );
    instead = {};
    await put(opened('2'));
    await bench.clock.advance(5000);
    await isTold(2);
    await settled();
    await crash();
    await gathered();
    assert.deepEqual(names(), ['1', '2']);
  });

  it('joins a node as soon as the store takes it', async () => {
    instead.join = () => Promise.reject(new Error('The store is down.'));
    readers.set('n', node());
    reading.open();
    await settled();
    instead = {};
    await bench.clock.advance(5000);
    await settled();
    await put(opened('1'));
    await gathered();
    assert.deepEqual(names(), ['1']);
  });

  it('hands a deploy’s new node on where the old one was, while events come', async () => {
    let remove = readers.set('n', node());
    reading.open();
    await settled();
    const COUNT = 40;
    for (let n = 1; n <= COUNT; n++) {
      await put(opened(String(n)));
      if (n % 4 !== 0) continue;
      await bench.clock.advance(20);
      reading.pause();
      remove();
      remove = readers.set('n', node());
      reading.open();
    }
    await gathered();
    await isTold(COUNT);
    await settled();
    assert.deepEqual(
      names(),
      Array.from({ length: COUNT }, (_, index) => String(index + 1)),
    );
  });

  it('keeps events for a node that is deleted and put back within a day, and no longer', async () => {
    const remove = readers.set('n', node());
    reading.open();
    await settled();
    remove();
    await put(opened('1'));
    for (let hour = 0; hour < 23; hour++) await bench.clock.advance(HOUR_MS);
    await settled();
    const removeAgain = readers.set('n', node());
    await isTold(1);
    await bench.clock.advance(120_000);
    await settled();
    removeAgain();
    await put(opened('2'));
    for (let hour = 0; hour < 26; hour++) {
      await bench.clock.advance(HOUR_MS);
      await settled();
    }
    readers.set('n', node());
    await gathered();
    assert.deepEqual(names(), ['1']);
  });

  it('tells a burst of 10,000 in order and in pages', async () => {
    const COUNT = 10_000;
    readers.set('n', node());
    reading.open();
    await settled();
    let longest = 0;
    instead.list = async (request) => {
      const page = await bench.store.logEvents.list(request);
      longest = Math.max(longest, page.events.length);
      return page;
    };
    await put(...Array.from({ length: COUNT }, (_, index) => opened(String(index))));
    await bench.clock.advance(20);
    await isTold(COUNT);
    assert.deepEqual(
      names(),
      Array.from({ length: COUNT }, (_, index) => String(index)),
    );
    assert.equal(longest, 100);
  });

  it('goes on with the others where a node throws', async () => {
    const tell = (event: LogEvent): void => {
      told.push(event);
      throw new Error('A fault of the node.');
    };
    readers.set('n', node({ tell }));
    reading.open();
    await settled();
    await put(opened('1'), opened('2'));
    await gathered();
    assert.deepEqual(names(), ['1', '2']);
    assert.match(warnings[0] ?? '', /A fault of the node/);
  });

  it('tells nothing any more once it is stopped', async () => {
    readers.set('n', node());
    reading.open();
    await settled();
    await reading.stop();
    await put(opened('1'));
    await gathered();
    assert.deepEqual(names(), []);
  });
});
