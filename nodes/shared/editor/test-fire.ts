import { askAdminApi } from './admin-api.ts';
import { sampleChoice } from './sample-choice.ts';
import { showTestAnswer, showTestText } from './show-test-answer.ts';
import { readTestAnswer, testRefusal } from './test-answer.ts';
import { toText } from './text.ts';

interface TestFireParts {
  url: JQuery;
  secretUrl: JQuery;
  format: JQuery;
  send: JQuery;
  result: JQuery;
}

interface TestFireUse {
  /** The endpoint as the dialog has it. */
  config: () => object;
  /** Called when a test was sent and has come to its end. */
  onAnswer: () => void;
}

/** Sends a sample to an endpoint as its dialog stands, and shows what comes back. */
export function testFire(parts: TestFireParts, { config, onAnswer }: TestFireUse, words: Words): void {
  const { format, send, result } = parts;
  sampleChoice(parts, words);
  const fire = async (): Promise<void> => {
    send.prop('disabled', true);
    showTestText(result, words('webhook-endpoint.test.running'));
    const chosen = toText(format.val());
    try {
      const answer = await askAdminApi('endpoints/test', {
        config: config(),
        ...(chosen !== '' && { format: chosen }),
      });
      showTestAnswer(result, readTestAnswer(answer), words);
      onAnswer();
    } catch (error) {
      showTestText(result, testRefusal(error, words), 'survey-hooks-warning');
    } finally {
      send.prop('disabled', false);
    }
  };
  send.on('click', () => void fire());
}
