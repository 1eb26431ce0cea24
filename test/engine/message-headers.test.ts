import assert from 'node:assert/strict';
import { systemClock } from '../../src/platform/clock.ts';
import { UndiciTransport } from '../../src/transport/undici-transport.ts';
import { EngineBench } from '../support/engine-bench.ts';
import { inTurn, Receiver } from '../support/receiver.ts';

const MINUTE = 60_000;
const IDEMPOTENT = { headers: [['Idempotency-Key', '{{delivery.id}}']] } as const;

describe('The headers of a message, at a receiver that answers 500 first', () => {
  let bench: EngineBench<UndiciTransport>;
  let receiver: Receiver;
  before(async () => (receiver = await Receiver.start()));
  after(() => receiver.stop());
  beforeEach(async () => {
    receiver.requests.length = 0;
    const endpoints = ['a', 'b'].map((id) => ({ id, url: `${receiver.url}/${id}` }));
    bench = await EngineBench.startWith(() => new UndiciTransport(systemClock), ...endpoints);
  });
  afterEach(() => bench.close());

  const keys = () => receiver.requests.map(({ headers }) => headers['idempotency-key']);
  const arrived = async (count: number) => {
    await receiver.waitFor(count);
    await bench.idle();
  };

  it('are the same on each attempt and on a resend: the id of the delivery', async () => {
    receiver.answer(inTurn({ status: 500 }, { status: 500 }, { status: 201 }));
    const id = await bench.acceptOne('a', IDEMPOTENT);
    await arrived(1);
    await bench.advance(5 * MINUTE);
    await arrived(2);
    await bench.advance(10 * MINUTE);
    await arrived(3);
    const { delivery } = await bench.find(id);
    assert.equal(delivery.state.kind, 'succeeded');
    await bench.engine.resend({ delivery });
    await arrived(4);
    assert.deepEqual(keys(), [id, id, id, id]);
  });

  it('differ between the deliveries of a message', async () => {
    receiver.answer(() => ({}));
    const deliveries = await bench.accept(['a', 'b'], IDEMPOTENT);
    await arrived(2);
    assert.deepEqual(keys().sort(), deliveries.map(({ id }) => id).sort());
    assert.equal(new Set(keys()).size, 2);
  });

  it('are there after a crash, and in the log', async () => {
    receiver.hold();
    const id = await bench.acceptOne('a', IDEMPOTENT);
    await receiver.waitFor(1);
    await bench.crash();
    receiver.release();
    receiver.answer(() => ({ status: 201 }));
    await bench.startEngine();
    await arrived(2);
    assert.deepEqual(keys(), [id, id]);
    const headers = (await bench.find(id)).attempts.at(-1)?.request?.headers;
    assert.ok(headers?.some(([name, value]) => name === 'Idempotency-Key' && value === id));
  });

  it('are none where the message brings none', async () => {
    receiver.answer(() => ({}));
    await bench.acceptOne('a');
    await arrived(1);
    assert.deepEqual(keys(), [undefined]);
  });
});
