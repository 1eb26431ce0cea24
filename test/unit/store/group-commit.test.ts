import assert from 'node:assert/strict';
import { HookError } from '../../../src/errors.ts';
import { GroupCommit, type Outcome } from '../../../src/store/group-commit.ts';

/** A commit that ends when told to. */
class HeldCommit {
  readonly batches: (readonly string[])[] = [];
  #end: ((outcomes: readonly Outcome[] | Error) => void) | undefined;

  readonly commit = (calls: readonly string[]): Promise<readonly Outcome[]> => {
    this.batches.push(calls);
    return new Promise((resolve, reject) => {
      this.#end = (outcomes) => (outcomes instanceof Error ? reject(outcomes) : resolve(outcomes));
    });
  };

  /** Ends the commit under way: all calls answer with their own names, or as given. */
  async end(outcomes?: readonly Outcome[] | Error): Promise<void> {
    this.#end?.(outcomes ?? this.batches.at(-1)!.map((call) => ({ value: call })));
    await turn();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Group commit', () => {
  it('puts all calls of a turn into one commit, and what gathers meanwhile into the next', async () => {
    const held = new HeldCommit();
    const queue = new GroupCommit({ commit: held.commit });
    const first = [queue.submit('a', 1), queue.submit('b', 1)];
    await turn();
    const second = [queue.submit('c', 1), queue.submit('d', 1), queue.submit('e', 1)];
    await turn();
    assert.deepEqual(held.batches, [['a', 'b']]);
    await held.end();
    assert.deepEqual(await Promise.all(first), ['a', 'b']);
    assert.deepEqual(held.batches.slice(1), [['c', 'd', 'e']]);
    await held.end();
    assert.deepEqual(await Promise.all(second), ['c', 'd', 'e']);
  });

  it('answers nothing before the commit has ended', async () => {
    const held = new HeldCommit();
    const queue = new GroupCommit({ commit: held.commit });
    let isAnswered = false;
    const answer = queue.submit('a', 1).then(() => (isAnswered = true));
    await turn();
    assert.equal(isAnswered, false);
    await held.end();
    await answer;
  });

  it('gives each call its own outcome', async () => {
    const held = new HeldCommit();
    const queue = new GroupCommit({ commit: held.commit });
    const error = new HookError('HOOK_STORE_ROW_REFUSED', 'Refused.');
    const results = Promise.allSettled([queue.submit('a', 1), queue.submit('b', 1), queue.submit('c', 1)]);
    await turn();
    await held.end([{ value: 1 }, { error }, { value: undefined }]);
    assert.deepEqual(await results, [
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: error },
      { status: 'fulfilled', value: undefined },
    ]);
  });

  it('rejects all calls of a commit that fails, and goes on with the next', async () => {
    const held = new HeldCommit();
    const queue = new GroupCommit({ commit: held.commit });
    const failing = Promise.allSettled([queue.submit('a', 1), queue.submit('b', 1)]);
    await turn();
    const next = queue.submit('c', 1);
    await held.end(new HookError('HOOK_STORE_FULL', 'Full.'));
    assert.deepEqual(
      (await failing).map((result) =>
        result.status === 'rejected' ? (result.reason as HookError).code : '',
      ),
      ['HOOK_STORE_FULL', 'HOOK_STORE_FULL'],
    );
    await held.end();
    assert.equal(await next, 'c');
  });

  it('refuses at once what is too many, counting what is being committed, and takes calls again after it', async () => {
    const held = new HeldCommit();
    const queue = new GroupCommit({ commit: held.commit, waitingCalls: 2 });
    const first = queue.submit('a', 1);
    await turn();
    const second = queue.submit('b', 1);
    await assert.rejects(queue.submit('c', 1), { code: 'HOOK_STORE_OVERLOADED' });
    assert.equal(queue.waitingCount, 2);
    await held.end();
    await first;
    const third = queue.submit('d', 1);
    await held.end();
    await held.end();
    assert.deepEqual(await Promise.all([second, third]), ['b', 'd']);
    assert.equal(queue.waitingCount, 0);
  });

  it('refuses at once what is too heavy, but takes one heavy call when nothing else waits', async () => {
    const held = new HeldCommit();
    const queue = new GroupCommit({ commit: held.commit, waitingBytes: 100 });
    const heavy = queue.submit('heavy', 500);
    await assert.rejects(queue.submit('light', 1), { code: 'HOOK_STORE_OVERLOADED' });
    await turn();
    await held.end();
    await heavy;
    const [fits, exactly] = [queue.submit('a', 60), queue.submit('b', 40)];
    await assert.rejects(queue.submit('c', 1), { code: 'HOOK_STORE_OVERLOADED' });
    await turn();
    await held.end();
    await Promise.all([fits, exactly]);
  });

  it('is drained when every call has its answer', async () => {
    const held = new HeldCommit();
    const queue = new GroupCommit({ commit: held.commit });
    await queue.drain();
    const answers = [queue.submit('a', 1)];
    await turn();
    answers.push(queue.submit('b', 1));
    let isDrained = false;
    const drained = queue.drain().then(() => (isDrained = true));
    await held.end();
    assert.equal(isDrained, false);
    await held.end();
    await drained;
    await Promise.all(answers);
  });
});
