import type { Endpoint } from '../endpoint/endpoint.ts';
import { fireTest, type TestFireParts, type TestFireResult, type TestSample } from './test-fire.ts';

/** Each may take as long as its endpoint's timeout; more people do not press the button at once. */
const MOST_AT_ONCE = 4;

/** Makes test fires, a few at once. */
export class TestFires {
  readonly #parts: Omit<TestFireParts, 'signal'>;
  #underWayCount = 0;

  constructor(parts: Omit<TestFireParts, 'signal'>) {
    this.#parts = parts;
  }

  /** Sends a sample; undefined = too many are under way, so nothing was sent. */
  async fire(
    endpoint: Endpoint,
    sample: TestSample,
    signal: AbortSignal,
  ): Promise<TestFireResult | undefined> {
    if (this.#underWayCount >= MOST_AT_ONCE) return undefined;
    this.#underWayCount += 1;
    try {
      return await fireTest(endpoint, sample, { ...this.#parts, signal });
    } finally {
      this.#underWayCount -= 1;
    }
  }
}
