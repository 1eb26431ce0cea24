import assert from 'node:assert/strict';
import { calmLogger } from '../../../src/platform/calm-logger.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('A calm logger', () => {
  const clock = new FakeClock();
  const said: string[] = [];
  const say = (message: string): void => void said.push(message);
  const logger = calmLogger({ info: say, warn: say, error: say }, clock);
  beforeEach(() => {
    said.length = 0;
  });

  it('says the same error once a minute', async () => {
    for (const message of ['full', 'full', 'down', 'full']) logger.error(message);
    assert.deepEqual(said, ['full', 'down']);
    await clock.advance(60_000);
    logger.error('full');
    assert.deepEqual(said, ['full', 'down', 'full']);
  });

  it('says everything else as it is told', () => {
    for (const message of ['a', 'a']) {
      logger.info(message);
      logger.warn(message);
    }
    assert.deepEqual(said, ['a', 'a', 'a', 'a']);
  });
});
