import assert from 'node:assert/strict';
import { EndpointDirectory } from '../../../../src/delivery/endpoint/endpoint-directory.ts';
import { parseEndpoint } from '../../../../src/delivery/endpoint/endpoint-settings.ts';
import { BacklogHolds } from '../../../../src/delivery/health/backlog-holds.ts';
import { EndpointStates } from '../../../../src/delivery/health/endpoint-states.ts';
import { silentLogger } from '../../../../src/platform/logger.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

/** A store whose calls end when they are told to. */
class SlowStore {
  readonly begun: string[] = [];
  readonly #ends: ((error?: Error) => void)[] = [];

  hold = (): Promise<number> => this.#begin('hold');
  release = (): Promise<number> => this.#begin('release');

  /** Ends the oldest call, and lets what waits for it go on. */
  async end(error?: Error): Promise<void> {
    this.#ends.shift()?.(error);
    await new Promise((resolve) => setImmediate(resolve));
  }

  #begin(what: string): Promise<number> {
    this.begun.push(what);
    return new Promise((resolve, reject) => {
      this.#ends.push((error) => (error ? reject(error) : resolve(1)));
    });
  }
}

describe('BacklogHolds', () => {
  let store: SlowStore;
  let holds: BacklogHolds;
  let applied: string[];
  let endpoints: EndpointDirectory;

  const turn = (id: string, enabled: boolean): void =>
    endpoints.set(parseEndpoint({ id, url: 'http://a.example/', enabled }));

  beforeEach(() => {
    store = new SlowStore();
    applied = [];
    endpoints = new EndpointDirectory();
    const parts = { endpoints, clock: new FakeClock(), logger: silentLogger };
    const unused = { listStates: () => Promise.resolve([]), putState: () => Promise.resolve() };
    const states = new EndpointStates({ ...parts, states: unused });
    holds = new BacklogHolds({ ...parts, store, states, onApplied: (id) => applied.push(id) });
    turn('a', true);
    turn('b', true);
  });

  it('begins a hold when the release before it has ended, and leaves out what is over by then', async () => {
    const first = holds.apply('a');
    turn('a', false);
    const second = holds.apply('a');
    turn('a', true);
    turn('a', false);
    const third = holds.apply('a');
    assert.deepEqual(store.begun, ['release']);
    await store.end();
    await first;
    assert.deepEqual(store.begun, ['release', 'hold']);
    await store.end();
    await Promise.all([second, third]);
    assert.deepEqual(store.begun, ['release', 'hold']);
    assert.deepEqual(applied, ['a', 'a']);
  });

  it('goes on with the next one where one failed, and tells only who asked for that', async () => {
    const first = holds.apply('a');
    turn('a', false);
    const second = holds.apply('a');
    const failing = assert.rejects(first, /down/);
    await store.end(new Error('down'));
    await failing;
    await store.end();
    await second;
    assert.deepEqual(store.begun, ['release', 'hold']);
  });

  it('lets no endpoint wait for another', () => {
    holds.applySoon('a');
    holds.applySoon('b');
    assert.deepEqual(store.begun, ['release', 'release']);
  });

  it('does nothing for an endpoint that is not there', async () => {
    await holds.apply('nobody');
    assert.deepEqual(store.begun, []);
  });
});
