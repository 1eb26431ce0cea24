import assert from 'node:assert/strict';
import { paced } from '../../../../nodes/webhook-log-tab/editor/paced.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('A task that is asked for often', () => {
  let clock: FakeClock;
  let began: number[];
  let takesMs: number;
  const PAUSE_MS = 1000;
  const task = async (): Promise<void> => {
    began.push(clock.monotonic());
    if (takesMs > 0) await new Promise<void>((resolve) => clock.after(takesMs, resolve));
  };

  beforeEach(() => {
    clock = new FakeClock();
    began = [];
    takesMs = 0;
  });
  const start = () => paced(task, PAUSE_MS, clock);
  const gaps = (): number[] => began.slice(1).map((at, index) => at - (began[index] ?? 0));

  it('begins at once, and then once for all that was asked meanwhile', async () => {
    const { ask } = start();
    for (let count = 0; count < 5; count++) ask();
    await clock.advance(0);
    await clock.advance(10 * PAUSE_MS);
    assert.deepEqual(gaps(), [PAUSE_MS]);
  });

  it('is asked less often where it takes long', async () => {
    takesMs = PAUSE_MS;
    const { ask } = start();
    ask();
    ask();
    await clock.advance(0);
    await clock.advance(10 * PAUSE_MS);
    assert.deepEqual(gaps(), [4 * PAUSE_MS]);
  });

  it('is not begun any more once it is forgotten', async () => {
    const { ask, forget } = start();
    ask();
    ask();
    forget();
    await clock.advance(0);
    await clock.advance(10 * PAUSE_MS);
    assert.equal(began.length, 1);
    ask();
    assert.equal(began.length, 2);
  });
});
