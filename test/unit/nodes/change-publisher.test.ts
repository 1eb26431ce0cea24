import assert from 'node:assert/strict';
import { ChangePublisher, type Changes } from '../../../nodes/shared/runtime/change-publisher.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('What open editors are told of changes', () => {
  let clock: FakeClock;
  let told: { at: number; changes: Changes }[];
  let publisher: ChangePublisher;
  let start: number;

  beforeEach(() => {
    clock = new FakeClock();
    start = clock.now();
    told = [];
    publisher = new ChangePublisher((changes) => told.push({ at: clock.now() - start, changes }), clock);
  });
  const note = (id: string, status = 'active') => publisher.note({ kind: 'hook', id, status });
  const idsTold = () => told.map(({ at, changes }) => [at, changes.items.map(({ id }) => id).join()]);

  const sizesTold = () => told.map(({ changes }) => [changes.items.length, changes.more]);

  it('goes at once where nothing went before', () => {
    note('a');
    assert.deepEqual(told, [
      { at: 0, changes: { items: [{ kind: 'hook', id: 'a', status: 'active' }], more: false } },
    ]);
  });

  it('goes four times a second at most, each thing once and as it stands', async () => {
    note('a');
    for (let at = 0; at < 1000; at += 10) {
      note('a', String(at));
      note('b');
      await clock.advance(10);
    }
    await clock.advance(1000);
    assert.deepEqual(idsTold(), [
      [0, 'a'],
      [250, 'a,b'],
      [500, 'a,b'],
      [750, 'a,b'],
      [1000, 'a,b'],
    ]);
    assert.equal(told.at(-1)?.changes.items[0]?.status, '990');
    assert.equal(clock.timerCount, 0);
  });

  it('goes at once again after a pause, and sets no timer while nothing changes', async () => {
    note('a');
    await clock.advance(1000);
    note('b');
    assert.deepEqual(idsTold(), [
      [0, 'a'],
      [1000, 'b'],
    ]);
    await clock.advance(250);
    assert.equal(clock.timerCount, 0);
  });

  it('names a hundred things, and says where there were more', async () => {
    note('first');
    for (let id = 0; id < 100; id++) note(String(id));
    note('0', 'inactive');
    await clock.advance(250);
    assert.deepEqual(sizesTold().at(-1), [100, false]);
    assert.equal(told.at(-1)?.changes.items[0]?.status, 'inactive');
    for (let id = 0; id < 1000; id++) note(String(id));
    await clock.advance(250);
    assert.deepEqual(sizesTold().at(-1), [100, true]);
    note('a');
    await clock.advance(250);
    assert.deepEqual(sizesTold().at(-1), [1, false]);
  });

  it('tells things of different kinds apart that have the same id', async () => {
    note('first');
    publisher.note({ kind: 'delivery', id: 'a', status: 'Failed' });
    note('a');
    await clock.advance(250);
    assert.equal(told[1]?.changes.items.length, 2);
  });

  it('says that there is more where nothing is named', async () => {
    publisher.noteMore();
    publisher.noteMore();
    note('a');
    await clock.advance(250);
    publisher.noteMore();
    await clock.advance(1000);
    assert.deepEqual(sizesTold(), [
      [0, true],
      [1, true],
      [0, true],
    ]);
    assert.equal(clock.timerCount, 0);
  });
});
