import { AdminApiError, askAdminApi } from '../../../shared/editor/admin-api.ts';
import { showTestAnswer, showTestText } from '../../../shared/editor/show-test-answer.ts';
import { readTestAnswer, testRefusal } from '../../../shared/editor/test-answer.ts';
import { makeIconButton } from '../icon-button.ts';

interface TestParts {
  readonly id: string;
  readonly words: Words;
  readonly onAnswer: () => void;
}

/** Sends a test to a deployed endpoint and shows what comes back. */
export function makeTestPart({ id, words, onAnswer }: TestParts) {
  const say = (key: string): string => words(`webhook-log-tab.endpoints.test.${key}`);
  const button = makeIconButton('fa-paper-plane-o', say('send')).attr('title', say('title'));
  const answer = $('<div class="survey-hooks" aria-live="polite">');
  const close = makeIconButton('fa-times', say('close')).addClass('survey-hooks-log-close');
  const element = $('<div class="survey-hooks-log-test">').append(answer, close).prop('hidden', true);

  const fire = async (): Promise<void> => {
    // The dialog of the endpoint says the same.
    const endpointWords: Words = RED.nodes.getType('webhook-endpoint')?._ ?? words;
    button.prop('disabled', true);
    element.prop('hidden', false);
    showTestText(answer, endpointWords('webhook-endpoint.test.running'));
    try {
      const answered = await askAdminApi(`endpoints/${encodeURIComponent(id)}/test`, {});
      showTestAnswer(answer, readTestAnswer(answered), endpointWords);
      answer.find('[data-field=body]').attr({ tabindex: 0, role: 'region', 'aria-label': say('body') });
      onAnswer();
    } catch (error) {
      const text = error instanceof AdminApiError ? testRefusal(error, endpointWords) : String(error);
      showTestText(answer, text, 'survey-hooks-warning');
    } finally {
      button.prop('disabled', false);
    }
  };
  button.on('click', () => void fire());
  close.on('click', () => {
    element.prop('hidden', true);
    button.trigger('focus');
  });
  return { button, element };
}
